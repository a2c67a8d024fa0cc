from scheduler.model import Break, Instance, Limits, Need, RuleSetting, Slot
from scheduler.rules import is_on
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    noon = Break(start=11 * 60, end=13 * 60, minutes=40, beyond=60)
    short, long = (window(0, "08:30", "12:30"),), (window(0, "08:00", "14:00"),)
    people = (
        person("A", limits=Limits(breaks=noon), availability=short, start_place="Q", end_place="Q"),
        person("B", limits=Limits(breaks=noon), availability=long, start_place="Q"),
    )
    tasks = (
        visit("v", windows=(window(0, "10:00", "12:30"),), duration=80),
        visit("w", Slot(), Slot(), windows=(window(0, "09:00", "10:00"),), places="R"),
        shift("s", at(0, "11:00"), duration=100),
        shift("t", at(0, "00:10"), Need(minimum=2), duration=24 * 60),
    )
    week = instance(*PQR, *people, *tasks, days=1, ways=PQR_WAYS, rest_on_duty=True)
    return week.changed(settings=week.settings.model_copy(update={"work_past_end": True}))


ON = {"worst_idle": RuleSetting(on=True, weight=3), "waiting": RuleSetting(on=True)}
LUNCH = Limits(breaks=Break(start=11 * 60, end=13 * 60, minutes=30, beyond=0))
PLACES = place("P"), place("Q"), place("S")
WAYS = {("P", "Q"): 20, ("S", "P"): 30, ("S", "Q"): 50}
DAY = (window(0, "08:00", "16:00"),)
V = "v", 0, "a", "P", at(0, "09:00")
W = "w", 0, "a", "Q", at(0, "11:00")


def week(*people, **settings):
    """Two hours' visits at P and at Q, for one day."""
    tasks = visit("v"), visit("w", places="Q")
    return instance(*people, *PLACES, *tasks, days=1, ways=WAYS, weights=ON, **settings)


def a(**more):
    """Somebody from S, there for eight hours, who is owed no rest unless it is said."""
    more.setdefault("limits", Limits(breaks=None))
    return person("a", availability=DAY, start_place="S", end_place="S", **more)


def test_leaving_late_waiting_and_being_back_early_are_idle_time():
    one = week(a())
    # leaves 08:30: 30; 10:20 to 11:00: 40; back 12:50: 190. Or 480 - 120 of visits - 100 of ways
    assert amounts("worst_idle", one, V, W) == {"": [260]}
    assert priced_tasks(one, ("worst_idle", "availability"), V, W) == 3 * 260


def test_only_the_most_idle_person_counts_and_a_day_without_work_is_idle_throughout():
    two = week(a(), person("b", availability=(window(0, "08:00", "13:00"),)))
    assert amounts("worst_idle", two, V, W) == {"": [300]}
    assert amounts("worst_idle", two) == {"": [480]}
    assert priced_tasks(two, ("worst_idle", "availability"), V, W) == 3 * 300


def test_what_the_return_is_late_is_paid_back_by_the_work():
    hours = (window(0, "08:00", "12:00"),)
    short = person("a", availability=hours, end_place="S", limits=Limits(breaks=None))
    one = week(short, work_past_end=True)
    # 240 there and back 12:50, 50 late; less 120 and ways of 20 and 50: 60 before nine and 40 waited
    assert amounts("worst_idle", one, V, W) == {"": [100]}
    assert amounts("late_return", one, V, W) == {"a": [50]}
    assert amounts("availability", one, V, W) == {}
    assert priced_tasks(one, ("worst_idle", "availability"), V, W) == 3 * 100


def test_a_rest_is_neither_idle_nor_waited():
    one = week(a(limits=LUNCH), rest_on_duty=True)
    later = "w", 0, "a", "Q", at(0, "11:45")
    # 10:20 to 11:45 with half an hour from eleven on
    assert amounts("waiting", one, V, later) == {"a": [85 - 30]}
    assert amounts("worst_idle", one, V, later) == {"": [260 - 30]}
    rules = "worst_idle", "waiting", "rest_break", "availability"
    assert priced_tasks(one, rules, V, later) == 3 * 230 + 55


def test_a_rest_on_duty_behind_the_last_stop_delays_the_return():
    one = week(a(limits=LUNCH), rest_on_duty=True)
    # the visit ends 10:00, the rest is 11:00 to 11:30, and the way home 30
    assert amounts("waiting", one, V) == {"a": [60]}
    assert amounts("rest_break", one, V) == {}
    # 480 less 60 of work, 60 of ways, 30 of rest
    assert amounts("worst_idle", one, V) == {"": [330]}
    rules = "worst_idle", "waiting", "rest_break", "availability"
    assert priced_tasks(one, rules, V) == 3 * 330 + 60


def test_a_rest_on_duty_before_the_first_stop_follows_the_way():
    late = person("a", availability=(window(0, "11:00", "16:00"),), start_place="S", limits=LUNCH)
    one = week(late, rest_on_duty=True)
    # there at 11:30 at the earliest, rested at noon
    assert amounts("rest_break", one, ("v", 0, "a", "P", at(0, "12:00"))) == {}
    # a visit 11:59 to 12:59 leaves no time before or after
    row = "v", 0, "a", "P", at(0, "11:59")
    assert amounts("rest_break", one, row) == {"a": [1]}
    assert amounts("worst_idle", one, row) == {"": [300 - 60 - 30]}
    assert priced_tasks(one, ("worst_idle", "availability", "rest_break"), row) == 3 * 210 + 2**42


def test_it_is_off_unless_settings_turn_it_on():
    assert not is_on(instance(person("a")), "worst_idle")
    assert is_on(week(a()), "worst_idle")


def test_nobody_is_idle_in_the_evening_in_which_they_do_no_work():
    evening = person("a", minor=True, availability=(window(0, "18:00", "22:00"),))
    # until eight
    assert amounts("worst_idle", week(evening)) == {"": [120]}
    assert priced_tasks(week(evening), ("worst_idle", "availability", "evening_end")) == 3 * 120
