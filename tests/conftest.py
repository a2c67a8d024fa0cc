"""What all tests share: one browser, no judging by the clock on slow and busy machines, no waiting for nothing."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from scheduler.engines import portfolio
from tests.chromium import CHROMIUM, launch

settings.register_profile("lianxin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lianxin")


@pytest.fixture(scope="session", autouse=True)
def brief_first_annealing() -> Iterator[None]:
    """Anneal for a moment before a proof: the weeks of tests are tiny, and so proven at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portfolio, "FIRST_SECONDS", 0.15)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the files that wait more than they work, so that none of them is alone at the end.

    In CI a browser or a server that a busy machine held up is tried once more, as Playwright's own runner
    does; the summary counts it (rerun). By hand nothing is, so that such a test is seen and mended.
    """
    items.sort(key=lambda item: _turn(item.nodeid))
    if os.environ.get("CI"):
        for item in items:
            if item.nodeid.startswith(("tests/pages/", "tests/service/")):
                item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_collection_finish() -> None:
    """Let no garbage collection look through what was collected: pytest asks for five at the end."""
    gc.freeze()


def _turn(nodeid: str) -> int:
    waiting = (
        "tests/service/faults/",
        "tests/service/test_durability.py",
        "tests/service/",
        "tests/pages/",
    )
    return next((n for n, start in enumerate(waiting) if nodeid.startswith(start)), len(waiting))


@pytest.fixture(scope="session")
def chromium():
    """Chromium; no process may have two of Playwright's drivers."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as play:
        launched = launch(play)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def browser(chromium):
    """Chromium, by the name that tests of pages give it."""
    return chromium
