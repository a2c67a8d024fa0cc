"""The board of 200 people and some 2,300 assignments, by counts: what it makes, and what each frame of scrolling paints."""

from instances.generate import generate
from scheduler.due import expand
from tests.pages.boards import a_week
from tests.report.weeks import filled

PEOPLE = 200
ASSIGNMENTS = 2300
ROW = 26
"""Pixels of a row; at least."""
A_ROW = 80
"""Calls of the pen that a row of a week may take: its ground, hours, and each bar with its mark and name."""

_COUNTS = """
window.calls = 0;
const pen = CanvasRenderingContext2D.prototype;
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


def test_a_large_board_makes_little_and_paints_only_the_rows_in_sight(browsers, site):
    instance = expand(generate("shizishan/sub_district", 1))
    full = filled(instance)
    roster = full.with_assignments(full.assignments[:ASSIGNMENTS])
    assert (len(instance.people), len(roster.assignments)) == (PEOPLE, ASSIGNMENTS)
    context = browsers().context
    context.add_init_script(_COUNTS)
    page = context.new_page()
    page.goto(f"{site.url}/w/{a_week(site, instance, roster)}")
    page.wait_for_selector("#board:not([aria-busy])")
    assert page.inner_text("#count") == f"{PEOPLE}/{PEOPLE} 人"
    # A line with its name for each person; bars are painted.
    assert page.locator("#grid *").count() < 5 * PEOPLE
    seen = page.evaluate(_SCROLLED, 40)
    assert seen["left"] <= 0
    assert seen["made"] == 0
    in_sight = seen["tall"] / ROW + 2
    assert 0 < max(seen["frames"]) < A_ROW * in_sight
