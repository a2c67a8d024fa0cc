"""What faults quote of what was sent: nothing of private records, however it is said."""

import pytest

from scheduler.model import Problem
from service.access.quoted import HIDDEN, Quoted

WEEK = {
    "places": [
        {"id": "home", "name": "heron lane 7", "area": "east"},
        {"id": "room", "name": "quiet room", "private": True},
        {"id": "hall", "name": "town hall"},
    ],
    "households": [
        {"id": "house", "name": "the Herons", "place": "home", "risk": "high"},
        {"id": "open-house", "name": "the Egrets", "place": "hall"},
    ],
    "cases": [{"id": "case", "name": "grief after a fall", "household": "house", "private": True}],
    "visits": [
        {"id": "talk", "name": "a talk", "case": "case", "duration": 45},
        {"id": "walk", "name": "a walk", "household": "open-house", "duration": 30},
    ],
    "pins": [{"task": "talk", "reason": "on Tuesdays"}, {"task": "walk", "reason": "on Mondays"}],
}


def quoted(value, at="/title", **how):
    problem = Problem(code="unknown_id", pointer=at, value=value, slots={"words": value})
    (told,) = Quoted(WEEK, **how)([problem])
    assert at != "/title" or told.slots["words"] == told.value
    return told.value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("grief after a fall", HIDDEN),
        ("about grief after a fall at heron lane 7", f"about {HIDDEN} at {HIDDEN}"),
        ("a talk", HIDDEN),
        ("on Tuesdays", HIDDEN),
        ("the Herons", HIDDEN),
        ("heron lane 7", HIDDEN),
        ("grief af…", HIDDEN),  # the beginning of a private word, which was cut
        ("grief on…", "grief on…"),
        ("g…", "g…"),
        ("a walk", "a walk"),
        ("the Egrets", "the Egrets"),
        ("on Mondays", "on Mondays"),
        (
            "quiet room",
            "quiet room",
        ),  # where counsellors sit is no secret, but for whose home it is
        ("town hall", "town hall"),
        ("w" * 120, "w" * 120),
        ("w" * 121, HIDDEN),
        ("hidden-" + "a" * 24, HIDDEN),
    ],
)
def test_words_of_private_records_and_what_belongs_to_them_are_left_out(value, told):
    assert quoted(value) == told


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("/cases/0/sessions", HIDDEN),
        ("/visits/0/duration", HIDDEN),
        ("/pins/0/slot", HIDDEN),
        ("/households/0/risk", HIDDEN),
        ("/places/0/area", HIDDEN),
        ("/visits/1/duration", "45"),
        ("/visits/10/duration", "45"),
        ("/places/1/area", "45"),
    ],
)
def test_no_field_of_a_private_record_is_quoted_whatever_it_holds(at, told):
    assert quoted("45", at) == told


def test_where_nothing_is_private_a_long_value_is_quoted():
    problem = Problem(code="unknown_id", pointer="/title", value="w" * 300)
    assert Quoted({"visits": WEEK["visits"][1:]})([problem]) == [problem]


def test_what_lies_outside_is_hidden_though_it_is_not_private():
    assert quoted("the Egrets", outside={"households": {"open-house"}}) == HIDDEN
    assert quoted("a walk", outside={"visits": {"walk"}}) == HIDDEN


def test_the_words_that_somebody_sent_are_quoted_but_those_of_their_own_private_records():
    sent = {"visits": [{"id": "x", "name": "heron lane 7"}, {"name": "my secret", "private": True}]}
    assert quoted("heron lane 7", sent=sent) == "heron lane 7"
    assert quoted("my secret", sent=sent) == HIDDEN
