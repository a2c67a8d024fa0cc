from scheduler.model import Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift, visit


def tiny() -> Instance:
    tasks = morning("v", Slot(), Slot(duration=30)), shift("s", at(0, "14:00"))
    return instance(person("A"), person("B"), *tasks, days=1)


WEEK = instance(
    person("a"),
    person("b"),
    visit("v", Slot(), Slot(duration=25), duration=60),
    shift("s", at(0, "14:00"), duration=240),
)


def test_longer_and_shorter_stays_count_their_difference():
    rows = (
        ("v", 0, "a", "P", at(0, "09:00"), at(0, "10:10")),
        ("s", 0, "a", "P", at(0, "14:00"), at(0, "17:30")),
    )
    # 70 for 60, 210 for 240
    assert amounts("duration", WEEK, *rows) == {"v": [10], "s": [30]}


def test_a_slot_may_have_a_length_of_its_own():
    assert amounts("duration", WEEK, ("v", 1, "b", "P", at(0, "09:00"), at(0, "09:25"))) == {}
    # 60 for 25
    stay = ("v", 1, "b", "P", at(0, "09:00"), at(0, "10:00"))
    assert amounts("duration", WEEK, stay) == {"v": [35]}


def test_engines_know_no_other_length():
    assert lowered(WEEK, "duration").crew.duration.tolist() == [60, 25, 240]
