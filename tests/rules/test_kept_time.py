"""A visit starts when and where people were told."""

from scheduler.lowered.price import MEDIUM
from scheduler.model import Instance, Published, Slot
from tests.rules.build import PQR, PQR_WAYS, amounts, at, instance, morning, person, place, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    told = (
        Published(task="v", person="A", place="P", start=at(0, "09:30")),
        Published(task="w", slot=1, person="B", place="Q", start=at(1, "10:00")),
        Published(task="x", person="B", place="P", start=at(0, "09:00"), promised=True),
        Published(task="y", person="A", place="Q", start=at(1, "10:10")),
        Published(task="y", slot=1, person="B", place="Q", start=at(1, "10:50")),
        Published(task="y", slot=2, person="C", place="Q", start=at(1, "10:10"), standing="lost"),
    )
    tasks = (
        morning("v", days=(0, 1)),
        morning("w", Slot(), Slot(after=(20, 20)), days=(1,), places=("P", "Q")),
        morning("x", days=(0,)),
        morning("y", Slot(), Slot(after=(10, 60)), Slot(), days=(1,), places=("P", "Q")),
    )
    people = person("A"), person("B"), person("C")
    return instance(*PQR, *people, *tasks, *told, days=2, ways=PQR_WAYS)


def told(promised: bool = False, *slots: Slot) -> Instance:
    one = Published(task="v", person="A", place="P", start=at(0, "09:00"), promised=promised)
    return instance(
        place("P"),
        place("Q"),
        person("A"),
        person("B"),
        visit("v", *slots, places=("P", "Q")),
        one,
        days=2,
    )


def row(clock: str, where: str = "P", day: int = 0, who: str = "A", slot: int = 0) -> tuple:
    return "v", slot, who, where, at(day, clock)


def test_a_quarter_of_an_hour_later_is_as_told_and_no_minute_earlier() -> None:
    assert amounts("kept_time", told(), row("09:00")) == {}
    assert amounts("kept_time", told(), row("09:15")) == {}
    assert amounts("kept_time", told(), row("09:16")) == {"v": [1]}
    assert amounts("kept_time", told(), row("08:59")) == {"v": [1]}
    assert amounts("kept_time", told(), row("09:00", day=1)) == {"v": [1]}
    assert amounts("kept_time", told(), row("09:00", where="Q")) == {"v": [1]}


def test_a_promise_weighs_three_and_allows_nothing() -> None:
    assert amounts("kept_time", told(True), row("09:00")) == {}
    assert amounts("kept_time", told(True), row("09:01")) == {"v": [3]}


def test_each_of_a_crew_is_told_and_nobody_needs_be_where_nothing_is_done() -> None:
    crew = told(False, Slot(), Slot(after=(30, 30)))
    assert amounts("kept_time", crew) == {}
    late = row("10:00"), row("10:30", who="B", slot=1)
    assert amounts("kept_time", crew, *late) == {"v": [1, 1]}
    in_time = row("09:05"), row("09:35", who="B", slot=1)
    assert amounts("kept_time", crew, *in_time) == {}


def spaced(promised: bool = False) -> Instance:
    """The second was published half an hour later than the spacing asks; the third part was lost."""
    nine, ten = at(0, "09:00"), at(0, "10:00")
    parts = (
        Published(task="v", person="A", place="P", start=nine, promised=promised),
        Published(task="v", slot=1, person="B", place="P", start=ten),
        Published(task="v", slot=2, person="C", place="P", start=nine, standing="lost"),
    )
    crew = visit("v", Slot(), Slot(after=(30, 90)), Slot(), places=("P", "Q"))
    people = person("A"), person("B"), person("C")
    return instance(place("P"), place("Q"), *people, crew, *parts, days=2)


def test_each_slot_goes_by_its_own_published_start() -> None:
    first = row("09:00")
    for clock, points in (("10:00", 0), ("10:15", 0), ("10:16", 1), ("09:59", 1), ("09:30", 1)):
        rows = first, row(clock, who="B", slot=1)
        assert (
            sum(sum(amount) for amount in amounts("kept_time", spaced(), *rows).values()) == points
        )
        assert priced_tasks(spaced(), ("kept_time",), *rows) == points * MEDIUM


def test_a_part_that_changes_took_away_has_only_a_promise_to_keep() -> None:
    late = row("09:00"), row("10:00", who="B", slot=1), row("09:20", who="C", slot=2)
    assert amounts("kept_time", spaced(), *late) == {}
    assert priced_tasks(spaced(), ("kept_time",), *late) == 0
    assert amounts("kept_time", spaced(True), *late) == {"v": [3]}
    assert priced_tasks(spaced(True), ("kept_time",), *late) == 3 * MEDIUM


def test_engines_pay_the_same() -> None:
    for clock, points in (("09:10", 0), ("09:16", MEDIUM), ("08:00", MEDIUM)):
        assert priced_tasks(told(), ("kept_time",), row(clock)) == points
    assert priced_tasks(told(), ("kept_time",), row("09:00", where="Q")) == MEDIUM
    assert priced_tasks(told(True), ("kept_time",), row("09:10")) == 3 * MEDIUM
