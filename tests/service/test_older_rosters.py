"""Who works in rosters of an older version is kept by a duty."""

import json

import pytest
from sqlalchemy import select

from scheduler.model import Instance
from service.examples import TINY, TINY_ROSTER
from service.jobs import duties
from service.settings import ServiceSettings
from service.store import instances, jobs, listing
from service.store.roster_people import RosterPersonRow

REQUEST = {"limits": {"seconds": 1}, "cores": 1}


@pytest.fixture
def store(store):
    with store.session() as session:
        instances.add(session, "w", Instance.model_validate(TINY), TINY, None)
    return store


def _job(session, id, roster, final=True):
    about = {"instance_id": "w", "fingerprint": "", "request": REQUEST, "start_roster": None}
    jobs.add(session, id, **about)
    jobs.save_roster(session, id, json.dumps(roster), final=final)


def test_people_of_rosters_that_ended_before_are_entered(store, monkeypatch):
    monkeypatch.setattr(duties, "_BATCH", 2)
    with store.session() as session:
        for number in range(4):
            _job(session, f"job-{number}", TINY_ROSTER)
        _job(session, "empty", TINY_ROSTER | {"assignments": []})
        _job(session, "running", TINY_ROSTER, final=False)
    assert duties.enter_people(store, ServiceSettings()) == 4
    assert duties.enter_people(store, ServiceSettings()) == 0
    with store.session() as session:
        person = TINY_ROSTER["assignments"][0]["person"]
        found = session.scalars(listing.of_person(person)).all()
        assert {row.id for row in found} == {f"job-{number}" for number in range(4)}
        kept = session.scalars(select(RosterPersonRow.job_id)).all()
        assert "running" not in kept
    assert duties.enter_people in {duty.work for duty in duties.DUTIES}
