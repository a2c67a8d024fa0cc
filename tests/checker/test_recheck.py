"""What is checked anew and what is kept of the report before are together what the whole check says."""

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any, get_args

import pytest

from scheduler.checker import check
from scheduler.checker.recheck import rechecked
from scheduler.facts import Facts
from scheduler.model import Assignment, Freeze, Gap, Instance, Pin, Published
from scheduler.model.faults import errors
from scheduler.model.tasks import slots
from tests.checker.test_pricing import drawn, every_rule, roster_of
from tests.contract.tiny import TINY
from tests.rules.build import at, instance, person, place, roster, visit

EDITS = 10
TABLES = ("people", "visits", "shifts")
NAMES_OTHERS = {
    *("areas", "start_place", "end_place", "home", "kin", "wishes", "places", "household", "case"),
    *("duty", "preferred", "excluded", "slots", "place"),
}
"""Fields that name other records: their values are those of records of the same week."""


@cache
def values(table: str, field: str) -> list[Any]:
    """What a field may be, from all tiny weeks."""
    return [getattr(one, field) for tiny in TINY.values() for one in getattr(tiny(), table)]


def edited(week: Instance, random: Random) -> Instance:
    """The week with some fields of one record as those of others, without a task or with another, without a fault."""
    kinds = (_edited, _edited, _without_one, _with_one_more, _with_a_gap, _told)
    tried = (random.choice(kinds)(week, random) for _ in range(20))
    return next((now for now in tried if not errors(now)), week)


def _edited(week: Instance, random: Random) -> Instance:
    table = random.choice([name for name in TABLES if getattr(week, name)])
    records = list(getattr(week, table))
    number = random.randrange(len(records))
    model = type(records[number])
    update = {}
    for field in random.sample([name for name in model.model_fields if name != "id"], 3):
        own = [getattr(one, field) for one in records]
        update[field] = random.choice(own if field in NAMES_OTHERS else values(table, field))
    records[number] = records[number].model_copy(update=update)
    return week.changed(**{table: tuple(records)})


def _tables(week: Instance) -> list[str]:
    return [name for name in ("visits", "shifts") if getattr(week, name)]


def _without_one(week: Instance, random: Random) -> Instance:
    table = random.choice(_tables(week))
    if len(week.task_by_id) == 1:
        return week
    gone = random.choice(getattr(week, table)).id
    gaps = tuple(gap for gap in week.gaps if gone not in (gap.first, gap.second))
    left = tuple(one for one in getattr(week, table) if one.id != gone)
    return week.changed(gaps=gaps, **{table: left})


def _with_one_more(week: Instance, random: Random) -> Instance:
    table = random.choice(_tables(week))
    records = list(getattr(week, table))
    more = random.choice(records).model_copy(update={"id": f"more-{len(week.task_by_id)}"})
    records.insert(random.randrange(len(records) + 1), more)
    return week.changed(**{table: tuple(records)})


def _with_a_gap(week: Instance, random: Random) -> Instance:
    if len(week.visits) < 2:
        return week
    first, second = random.sample([visit.id for visit in week.visits], 2)
    gaps = list(week.gaps)
    gap = Gap(first=first, second=second, least_days=random.randrange(3), requires=False)
    gaps.insert(random.randrange(len(gaps) + 1), gap)
    return week.changed(gaps=tuple(gaps))


def _told(week: Instance, random: Random) -> Instance:
    standings = get_args(Published.model_fields["standing"].annotation)
    parts = tuple(
        Published(**part.model_dump(exclude={"end"}), standing=random.choice(standings))
        for part in drawn(week, random, 4)
    )
    freeze = Freeze(time=random.choice([None, 600]), order=random.choice([None, 2000]))
    return week.changed(published=parts, freeze=freeze)


def there(week: Instance, parts: list[Assignment]) -> Iterator[Assignment]:
    """The parts whose slots there are."""
    tasks = week.task_by_id
    return (p for p in parts if p.task in tasks and p.slot < len(slots(tasks[p.task])))


@pytest.mark.parametrize("rule", TINY)
def test_it_says_what_the_whole_check_says(rule: str) -> None:
    random = Random(rule)
    week = every_rule(TINY[rule]())
    done = 0
    for _ in range(EDITS):
        old = drawn(week, random, 6)
        now = edited(edited(week, random), random)
        new = list(there(now, old))
        if random.random() < 0.5:
            new = new[1:] + list(there(now, drawn(now, random, 1)))
            new = list({(part.task, part.slot): part for part in new}.values())
        before, after = roster_of(week, old), roster_of(now, new)
        found = rechecked(check(week, before), Facts(week, before), Facts(now, after))
        if found is not None:
            done += 1
            assert found == check(now, after)
    assert done


def week() -> Instance:
    return instance(person("A"), person("B"), place("P"), place("Q"), visit("v"), visit("w"))


def test_work_that_comes_and_goes_is_seen() -> None:
    old = week()
    given = roster(old, ("v", 0, "A", "P", at(0, "09:00")))
    report, was = check(old, given), Facts(old, given)
    for visits in (old.visits[:1], (visit("u"), *old.visits, visit("x"))):
        now = old.changed(visits=visits)
        found = rechecked(report, was, Facts(now, given))
        assert found == check(now, given)
        assert found != report
    gone = old.changed(visits=old.visits[1:])
    assert rechecked(report, was, Facts(gone, roster(gone))) == check(gone, roster(gone))


def test_gaps_come_and_go_and_the_others_keep_what_was_said_of_them() -> None:
    strict = {"least_days": 1, "requires": False}  # all visits are on one day: each gap is broken
    gaps = tuple(Gap(first=a, second=b, **strict) for a, b in ("uv", "vw", "uw"))
    old = instance(person("A"), place("P"), *map(visit, "uvw")).changed(gaps=gaps)
    rows = [(id, 0, "A", "P", at(0, f"{hour:02}:00")) for hour, id in enumerate("uvw", 9)]
    report, was = check(old, roster(old, *rows)), Facts(old, roster(old, *rows))
    weeks = (
        (old.changed(visits=old.visits[1:], gaps=gaps[1:2]), rows[1:]),  # vw was the second
        (old.changed(gaps=gaps[1:]), rows),
        (old.changed(gaps=(gaps[0].model_copy(update={"least_days": 2}), *gaps[1:])), rows),
        (old.changed(gaps=(*gaps, Gap(first="w", second="u", **strict))), rows),
    )
    for now, left in weeks:
        given = roster(now, *left)
        found = rechecked(report, was, Facts(now, given))
        assert found == check(now, given)
        assert {one.key for one in found.findings if one.rule.rule.id == "gap"} == {
            str(number) for number in range(len(now.gaps))
        }


def test_the_whole_is_checked_where_other_things_differ_or_people_come_and_go() -> None:
    old = week().changed(gaps=(Gap(first="v", second="w"), Gap(first="w", second="v")))
    given = roster(old, ("v", 0, "A", "P", at(0, "09:00")))
    report, was = check(old, given), Facts(old, given)
    assert rechecked(report, was, Facts(old.changed(title="x"), given)) == report
    for change in (
        {"people": old.people[:1]},
        {"people": (*old.people, person("C"))},
        {"visits": old.visits[::-1]},
        {"places": old.places[::-1]},
        {"gaps": old.gaps[::-1]},
        {"pins": (Pin(task="v", person="A"),)},
    ):
        assert rechecked(report, was, Facts(old.changed(**change), given)) is None
    twice = old.changed(gaps=old.gaps[:1] * 2)
    report, was = check(twice, given), Facts(twice, given)
    assert rechecked(report, was, Facts(twice.changed(title="x"), given)) is None


def test_what_is_no_roster_of_the_week_is_left_to_the_checker() -> None:
    old = week()
    part = Assignment(task="v", slot=0, person="A", place="P", start=540, end=600)
    given = roster_of(old, [part])
    report, was = check(old, given), Facts(old, given)
    for wrong in (
        [part, part.model_copy(update={"person": "B"})],
        [part.model_copy(update={"slot": 1})],
        [part.model_copy(update={"end": 540})],
        [part.model_copy(update={"place": "nowhere"})],
    ):
        assert rechecked(report, was, Facts(old, roster_of(old, wrong))) is None
