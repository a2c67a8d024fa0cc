"""What all tests share: one browser, and no property test is judged by the clock, for machines are slow and busy."""

import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("lianxin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lianxin")


@pytest.fixture(scope="session")
def chromium():
    """Chromium; no process may have two of Playwright's drivers."""
    playwright = pytest.importorskip("playwright.sync_api")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as play:
        launched = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def browser(chromium):
    """Chromium, by the name that tests of pages give it."""
    return chromium
