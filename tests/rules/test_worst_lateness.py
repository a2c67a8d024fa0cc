from scheduler.model import Instance, Level, RuleSetting, Slot
from scheduler.rules import active
from tests.rules.build import PQR, PQR_WAYS, amounts, at, instance, morning, person, visit, window
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = (
        morning("v", due=at(0, "09:20")),
        morning("w", places="Q", due=at(0, "09:00")),
        morning("x", Slot(), Slot(after=(5, 50)), due=at(0, "10:00")),
    )
    people = person("A"), person("B", start_place="R")
    return instance(*PQR, *people, *tasks, days=1, ways=PQR_WAYS, late_at="end")


DAYTIME = (window(0, "08:00", "18:00"),)
WORK = (
    person("a"),
    person("b"),
    visit("v", windows=DAYTIME, due=at(0, "09:00")),
    visit("w", Slot(), Slot(after=(40, 40)), windows=DAYTIME, due=at(0, "10:00")),
    visit("x", windows=DAYTIME),
)
ON = {"worst_lateness": RuleSetting(on=True, level=Level.SOFT, weight=3)}
V = "v", 0, "a", "P", at(0, "09:25")
W = ("w", 0, "a", "P", at(0, "10:30")), ("w", 1, "b", "P", at(0, "11:10"))


def test_only_the_latest_of_all_counts():
    week = instance(*WORK, weights=ON)
    # 25 late; 30 and 70 late
    assert amounts("worst_lateness", week, V) == {"": [25]}
    assert amounts("worst_lateness", week, V, *W) == {"": [70]}
    assert priced_tasks(week, ("worst_lateness",), V, *W) == 3 * 70


def test_it_comes_on_top_of_the_due_dates():
    week = instance(*WORK, weights=ON)
    # 25 + 30 + 70 at one point, and the worst at three
    assert priced_tasks(week, ("due_date", "worst_lateness"), V, *W) == 125 + 3 * 70


def test_nothing_late_costs_nothing():
    week = instance(*WORK, weights=ON)
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("x", 0, "b", "P", at(0, "17:00"))
    assert amounts("worst_lateness", week, *rows) == {}
    assert priced_tasks(week, ("worst_lateness",), *rows) == 0


def test_settings_may_measure_the_end():
    week = instance(*WORK, weights=ON, late_at="end")
    # 09:25 and an hour is 85 after nine
    assert amounts("worst_lateness", week, V) == {"": [85]}
    assert priced_tasks(week, ("worst_lateness",), V) == 3 * 85


def test_it_is_off_unless_settings_turn_it_on():
    assert "worst_lateness" not in {one.rule.id for one in active(instance(*WORK))}
    assert "worst_lateness" in {one.rule.id for one in active(instance(*WORK, weights=ON))}
