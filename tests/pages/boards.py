"""A week that is half done, of a test's own, and what its board says to those who hear it."""

import re

from scheduler.due import Expanded, expand
from scheduler.model import Roster
from service.access.caller import LOCAL
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.report.weeks import half_done, week


def half_done_week(site, made: Expanded | None = None) -> str:
    """Begin a week; its id. made: what it holds."""
    made = made or expand(week())
    return a_week(site, made, half_done(made))


def a_week(site, made: Expanded, roster: Roster) -> str:
    """Begin a week with this roster; its id."""
    store = Store.of(site.service.settings)
    id = begun(store, LOCAL, WeekState.of(made, roster)).week.id
    store.close()
    return id


def heard(page, words):
    """Wait until the page has said so to those who hear it; what it said."""
    said = page.locator("#live", has_text=re.compile(words))
    said.wait_for(state="attached")
    return said.text_content()
