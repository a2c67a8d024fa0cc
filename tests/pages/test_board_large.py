"""The board of 200 people and some 2,300 assignments, by counts: what it makes, and what each frame of scrolling paints."""

from functools import cache
from itertools import pairwise

from instances.generate import generate
from scheduler.due import expand
from scheduler.model import Pin
from tests.pages.boards import a_week
from tests.report.weeks import filled

PEOPLE = 200
ASSIGNMENTS = 2300
ROW = 26
"""Pixels of a row; at least."""
A_ROW = 80
"""Calls of the pen that a row of a week may take: its ground, hours, and each bar with its mark and name."""
BOXES = 4000
"""What the browser lays out at first: of 600 undone it is those in sight, a quarter of what all are."""

_COUNTS = """
window.calls = 0;
const pen = OffscreenCanvasRenderingContext2D.prototype;
for (const name of ["fillRect", "fillText", "strokeRect", "stroke", "fill", "clip", "roundRect"]) {
    const plain = pen[name];
    pen[name] = function (...how) { window.calls += 1; return plain.apply(this, how); };
}
"""
_SCROLLED = """async (steps) => {
    const grid = document.getElementById("grid"), frames = [];
    let made = 0;
    const seen = new MutationObserver((all) => { made += all.length; });
    seen.observe(grid, { childList: true, subtree: true });
    const frame = () => new Promise(requestAnimationFrame);
    for (let step = 0; step < steps; step++) {
        window.calls = 0;
        grid.scrollTop += 300;
        await frame();
        await frame();
        frames.push(window.calls);
    }
    return { frames, made, left: grid.scrollHeight - grid.clientHeight - grid.scrollTop, tall: grid.clientHeight };
}"""


@cache
def large():
    """A sub-district, and a roster of all its work."""
    instance = expand(generate("shizishan/sub_district", 1))
    return instance, filled(instance)


def test_a_large_board_makes_little_and_paints_only_the_rows_in_sight(browsers, site):
    instance, full = large()
    roster = full.with_assignments(full.assignments[:ASSIGNMENTS])
    assert (len(instance.people), len(roster.assignments)) == (PEOPLE, ASSIGNMENTS)
    context = browsers().context
    context.add_init_script(_COUNTS)
    page = context.new_page()
    page.goto(f"{site.url}/w/{a_week(site, instance, roster)}")
    page.wait_for_selector("#board:not([aria-busy])")
    assert page.inner_text("#count") == f"{PEOPLE}/{PEOPLE} 人"
    tools = context.new_cdp_session(page)
    tools.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    assert metrics["LayoutObjects"] < BOXES
    # All of it is there, for who looks for something with the browser.
    undone = page.locator("#side li")
    assert undone.count() > 300
    assert undone.last.text_content()
    # A line with its name for each person; bars are painted.
    assert page.locator("#grid *").count() < 5 * PEOPLE
    seen = page.evaluate(_SCROLLED, 40)
    assert seen["left"] <= 0
    assert seen["made"] == 0
    in_sight = seen["tall"] / ROW + 2
    assert 0 < max(seen["frames"]) < A_ROW * in_sight


_MARKS = """
window.marks = [];
const pen = OffscreenCanvasRenderingContext2D.prototype, plain = pen.fillText, clear = OffscreenCanvas.prototype.transferToImageBitmap;
let sheet = 0;
OffscreenCanvas.prototype.transferToImageBitmap = function () { sheet += 1; return clear.apply(this); };
pen.fillText = function (text, x, y) {
    if (this.font.startsWith("600")) {
        const wide = this.measureText(text).width, left = this.textAlign === "center" ? x - wide / 2 : x;
        window.marks.push([sheet, y, left, left + wide, text]);
    }
    return plain.call(this, text, x, y);
};
"""


def test_marks_of_short_bars_that_are_pinned_do_not_run_into_each_other(browsers, site):
    instance, roster = large()
    pins = [Pin(task=one.task, slot=one.slot, person=one.person) for one in roster.assignments]
    pinned = instance.changed(pins=tuple(pins[:ASSIGNMENTS]))
    context = browsers().context
    context.add_init_script(_MARKS)
    page = context.new_page()
    page.goto(f"{site.url}/w/{a_week(site, pinned, roster)}")
    page.wait_for_selector("#board:not([aria-busy])")
    # They are painted in a frame that may be yet to come.
    page.wait_for_function("window.marks.some(one => one.at(-1) === '◆')")
    marks = sorted(page.evaluate("window.marks"))
    assert sum(text.startswith("◆") for *_, text in marks) > 10
    beside = [(one, two) for one, two in pairwise(marks) if one[:2] == two[:2]]
    assert [(one, two) for one, two in beside if one[3] > two[2]] == []
