"""Lanes, memory and kept answers by themselves, without a service."""

import asyncio

import pytest
from fastapi.routing import iter_route_contexts

from service.answers.lanes import LANES, RequestLane
from service.answers.recent import Recent
from service.app import create_app
from service.middleware.request_limits import RequestLimits
from service.problems import ServiceError
from service.settings import ServiceSettings


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

    asyncio.run(scene())


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

    asyncio.run(scene())


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
