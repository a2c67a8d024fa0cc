"""Followers of jobs in one process: what they are told, when, and what a new one finds."""

import asyncio
from contextlib import aclosing

import pytest

from scheduler.model import Instance
from service.access.caller import LOCAL
from service.examples import TINY
from service.jobs import following
from service.jobs.following import Following
from service.jobs.port import Jobs
from service.store import instances, jobs
from service.store.tables import JobRow
from service.store.trouble import Backoff
from tests.service.conftest import run_aside
from tests.service.queued import add_job

PATIENCE = 60
"""Seconds that something may take on a busy machine which otherwise never happens."""


class QuietBell:
    """A bell that rings when a test rings it."""

    def __init__(self, store, name, heard):
        self.ring = heard

    def start(self):
        pass


@pytest.fixture
def store(store):
    with store.session() as session:
        instances.add(session, "week", Instance.model_validate(TINY), TINY, None)
    add_job(store)
    change(store, state="running")
    return store


@pytest.fixture
def followed(store, monkeypatch):
    monkeypatch.setattr(following, "Bell", QuietBell)
    return Following(store)


def change(store, **values):
    with store.session() as session:
        jobs.change(session, JobRow.id == "job", **values)


async def told(followed, changes):
    """Events that a follower is told; each is answered by the next of the changes, and the bell rings after each."""
    heard = []
    async with asyncio.timeout(PATIENCE):
        async for row in followed.rows("job", None):
            heard.append((row.state, row.progress.get("steps")))
            for change_it in changes.pop(0) if changes else ():
                change_it()
                await asyncio.to_thread(followed._bell.ring, "job")
                await asyncio.sleep(0)
    return heard


def test_what_comes_too_soon_is_passed_over_but_never_another_state(store, followed, monkeypatch):
    monkeypatch.setattr(following, "_LEAST_SECONDS", 3600.0)
    changes = [
        [
            lambda: change(store, progress={"steps": 1}),
            lambda: change(store, progress={"steps": 2}),
            lambda: change(store, state="succeeded"),
        ]
    ]
    assert run_aside(told(followed, changes)) == [("running", None), ("succeeded", 2)]


def test_the_newest_of_what_came_too_soon_is_told_when_it_is_due(store, followed, monkeypatch):
    monkeypatch.setattr(following, "_LEAST_SECONDS", 3600.0)
    due, heard = [], []

    async def scene():
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "call_at", lambda when, *call: due.append((when, call)))
        async for row in followed.rows("job", None):
            heard.append(row.progress.get("steps"))
            if heard[-1] == 2:
                return
            for steps in (0, 1, 2):  # the first is told at once: nothing was before
                change(store, progress={"steps": steps})
                await asyncio.to_thread(followed._bell.ring, "job")
                await asyncio.sleep(0)
            [(when, (call, *about))] = due
            assert when > loop.time() + 3000
            call(*about)

    run_aside(scene())
    assert heard == [None, 2]


def test_who_comes_after_the_others_have_gone_finds_the_job_as_it_is(store, followed):
    async def stand():
        async with aclosing(followed.rows("job", None)) as rows:
            return (await anext(rows)).progress.get("steps")

    async def scene():
        before = await stand()
        change(store, progress={"steps": 7})  # and no bell rings
        return before, await stand()

    assert run_aside(scene()) == (None, 7)


def test_a_job_is_read_again_when_anything_of_it_has_changed(store, followed, settings):
    port = Jobs(store, followed, settings).seen_by(LOCAL)
    assert port.status("job") is port.status("job")
    change(store, labels={"a": "b"})
    assert port.status("job").labels == {"a": "b"}
    change(store, state="queued")
    assert (port.status("job").state, port.status("job").position) == ("queued", 1)
    change(store, state="running", priority=0)
    add_job(store, "other", seconds=1)
    assert port.status("other").position == 1
    add_job(store, "urgent", priority="interactive")
    change(store, state="queued")
    # Another's place has changed, though nothing of its own has.
    assert port.status("other").position == 2


def test_waits_for_the_database_double_up_to_five_seconds():
    backoff = Backoff()
    waits = [backoff.wait_seconds() for _ in range(12)]
    for number, seconds in enumerate(waits):
        due = min(0.1 * 2**number, 5.0)
        assert 0.75 * due <= seconds <= 1.25 * due
    backoff.reset()
    assert backoff.wait_seconds() <= 0.125
