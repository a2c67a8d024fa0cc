"""Work through the night after the week's last day: every page says that it ends on the next."""

from copy import deepcopy

import pytest

from scheduler.due import expand
from scheduler.model import Assignment, Instance, Roster
from service.access.caller import LOCAL
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.service.weeks.conftest import DAYS, HORIZON, WEEK

NIGHT = {
    "id": "night",
    "name": "值夜",
    "kind": "night_duty",
    "place": "home",
    "start": f"{DAYS[-1]}T22:00",
    "duration": 480,
    "needs": [{"minimum": 1, "target": 1, "maximum": 1}],
}
LATE = {**NIGHT, "id": "late", "name": "晚班", "duration": 120}


@pytest.fixture
def path(site):
    """The address of a week with a night shift that somebody has, one that nobody has, and one until midnight."""
    week = deepcopy(WEEK)
    week["shifts"] = [NIGHT, {**NIGHT, "id": "empty", "name": "没人值夜"}, LATE]
    instance = expand(Instance.model_validate(week))
    start = instance.shifts[0].start
    mine = Assignment(task="night", slot=0, person="li", place="home", start=start, end=start + 480)
    roster = Roster(instance=instance.id, horizon=HORIZON, assignments=(mine,))
    store = Store.of(site.service.settings)
    made = begun(store, LOCAL, WeekState.of(instance, roster))
    store.close()
    return f"/w/{made.week.id}"


def test_a_night_after_the_last_day_ends_on_the_next(opened, path):
    page = opened(path)
    page.locator("#side li").first.wait_for()
    tray = page.locator("#side li", has_text="没人值夜").inner_text()
    assert "周二 11/24 22:00 至 次日 06:00" in tray
    assert "22:00 至 24:00" in page.locator("#side li", has_text="晚班").inner_text()
    page.goto(page.url.partition("/w/")[0] + path + f"/day/{DAYS[-1]}")
    assert "22:00–次日 06:00" in page.inner_text("main")
    page.goto(page.url.partition("/w/")[0] + path + "/close")
    assert page.locator(".part .when").inner_text() == "22:00–次日 06:00"


def test_what_happened_outside_the_plan_is_typed_as_it_is_spoken(opened, path):
    page = opened(f"{path}/close")
    form = page.locator("form", has=page.locator("[name=name]"))
    for field, words in (("name", "调解纠纷"), ("start", "晚上11点"), ("end", "1:00")):
        form.locator(f"[name={field}]").fill(words)
    for field, chosen in (("person", "li"), ("place", "home"), ("day", DAYS[-1])):
        form.locator(f"[name={field}]").select_option(chosen)
    form.locator("button").last.click()
    page.locator("#band p", has_text="调解纠纷").wait_for()
    page.goto(page.url.partition("?")[0] + "?show=all")
    noted = page.locator(".part", has_text="调解纠纷")
    assert noted.locator(".when").inner_text() == "23:00–次日 01:00"
