"""A renaming that remembers says the same as the plain one, however often it is asked."""

import gc
import weakref

import pytest
from pydantic import BaseModel

from instances.generate import generate
from scheduler.due import expand
from scheduler.report import rename
from scheduler.report.fields import MEANING, NAME, PUBLIC, WORDS
from scheduler.report.neutral import Neutral, _nameless
from scheduler.report.rename import Renamer, renamed, said


def plain(words):
    def replaced(text):
        for old, new in words:
            text = text.replace(old, new)
        return text

    return replaced


@pytest.fixture(scope="module")
def week():
    return expand(generate("shizishan/community"))


@pytest.mark.parametrize("most", [16_000, 3])
def test_it_renames_as_the_plain_one_does(week, most, monkeypatch):
    monkeypatch.setattr(rename, "_MOST_REMEMBERED", most)
    ids = Neutral(week).ids
    words = ((week.places[0].name, "A"), (week.people[0].name, "B"), (week.visits[0].kind, "C"))
    renamer = Renamer(ids, words)
    wanted = renamed(week, ids, plain(words))
    assert wanted != week
    for _ in range(2):
        assert renamer.whole(week) == wanted


def every_word(value, meaning=""):
    """(Meaning, word) wherever one stands, in all fields."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            told = MEANING.get(f"{type(value).__name__}.{name}", "")
            yield from every_word(getattr(value, name), told)
    elif isinstance(value, tuple):
        yield from (pair for item in value for pair in every_word(item, meaning))
    elif isinstance(value, dict):
        yield from (pair for item in value.items() for pair in every_word(item, meaning))
    elif isinstance(value, str) and meaning not in ("", PUBLIC):
        yield meaning, value


@pytest.mark.parametrize(
    "meanings", [("household",), ("kind", "skill"), (NAME, WORDS), ("place", "task", "person")]
)
def test_words_are_told_wherever_they_stand(week, meanings):
    wanted = [pair for pair in every_word(week) if pair[0] in meanings]
    assert list(said(week, meanings)) == wanted
    assert {meaning for meaning, _ in wanted} == set(meanings)


def test_a_record_is_renamed_once_and_another_one_anew(week):
    renamer = Renamer({"task": {week.visits[0].id: "private/1"}}, ())
    first = renamer.record(week.visits[0])
    assert first.id == "private/1"
    assert renamer.record(week.visits[0]) is first
    named = week.visits[0].model_copy(update={"name": "别的"})
    assert (renamer.record(named).id, renamer.record(named).name) == ("private/1", "别的")
    assert renamer.record(week.visits[1]) is week.visits[1]


def renumbered(names, shift):
    """The ids with each name for the id `shift` places before it: the first ones are not renamed any more."""
    return dict(zip(list(names)[shift:], names.values(), strict=False))


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((), ("甲", "乙")),
        (("task",), ("甲", "乙")),
        (("household", "place"), ("甲", "丙")),
        (("household", "task", "duty", "case"), ("甲", None)),
    ],
)
def test_what_another_renaming_made_is_taken_on_only_where_both_say_the_same(week, kinds, words):
    ids = Neutral(week).ids
    later = {kind: renumbered(ids[kind], 1) if kind in kinds else ids[kind] for kind in ids}
    assert all(len(ids[kind]) > 1 and later[kind] != ids[kind] for kind in kinds)
    hidden, home = week.visits[0].name, week.households[0].name
    other = tuple((old, new) for old, new in zip((hidden, home), words, strict=True) if new)
    # Both ways: what is hidden no more, and what is hidden now.
    for before, after in (
        ((ids, ((hidden, "甲"), (home, "乙"))), (later, other)),
        ((later, ((hidden, "甲"), (home, "乙"))), (ids, other)),
    ):
        first = Renamer(*before)
        first.whole(week)
        assert Renamer(*after, like=first).whole(week) == Renamer(*after).whole(week)


def test_what_another_renaming_made_is_the_same_record(week):
    first, second = (visit.id for visit in week.visits[:2])
    ids = {"task": {first: "private/1", second: "private/2"}}
    before = Renamer(ids, ())
    made = [before.record(visit) for visit in week.visits]
    later = Renamer({"task": {first: "private/1", second: "private/3"}}, (), like=before)
    again = [later.record(visit) for visit in week.visits]
    assert [new.id for new in again[:2]] == ["private/1", "private/3"]
    assert [new is old for new, old in zip(again, made, strict=True)].count(False) == 1
    earlier = weakref.ref(before)
    del before
    gc.collect()
    assert earlier() is None  # of the renamings before, what they made is kept alone


def test_a_renaming_of_further_words_takes_nothing_on(week):
    before = Renamer({}, ())
    before.whole(week)
    words = ((week.visits[0].name, "甲"),)
    later = Renamer({}, words, like=before)
    assert later.whole(week) == Renamer({}, words).whole(week) != week


@pytest.mark.parametrize(
    "words",
    [
        (("阳光小区", "甲"), ("王家院", "乙"), ("红旗路", "丙")),
        (("阳光小区", "甲"), ("王家", "乙")),
    ],
)
@pytest.mark.parametrize(
    "text", ["", "王", "王家", "去王家院", "王家院和阳光小区", "红旗", "到红旗路"]
)
def test_words_are_found_wherever_they_stand(words, text):
    assert Renamer({}, words).words(text) == plain(words)(text)


def test_without_words_texts_stay(week):
    assert Renamer({}, ()).words("王家院") == "王家院"
    assert Renamer({}, ()).whole(week) is week


def test_a_week_is_made_of_the_last_one_as_if_it_were_made_anew(week):
    ids = Neutral(week).ids
    words = ((week.places[0].name, "A"), (week.visits[0].kind, "C"))
    renamer = Renamer(ids, words)
    person = week.people[0].model_copy(update={"name": f"{week.places[0].name}人"})
    home = week.places[-1].model_copy(update={"name": "别处", "area": week.places[0].area})
    changes = [
        {"people": (person, *week.people[1:])},
        {"visits": week.visits[1:], "gaps": (), "pins": ()},
        {"places": (*week.places[:-1], home)},
        {"areas": tuple(one.model_copy(update={"name": f"{one.name}!"}) for one in week.areas)},
        {"title": week.places[0].name},
    ]
    made = renamer.week(week, _nameless)
    for change in [*changes, {}, *changes]:
        now = week.changed(**change)
        wanted = Renamer(ids, words).week(now, _nameless)
        assert renamer.week(now, _nameless) == wanted
        assert wanted.model_fields_set == renamer.week(now, _nameless).model_fields_set
    assert renamer.week(week, _nameless) == made == Renamer(ids, words).week(week, _nameless)


def test_what_is_derived_of_a_week_holds_for_the_next_where_they_are_the_same(week):
    renamer = Renamer(Neutral(week).ids, ())
    made = renamer.week(week, _nameless)
    places = made.derived(_names, frozenset({"places"}))
    later = renamer.week(week.changed(people=week.people[1:]), _nameless)
    assert later.derived(_names, frozenset({"places"})) is places
    assert renamer.week(week, _nameless) is made


def _names(week):
    return [one.name for one in week.places]
