"""Limits of a search, and stops for a part of it."""

from threading import Thread

from scheduler.stop import Stop


def test_a_part_ends_when_the_whole_does() -> None:
    whole = Stop()
    part = whole.within(1e9)
    assert part.reason() is None
    whole.request()
    assert part.reason() == "user"


def test_a_part_ends_before_the_whole() -> None:
    whole = Stop(seconds=1e9)
    assert whole.within(0).reason() == "time"
    assert whole.reason() is None


def test_steps_and_time_end_a_search_and_nothing_else_does() -> None:
    assert Stop().reason(10**9) is None
    assert Stop().seconds_left == float("inf")
    assert Stop(steps=5).reason(5) == "steps"
    assert Stop(seconds=0).reason() == "time"
    assert Stop(seconds=0).seconds_left == 0
    assert Stop(idle_seconds=0).reason() == "no_improvement"


def test_who_watches_looks_whenever_that_thread_asks() -> None:
    looks = []
    whole = Stop()
    whole.watch(lambda: looks.append("look"))
    assert whole.within(5).reason() is None
    assert looks == ["look"]
    other = Thread(target=whole.reason)
    other.start()
    other.join()
    assert looks == ["look"]
