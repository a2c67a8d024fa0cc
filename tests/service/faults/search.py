"""A search process without a solver, quick to start: ``count`` gets better by a minute each tenth of a second until it is told to end.

``short`` takes a moment, any other title none. It talks as `service.search_child` does.
"""

import json
import os
import sys
import threading
import time

from service.children.forks import WARM, serve_forks

TENTH = 0.1


def body(week: dict, minute: int) -> str:
    """The first visit by the first person, so many minutes from midnight."""
    visit, day = week["visits"][0], week["horizon"]["start"]
    moments = [f"{day}T{each // 60:02}:{each % 60:02}" for each in (minute, minute + 30)]
    done = {
        "task": visit["id"],
        "slot": 0,
        "person": week["people"][0]["id"],
        "place": visit["places"][0],
        "start": moments[0],
        "end": moments[1],
    }
    roster = {
        "horizon": week["horizon"],
        "instance": week["id"],
        "assignments": [done],
        "score": {"soft": 1440 - minute},
    }
    return json.dumps(roster)


def say(kind: str, **content: object) -> None:
    print(json.dumps({"kind": kind, **content}), flush=True)


def search() -> None:
    sys.stdin.readline()  # the order
    week, start = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
    told = threading.Event()

    def listen() -> None:
        for _ in sys.stdin:
            told.set()
        os._exit(0)  # the worker is gone

    threading.Thread(target=listen, daemon=True).start()
    say("ready")
    minute = 540
    if start is not None:
        hours, minutes = start["assignments"][0]["start"].partition("T")[2].split(":")
        minute = 60 * int(hours) + int(minutes)
    if week["title"] == "short":
        time.sleep(3 * TENTH)
    while week["title"] == "count" and not told.wait(TENTH):
        minute = min(minute + 1, 1400)
        score = {"hard": 0, "medium": 0, "soft": 1440 - minute}
        figures = {"phase": "search", "score": score, "unassigned": 0, "moves_per_second": 10.0}
        say("progress", seconds=TENTH, steps=1, bound=None, **figures)
        say("incumbent", body=body(week, minute))
    say("result", unassigned=0, body=body(week, minute))
    os._exit(0)


if __name__ == "__main__":
    if WARM in sys.argv:
        serve_forks(lambda: None, lambda _: search())
    search()
