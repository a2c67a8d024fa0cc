from scheduler.model import Instance, Slot
from tests.rules.build import PQR, PQR_WAYS, amounts, at, instance, lowered, morning, person, visit


def tiny() -> Instance:
    spaced = morning("v", Slot(), Slot(after=(20, 40)), Slot(after=(0, 90), duration=30))
    pair = morning("w", Slot(), Slot(), places="Q")
    people = person("A", start_place="R"), person("B"), person("C")
    return instance(*PQR, *people, spaced, pair, days=1, ways=PQR_WAYS)


PEOPLE = person("a"), person("b"), person("c")
PAIR = instance(*PEOPLE, visit("v", Slot(), Slot()))
SPACED = instance(*PEOPLE, visit("v", Slot(), Slot(after=(20, 40)), Slot(after=(10, 90))))


def off(week, *clocks):
    """(slot, clock) each."""
    rows = [("v", slot, "abc"[slot], "P", at(0, clock)) for slot, clock in clocks]
    return amounts("crew_together", week, *rows)


def test_a_pair_starts_together():
    assert off(PAIR, (0, "09:00"), (1, "09:00")) == {}
    # either way, seven minutes apart
    assert off(PAIR, (0, "09:00"), (1, "09:07")) == {"v": [7]}
    assert off(PAIR, (0, "09:07"), (1, "09:00")) == {"v": [7]}


def test_a_spaced_slot_keeps_its_distance():
    # 20 to 40 minutes after 09:00
    assert off(SPACED, (0, "09:00"), (1, "09:15")) == {"v": [5]}
    assert off(SPACED, (0, "09:00"), (1, "09:20")) == {}
    assert off(SPACED, (0, "09:00"), (1, "09:40")) == {}
    assert off(SPACED, (0, "09:00"), (1, "09:50")) == {"v": [10]}


def test_spaced_slots_keep_to_one_start_though_nobody_leads():
    # slot 1 at 10:00 lets the task start 09:20 to 09:40; slot 2 at 09:45 lets it 08:15 to 09:35
    assert off(SPACED, (1, "10:00"), (2, "09:45")) == {}
    # slot 2 at 09:25 lets it start 09:15 at the latest: 5 before 09:20
    assert off(SPACED, (1, "10:00"), (2, "09:25")) == {"v": [5]}


def test_one_alone_is_together():
    assert off(SPACED, (1, "09:00")) == {}
    assert off(SPACED) == {}


def test_engines_have_it_by_nature():
    crew = lowered(SPACED, "crew_together").crew
    assert crew.least.tolist() == [0, 20, 10]
    assert crew.most.tolist() == [0, 40, 90]
