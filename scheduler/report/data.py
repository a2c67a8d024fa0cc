"""The view: the values that the templates show, made from an instance and a roster."""

from dataclasses import dataclass
from typing import Any

from scheduler.checker import check
from scheduler.checker.figures import figures
from scheduler.drawings import drawn_words
from scheduler.drawings.board import Board
from scheduler.drawings.geometry import Map, draw_map
from scheduler.drawings.kinds import Kind, kinds
from scheduler.drawings.reader import Reader
from scheduler.drawings.words import bilingual, span, text
from scheduler.facts import Facts
from scheduler.messages.proofs import proof_in_words
from scheduler.model import Instance, Outcome, Roster, Score
from scheduler.report.changes import Announcements, Before, announcements
from scheduler.report.loads import Group, loads
from scheduler.report.notices import notices
from scheduler.report.prices import Price, prices
from scheduler.report.summary import Card, Verdict, cards, verdict
from scheduler.report.tables import Day, Grid, Venues, grids, venues, visits_by_day
from scheduler.report.undone import UndoneWork, undone
from scheduler.rules import Text

_SMALL = 60
"""People up to which the full roster stands open on the page."""


@dataclass(frozen=True)
class View:
    """What the templates read. `client` is the JSON that the page's script reads."""

    title: str
    span: Text
    sections: list[str]
    verdict: Verdict
    cards: list[Card]
    kinds: list[Kind]
    map: Map | None
    changes: Announcements | None
    undone: UndoneWork
    notices: list[Text]
    venues: list[Venues]
    visits: list[Day]
    loads: list[Group]
    rules: list[Price]
    grids: list[Grid]
    small: bool
    hides: bool
    has_private: bool
    found: Text | None
    client: dict[str, Any]


def view(
    instance: Instance, roster: Roster, private: bool = False, before: Before | None = None
) -> View:
    """Check the roster and collect what the page shows of it. Raises NotARosterError.

    before: the published roster; the page then lists what each person must be told.
    """
    report = check(instance, roster)
    facts, reader = Facts(instance, roster), Reader(instance, private)
    counted = figures(instance, roster)
    all_kinds, kind_of = kinds(facts, reader)
    ground = draw_map(reader)
    board = Board(facts, reader, all_kinds, kind_of)
    shifts = venues(facts, reader, kind_of)
    notes = notices(reader)
    announced = None if before is None else announcements(reader, roster, before)
    parts = {
        "changes": announced,
        "board": True,
        "map": ground,
        "undone": True,
        "notices": notes,
        "venues": shifts,
        "visits": True,
        "load": True,
        "rules": True,
        "grid": True,
    }
    return View(
        title=instance.title or instance.id,
        span=span(instance.horizon),
        sections=[name for name, shown in parts.items() if shown],
        verdict=verdict(facts, report, counted),
        cards=cards(facts, counted),
        kinds=all_kinds,
        map=ground,
        changes=announced,
        undone=undone(facts, reader),
        notices=notes,
        venues=shifts,
        visits=visits_by_day(facts, reader, kind_of),
        loads=loads(facts, counted["roster"]["people"]),
        rules=prices(reader, report),
        grids=grids(facts, reader, kind_of),
        small=len(instance.people) <= _SMALL,
        hides=bool(reader.tasks),
        has_private=any(visit.private for visit in instance.visits)
        or any(case.private for case in instance.cases),
        found=_found(roster.outcome, report.score),
        client=board.data(ground)
        | {"names": ground.names if ground else (), "words": drawn_words()},
    )


def _found(outcome: Outcome | None, score: Score) -> Text | None:
    if outcome is None:
        return None
    search = text(
        "foot.found",
        engine=outcome.engine,
        seconds=outcome.seconds,
        steps=outcome.steps,
        seed=outcome.seed,
    )
    proof = bilingual(lambda lang: proof_in_words(score, outcome.bound, lang))
    return Text(search.zh + proof.zh, f"{search.en} {proof.en}".strip())
