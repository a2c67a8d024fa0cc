"""How soon the sub-district's board can be used once its answer is there, and how smoothly it scrolls, in real Chromium."""

import shutil
from collections.abc import Iterator
from typing import Any

from benchmarks.service.installation import Installation, installation
from benchmarks.service.weeks import sub_district

CHROMIUM = ("chromium-headless-shell", "chromium")
"""One engine; the first draws no window, and does the same in less CPU time."""
SLOWER = (1, 4)
"""How many times slower than this machine's the browser's processor is made."""
_USABLE = """() => new Promise((done) => {
    const look = () => {
        const drawn = performance.getEntriesByName("board-drawn")[0];
        if (drawn === undefined) setTimeout(look, 20);
        else requestAnimationFrame(() => setTimeout(() => done(performance.now() - drawn.startTime)));
    };
    look();
})"""
"""From the answer's arrival until it was drawn, and a frame of it shown."""
_SCROLLED = """async (seconds) => {
    const grid = document.getElementById("grid"), began = performance.now();
    let frames = 0;
    while (performance.now() - began < 1000 * seconds) {
        await new Promise(requestAnimationFrame);
        grid.scrollTop = (grid.scrollTop + 20) % (grid.scrollHeight - grid.clientHeight);
        frames += 1;
    }
    return frames / seconds;
}"""
_SCRIPTS = """() => performance.getEntriesByType("resource").filter((one) => one.name.includes(".js"))
    .map((one) => [one.decodedBodySize, one.encodedBodySize])"""


def screen(database: str | None, seconds: float) -> Iterator[str]:
    """ms until it can be used, frames a second and kB of script. seconds: of scrolling."""
    from playwright.sync_api import sync_playwright  # late: only this needs a browser

    with installation(database, 0) as made, sync_playwright() as play:
        week = made.post("/v1/weeks", sub_district())["id"]
        browser = play.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, CHROMIUM)))
        )
        for slower in SLOWER:
            yield _opened(made, browser, week, slower, seconds)
        browser.close()


def _opened(made: Installation, browser: Any, week: str, slower: int, seconds: float) -> str:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"http://{made.settings.host}:{made.settings.port}/w/{week}")
    usable, frames = page.evaluate(_USABLE), page.evaluate(_SCROLLED, seconds)
    sizes = page.evaluate(_SCRIPTS)
    whole, sent = (sum(size[number] for size in sizes) / 1000 for number in (0, 1))
    shown = page.inner_text("#count")
    context.close()
    return (
        f"{shown}, processor ÷{slower}: usable {usable:.0f} ms after the answer, {frames:.0f} frames a "
        f"second, {whole:.0f} kB of script in {len(sizes)} modules ({sent:.0f} kB sent)"
    )
