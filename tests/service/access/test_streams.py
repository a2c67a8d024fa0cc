"""A stream of events ends where its caller's rights do."""

from dataclasses import replace

import anyio
import pytest

from service.access import gate
from service.access.caller import LOCAL, Caller
from service.access.gate import _Sending
from service.access.roles import AccountRole
from tests.service.conftest import run_aside

VIEWER = Caller("1", "viewer", AccountRole.VIEWER)


@pytest.mark.parametrize("then", [None, replace(VIEWER, areas=frozenset({"east"}))])
def test_a_stream_ends_when_its_caller_may_not_follow_it_any_more(then):
    sent, looked = [], []
    others = iter([VIEWER, then])

    async def send(message):
        sent.append(message)

    async def look_up():
        looked.append(len(sent))
        return next(others)

    async def trial():
        answer = _Sending(send, VIEWER, look_up)
        kind = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await answer.send({"type": "http.response.start", "headers": kind})
        for part in (b"1", b"2", b"3", b"4"):
            if part in b"23":
                answer._again = 0.0  # the time has come
            await answer.send({"type": "http.response.body", "body": part, "more_body": True})

    run_aside(trial())
    assert [message.get("body") for message in sent] == [None, b"1", b"2", b""]
    assert [message.get("more_body") for message in sent[1:]] == [True, True, False]
    assert looked == [2, 3]
    assert gate.LOOK_AGAIN_SECONDS + gate.SHARED_SECONDS == 10


def test_the_streams_of_one_caller_are_looked_up_together():
    looked = []

    async def look_up(who):
        looked.append(who)
        await anyio.sleep(0.01)
        return VIEWER if who == "viewer" else None

    async def trial():
        shared = gate.SharedLookUps()
        found = {}

        async def follow(number):
            who = "viewer" if number % 2 else "other"
            found[number] = await shared.get(who, lambda: look_up(who))

        async with anyio.create_task_group() as group:
            for number in range(20):
                group.start_soon(follow, number)
        await follow(20)
        assert sorted(looked) == ["other", "viewer"]
        assert found == {number: VIEWER if number % 2 else None for number in range(21)}
        shared._found = {who: (0.0, future) for who, (_, future) in shared._found.items()}
        await follow(21)  # what is known is too old
        assert looked[2:] == ["viewer"]
        assert list(shared._found) == ["viewer"]

    run_aside(trial())


def test_other_answers_are_not_looked_at_again():
    async def look_up():
        raise AssertionError

    async def send(message):
        pass

    async def trial():
        answer = _Sending(send, LOCAL, look_up)
        await answer.send({"type": "http.response.start", "headers": []})
        await answer.send({"type": "http.response.body", "body": b""})

    run_aside(trial())
