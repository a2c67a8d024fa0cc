"""What processes keep of a week: never older than what another process wrote, and priced as anew."""

import pytest

from scheduler.checker import check
from scheduler.model import Instance, Roster
from service.weeks.priced import Priced
from service.weeks.state import WeekState
from tests.service.conftest import Service
from tests.service.weeks.conftest import ROSTER, WEEK, Desk


@pytest.fixture(scope="module")
def two(make_service):
    """Two services over the same data."""
    first = make_service(worker=False)
    second = Service(first.settings, first.log, worker=False)
    second.start()
    yield first.http, second.http
    second.stop()


def post(http, address, body):
    answer = http.post(address, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_no_process_shows_or_changes_an_older_revision_than_another_wrote(two):
    week = f"/weeks/{Desk(two[0]).id}"
    score = None
    for number, person in enumerate(("wang", "zhao", "li", "wang", "zhao", "li")):
        writer, reader = two[number % 2], two[1 - number % 2]
        give = {"kind": "assign", "task": "a", "slot": 0, "person": person}
        done = post(writer, f"{week}/commands", {"changes": [give]})
        assert done["revision"] == 2 + number
        assert score in (None, done["effect"]["before"])
        score = done["effect"]["after"]
        other = give | {"person": {"wang": "zhao", "zhao": "li", "li": "wang"}[person]}
        tried = post(reader, f"{week}/commands", {"changes": [other], "dry_run": True})
        assert (tried["revision"], tried["effect"]["before"]) == (done["revision"], score)
        for http in (reader, writer):
            parts = http.get(f"{week}/state").json()["roster"]["assignments"]
            assert {part["task"]: part["person"] for part in parts}["a"] == person


def test_no_process_shows_an_older_table_than_another_wrote(two):
    week = f"/weeks/{Desk(two[0]).id}"
    for number, gender in enumerate(("女", "男", "女", "男")):
        writer, reader = two[number % 2], two[1 - number % 2]
        row = {"id": "li", "cells": {"gender": gender}}
        done = post(writer, f"{week}/tables/people", {"rows": [row]})
        assert [one["cells"]["gender"] for one in done["rows"]] == [gender]
        for http in (reader, writer):
            rows = http.get(f"{week}/tables/people").json()["rows"]
            assert next(one for one in rows if one["id"] == "li")["cells"]["gender"] == gender


def said(findings):
    return sorted((one.rule.rule.id, one.key, repr(one.violation), one.score) for one in findings)


def test_a_price_that_is_carried_on_is_the_checkers_with_every_finding():
    state = WeekState.of(Instance.model_validate(WEEK), Roster.model_validate(ROSTER))
    first = state.roster.assignments
    known, there = Priced.of(state), first
    for removed, added in (([first[2]], []), ([first[0]], []), ([], [first[2], first[0]])):
        known = known.after(removed, added, known.pricing.change(removed, added))
        there = (*(one for one in there if one not in removed), *added)
        report = check(state.instance, state.roster.with_assignments(there))
        assert known.report.score == report.score
        assert said(known.report.findings) == said(report.findings)
