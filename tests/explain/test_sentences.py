"""What explanations say, sentence by sentence: the reason, each kind of remedy, and the work that outweighs."""

import pytest

from scheduler.explain import Trials, prepared, remedies, why_empty
from scheduler.explain.swaps import swaps
from scheduler.explain.words import reason_in_words, remedy_in_words, swap_in_words
from scheduler.facts import Facts
from scheduler.messages.names import Names
from scheduler.model import Area, Gap, Pin, Role, Slot
from tests.rules.build import at, instance, limited, person, place, roster, visit, window

TEN = (window(0, "10:00", "10:01"),)
NINE = (window(0, "09:00", "09:01"),)
AREAS = Area(id="east", name="east", kind="grid"), Area(id="west", name="west", kind="grid")
W_AT_NINE = ("w", 0, "A", "P", at(0, "09:00"))
A_AT_TEN = "A could do it Mon 23 Nov 10:00 (P)"
BOTH_AT_TEN = "A, B could do it Mon 23 Nov 10:00 (P)"


def asked(*records, rows: tuple = ()) -> tuple[Trials, Names]:
    week = instance(*records)
    return prepared(Facts(week, roster(week, *rows))), Names(week, "en")


REASONS = {
    "free": (
        (person("A"), visit("v", windows=TEN)),
        "can be done as it is by A, Mon 23 Nov 10:00, at P: saves 5 points of Unassigned",
    ),
    "predecessor": (
        (person("A"), visit("v", windows=TEN), visit("w"), Gap(first="w", second="v")),
        "w has to be done for it, and is itself undone",
    ),
    "nobody_able": (
        (person("A", skills={"s": 1}), visit("v", Slot(skills={"s": 2}), windows=TEN)),
        "the only person does not meet the hard conditions (Skill and level 1): A Mon 23 Nov 10:00: "
        "A lacks 1 level of the skills that v asks for",
    ),
    "rules": (
        (person("A", leave=TEN), visit("v", windows=TEN)),
        "whoever did it, a hard rule would be broken: A Mon 23 Nov 10:00: A is at work or on the way "
        "for 1 min outside their availability on Mon 23 Nov",
    ),
    "pinned_empty": (
        (person("A"), visit("v", windows=TEN), Pin(task="v", absent=True)),
        "pinned to stay empty",
    ),
}


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_one_sentence_and_only_breaches_are_told_after_it(reason: str) -> None:
    records, sentence = REASONS[reason]
    trials, names = asked(*records)
    [empty] = why_empty(trials, {"v"})
    assert (empty.reason, reason_in_words(names, empty)) == (reason, sentence)


def said(*records, rows: tuple = ()) -> dict[str, str]:
    trials, names = asked(*records, rows=rows)
    return {one.kind: remedy_in_words(names, one) for one in remedies(trials, "v", most=20)}


def test_who_is_free_and_what_comes_first_are_said() -> None:
    pair = visit("v", Slot(), Slot(), windows=TEN)
    assert said(person("A"), person("B"), pair) == {
        "place": "can be done as it is: A, B, Mon 23 Nov 10:00, P"
    }
    first = visit("w", windows=NINE)
    tied = said(person("A"), first, visit("v", windows=TEN), Gap(first="w", second="v"))
    assert tied == {
        "together": "A could do w Mon 23 Nov 09:00, and A could then do it Mon 23 Nov 10:00 (P)"
    }


def test_skills_roles_and_areas_are_said_with_the_person_who_gets_them() -> None:
    skilled = visit("v", Slot(skills={"s": 2, "t": 1}), Slot(), windows=TEN)
    assert said(person("A", skills={"s": 1}), person("B"), skilled) == {
        "skill": f"have A learn s at level 2 and t at level 1, and {BOTH_AT_TEN}",
        "skill_level": f"ask only for s at level 1 and no longer ask for t, and {BOTH_AT_TEN}",
        "person": "one more person (Grid worker with the skills s (level 2), t) could do it "
        "Mon 23 Nov 10:00 (P), together with A",
    }
    # of two skills only the one that A lacks is spoken of
    able = person("A", skills={"t": 1})
    one = said(able, visit("v", Slot(skills={"s": 2, "t": 1}), windows=TEN))
    assert one["skill"] == f"have A learn s at level 2, and {A_AT_TEN}"
    assert one["skill_level"] == f"no longer ask for s, and {A_AT_TEN}"
    partner = visit("v", Slot(roles=(Role.PARTNER,)), windows=TEN)
    assert said(person("A"), partner)["role"] == (
        f"open it to another role (Grid worker), and {A_AT_TEN}"
    )
    western = [person(name, areas=("west",)) for name in "AB"]
    pair = visit("v", Slot(), Slot(), windows=TEN)
    assert said(*AREAS, place("P", area="east"), *western, pair) == {
        "area": f"make A, B responsible for east too, and {BOTH_AT_TEN}",
        "place_area": f"count P to west, and {BOTH_AT_TEN}",
    }


def test_every_limit_that_rises_is_said() -> None:
    tired = limited("A", weekly_minutes=90, weekly_tasks=1)
    week = tired, visit("v", windows=TEN), visit("w", windows=NINE)
    assert said(*week, rows=(W_AT_NINE,))["limit"] == (
        f"A works 30 min more in the week and A takes 1 more in the week, and {A_AT_TEN}"
    )
    trials, names = asked(*week, rows=(W_AT_NINE,))
    [swap] = swaps(trials, "v", 0)
    assert swap_in_words(names, swap) == (
        "leaving w undone, A could do it Mon 23 Nov 10:00 (P): no rule costs more or less"
    )


def test_what_a_swap_costs_is_said_by_rule() -> None:
    long = visit("w", priority=5, windows=NINE, duration=90)
    week = person("A"), visit("v", windows=TEN, priority=1), long
    trials, names = asked(*week, rows=(W_AT_NINE,))
    [swap] = swaps(trials, "v", 0)
    # 25 points for w, 1 for v
    assert swap_in_words(names, swap) == (
        "leaving w undone, A could do it Mon 23 Nov 10:00 (P): costs 24 points of Unassigned"
    )
    assert said(*week, rows=(W_AT_NINE,))["window"] == (
        "widen its window by 30 min: A could go Mon 23 Nov 10:30 to P"
    )
