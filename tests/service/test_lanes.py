"""Lanes, memory and kept answers by themselves, without a service."""

import asyncio
import json

import httpx2
import pytest
from fastapi.routing import iter_route_contexts

from scheduler.model import Instance
from service.answers.answerers import Answerers
from service.answers.lane_table import LANES
from service.answers.lanes import RequestLane
from service.answers.recent import Recent
from service.app import create_app
from service.examples import TINY, TINY_ROSTER
from service.middleware.request_limits import RequestLimits
from service.problems import ServiceError
from service.settings import ServiceSettings
from service.store import instances, jobs
from service.store.tables import JobRow
from tests.service.conftest import run_aside


def test_every_operation_has_a_lane(tmp_path):
    app = create_app(ServiceSettings(data_dir=tmp_path), worker=False)
    names = {context.name for context in iter_route_contexts(app.routes)}
    assert names - set(LANES) == set()


def test_a_lane_lets_some_in_has_some_wait_and_refuses_the_rest():
    async def scene():
        lane, leave, inside = RequestLane(2, 1, 30), asyncio.Event(), []

        async def visit(name):
            async with lane.place():
                inside.append(name)
                await leave.wait()

        first = [asyncio.create_task(visit(name)) for name in "abc"]
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        assert inside == ["a", "b"]
        with pytest.raises(ServiceError) as refused:
            await visit("d")
        assert (refused.value.code, refused.value.slots) == ("busy", {"retry_after": 2})
        leave.set()
        await asyncio.gather(*first)
        assert inside == ["a", "b", "c"]
        await visit("e")
        leave.clear()
        impatient = RequestLane(1, 1, 0.01)
        async with impatient.place():
            with pytest.raises(ServiceError):
                async with impatient.place():
                    pass
        async with impatient.place():
            pass

    run_aside(scene())


def test_late_work_keeps_its_place_until_it_ends(tmp_path):
    async def scene():
        lane, leave, sent = RequestLane(1, 0, 1), asyncio.Event(), []

        async def work(scope, receive, send):
            async with lane.place():
                await leave.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def receive():
            raise AssertionError

        async def send(message):
            sent.append(message)

        limits = RequestLimits(work, ServiceSettings(data_dir=tmp_path, light_seconds=0.05))
        await limits({"type": "http", "headers": []}, receive, send)
        assert [message.get("status") for message in sent] == [503, None]
        with pytest.raises(ServiceError):
            lane.ensure_open()
        leave.set()
        await asyncio.sleep(0.05)
        lane.ensure_open()
        assert len(sent) == 2

    run_aside(scene())


def test_what_is_asked_for_again_is_made_once_within_bounds():
    made = []

    def make(key, size=1):
        made.append(key)
        return b"x" * size

    recent = Recent(2, 10, len)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert recent.get(key, lambda key=key: make(key)) == b"x"
    assert made == ["a", "b", "c", "b"]
    assert len(recent.get("d", lambda: make("d", 10))) == 10
    recent.get("d", lambda: make("d"))
    assert made[-1] == "d"
    assert made.count("d") == 1
    recent.get("e", lambda: make("e", 11))
    recent.get("e", lambda: make("e", 11))
    assert made.count("e") == 2


def test_what_is_kept_is_found_until_there_is_too_much():
    recent = Recent(2, 10, len)
    assert recent.find("a") is None
    recent.keep("a", b"1")
    recent.keep("b", b"22")
    assert recent.find("a") == b"1"
    recent.keep("c", b"333")
    assert [recent.find(key) for key in "abc"] == [b"1", None, b"333"]
    recent.keep("c", b"4" * 9)
    assert [recent.find(key) for key in "ac"] == [b"1", b"4" * 9]
    recent.keep("c", b"5" * 10)
    assert [recent.find(key) for key in "ac"] == [None, b"5" * 10]


def test_who_waits_while_another_is_given_the_same_answer_has_that_one(tmp_path, monkeypatch):
    settings = ServiceSettings(data_dir=tmp_path, export_processes=1)
    app, made = create_app(settings, worker=False), []
    answer = Answerers.answer

    async def counted(answerers, request, body):
        made.append(request.url.path)
        return await answer(answerers, request, body)

    async def scene():
        async with app.router.lifespan_context(app):
            with app.state.parts.store.session() as session:
                keep_example(session)
            transport = httpx2.ASGITransport(app, client=("127.0.0.1", 1))
            async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asks:
                return await asyncio.gather(*(asks.get("/v1/jobs/done/roster") for _ in range(5)))

    monkeypatch.setattr(Answerers, "answer", counted)
    answers = run_aside(scene())
    assert [one.status_code for one in answers] == [200] * 5
    assert len({one.content for one in answers}) == 1
    assert made == ["/v1/jobs/done/roster"]


def keep_example(session):
    """A week and a job that has solved it."""
    instances.add(session, "week", Instance.model_validate(TINY), TINY, None)
    request = {"limits": {"seconds": 1.0}, "seed": 0, "cores": 1, "priority": None}
    jobs.add(
        session, "done", instance_id="week", fingerprint="", request=request, start_roster=None
    )
    jobs.change(session, JobRow.id == "done", state="succeeded", started=1.0)
    jobs.save_roster(session, "done", json.dumps(TINY_ROSTER), final=True)
