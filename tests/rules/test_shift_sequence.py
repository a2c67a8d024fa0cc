from scheduler.lowered.price import HARD
from scheduler.model import Instance, PersonHistory
from tests.rules.build import amounts, at, instance, limited, lowered, person, shift, visit
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"B": PersonHistory(last_kinds=("night",))}
    tasks = (
        shift("s", at(0, "07:00"), kind="early"),
        shift("t", at(0, "20:00"), kind="night"),
        shift("u", at(1, "07:00"), kind="early"),
        shift("v", at(1, "20:00"), kind="night"),
    )
    banned = (("night", "early"), ("night", "night"))
    people = limited("A"), limited("B")
    return instance(*people, *tasks, days=2, history=history, forbidden_sequences=banned)


PAIRS = (("night", "early"), ("night", "check"))
WORK = (
    *(shift(f"n{day}", at(day, "20:00"), kind="night", duration=180) for day in range(3)),
    *(shift(f"e{day}", at(day, "06:00"), kind="early") for day in range(3)),
    visit("v"),
)
WEEK = instance(person("a"), *WORK, days=3, forbidden_sequences=PAIRS)


def test_each_forbidden_pair_on_two_days_counts():
    rows = [
        ("n0", 0, "a", "P", at(0, "20:00")),
        ("e1", 0, "a", "P", at(1, "06:00")),
        ("v", 0, "a", "P", at(1, "15:00")),
    ]
    # a night before an early shift, and before a check
    assert amounts("shift_sequence", WEEK, *rows) == {"a": [1, 1]}
    assert priced(WEEK, ("shift_sequence",), *rows) == 2 * HARD


def test_the_same_day_the_other_way_round_and_a_day_between_are_free():
    rows = [
        ("e0", 0, "a", "P", at(0, "06:00")),
        ("n0", 0, "a", "P", at(0, "20:00")),
        ("e2", 0, "a", "P", at(2, "06:00")),
    ]
    assert amounts("shift_sequence", WEEK, *rows) == {}
    assert priced(WEEK, ("shift_sequence",), *rows) == 0


def test_kinds_of_the_day_before_the_horizon_count():
    past = {"a": PersonHistory(last_kinds=("night", "other"))}
    week = instance(person("a"), *WORK, days=3, history=past, forbidden_sequences=PAIRS)
    assert amounts("shift_sequence", week, ("e0", 0, "a", "P", at(0, "06:00"))) == {"a": [1]}
    assert priced(week, ("shift_sequence",), ("e0", 0, "a", "P", at(0, "06:00"))) == HARD


def test_only_kinds_that_some_pair_speaks_of_are_lowered():
    follow = lowered(WEEK, "shift_sequence").follow
    assert follow.kinds == 3
    plain = instance(person("a"), *WORK, days=3)
    assert lowered(plain, "shift_sequence").follow.kinds == 0
