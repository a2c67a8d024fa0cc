import pytest

from scheduler.lowered.price import HARD
from scheduler.model import Instance, Pin, Slot
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    place,
    visit,
    window,
)
from tests.rules.engine import able, priced_tasks


def tiny() -> Instance:
    pins = (
        Pin(task="v", person="A", start=at(0, "09:30")),
        Pin(task="w", slot=1, absent=True),
        Pin(task="x", place="Q"),
    )
    tasks = (
        morning("v", days=(0, 1)),
        morning("w", Slot(), Slot(), least_crew=1),
        morning("x", places=("P", "Q")),
    )
    return instance(*PQR, person("A"), person("B"), *tasks, *pins, days=2, ways=PQR_WAYS)


DAYTIME = window(0, "08:00", "12:00"), window(1, "08:00", "12:00")


def week(*pins):
    return instance(
        place("P"),
        place("Q"),
        person("a"),
        person("b"),
        visit("v", Slot(), Slot(after=(20, 40)), places=("P", "Q"), windows=DAYTIME, least_crew=1),
        *pins,
        days=2,
    )


def row(who="a", where="P", clock="09:00", day=0, slot=0):
    return "v", slot, who, where, at(day, clock)


def broken(pin, *rows):
    return amounts("pinned", week(pin), *rows).get("v", [])


def test_a_pinned_person_comes_or_the_slot_stays_empty():
    pin = Pin(task="v", person="a")
    assert broken(pin, row("a")) == []
    assert broken(pin, row("b")) == [1]
    assert broken(pin) == [1]
    assert able("pinned", week(pin), "v") == ["a"]
    assert priced_tasks(week(pin), ("pinned",)) == HARD
    assert priced_tasks(week(pin), ("pinned",), row("a")) == 0


def test_a_pinned_place_is_kept():
    pin = Pin(task="v", place="Q")
    assert broken(pin, row(where="Q")) == []
    assert broken(pin, row(where="P")) == [1]
    assert priced_tasks(week(pin), ("pinned",), row(where="Q")) == 0
    assert priced_tasks(week(pin), ("pinned",), row(where="P")) is None


def test_a_pinned_start_costs_each_minute_off():
    pin = Pin(task="v", start=at(0, "09:30"))
    assert broken(pin, row(clock="09:30")) == []
    assert broken(pin, row(clock="09:40")) == [10]
    assert broken(pin, row(clock="09:10")) == [20]
    assert priced_tasks(week(pin), ("pinned",), row(clock="09:40")) == 10 * HARD
    assert priced_tasks(week(pin), ("pinned",), row(clock="09:10")) is None
    # 09:30 on Tuesday is a day late for it
    assert broken(pin, row(clock="09:30", day=1)) == [1440]


def test_a_later_slots_pinned_start_leaves_the_task_its_spacing():
    pin = Pin(task="v", slot=1, start=at(0, "10:00"))
    # 20 to 40 minutes before 10:00
    window = lowered(week(pin), "visit_window", "pinned").window
    assert set(window.earliest.tolist()) == {at(0, "09:20")}
    assert set(window.latest.tolist()) == {at(0, "09:40")}
    rows = row("a", clock="09:20"), row("b", clock="10:00", slot=1)
    assert broken(pin, *rows) == []
    assert priced_tasks(week(pin), ("pinned",), *rows) == 0


def test_a_slot_pinned_empty_takes_nobody():
    pin = Pin(task="v", slot=1, absent=True)
    assert broken(pin, row("a")) == []
    assert broken(pin, row("a"), row("b", clock="09:20", slot=1)) == [1]
    assert able("pinned", week(pin), "v", 1) == []
    assert able("pinned", week(pin), "v", 0) == ["a", "b"]
    assert priced_tasks(week(pin), ("pinned",)) == 0


def test_a_pin_that_names_only_its_slot_binds_nothing():
    pin = Pin(task="v")
    assert broken(pin) == []
    assert priced_tasks(week(pin), ("pinned",)) == 0


def test_several_breaches_of_one_task_are_one_finding():
    pins = Pin(task="v", person="a", start=at(0, "09:00")), Pin(task="v", slot=1, person="b")
    # the first by the wrong person and five minutes late, the second by nobody
    assert amounts("pinned", week(*pins), row("b", clock="09:05")) == {"v": [1 + 1 + 5]}


def test_what_the_window_counts_is_not_counted_twice():
    # the window's last start is 11:59, 29 minutes before the pinned one
    late = week(Pin(task="v", start=at(0, "12:28")))
    assert amounts("visit_window", late, row(clock="12:28")) == {"v": [29]}
    assert amounts("pinned", late, row(clock="12:28")) == {}
    # no start keeps window and pin: engines have no option
    assert priced_tasks(late, ("pinned",), row(clock="12:28")) is None


@pytest.mark.parametrize(("lead", "other", "off"), [("P", "Q", 2 * 60), ("Q", "P", 2 * 180)])
def test_of_a_crew_at_two_places_the_hours_where_it_is_led_count(lead: str, other: str, off: int):
    nine = place("P", opening=(window(0, "09:00", "17:00"),))
    pair = visit("v", Slot(), Slot(), places=("P", "Q"))
    pin = Pin(task="v", start=at(0, "10:00"))
    split = instance(nine, place("Q"), person("a"), person("b"), pair, pin)
    # both begin at seven, three hours before the pin: of these P's hours count two already
    rows = row("a", lead, "07:00"), row("b", other, "07:00", slot=1)
    assert amounts("pinned", split, *rows) == {"v": [off]}


def test_a_spaced_crew_may_be_pinned_as_it_is():
    crew = row("a", clock="09:00"), row("b", clock="09:35", slot=1)
    pins = [
        Pin(task=task, slot=slot, person=who, place=where, start=start)
        for task, slot, who, where, start in crew
    ]
    assert amounts("pinned", week(*pins), *crew) == {}
    assert priced_tasks(week(*pins), ("pinned",), *crew) == 0
    late = crew[0], row("b", clock="09:40", slot=1)
    assert amounts("pinned", week(*pins), *late) == {"v": [5]}
    early = row("a", clock="08:50"), crew[1]
    assert amounts("pinned", week(*pins), *early) == {"v": [10]}


def test_pins_that_cannot_both_be_kept_stay_as_they_are():
    apart = Pin(task="v", start=at(0, "09:00")), Pin(task="v", slot=1, start=at(0, "10:00"))
    assert amounts("pinned", week(*apart), row(clock="09:30"))["v"] != []
