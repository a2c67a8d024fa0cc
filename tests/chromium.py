"""The browser that tests and pictures use: Chromium without a window, where the machine has one."""

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Programs of one engine. The first never draws a window, and does the same in a third of the CPU time."""
CHROMIUM = next((found for found in map(shutil.which, NAMES) if found is not None), None)


def launch(play: "Playwright") -> "Browser":
    """Start it. Raises Playwright's Error where there is none."""
    return play.chromium.launch(
        executable_path=CHROMIUM or NAMES[0], args=["--no-sandbox", "--disable-gpu"]
    )
