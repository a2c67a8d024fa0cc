"""Where new work fits into a roster, and what a person who came free could do."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter

from scheduler.explain import Suggestion, Trials, prepared
from scheduler.explain.suggest import suggest
from scheduler.explain.words import suggestion_in_words
from scheduler.facts import Facts
from scheduler.formats.parse import RecordT, parse_record
from scheduler.model import Case, InputError, Visit
from scheduler.model.time import clock
from service import inputs
from service.examples import TINY, TINY_ROSTER, example
from service.problems import ServiceError, invalid
from service.routes.common import Parts, Use, body, errors
from service.routes.named import find
from service.wire import Both, RulePoints
from service.wire.suggestions import ExtraTravel, SuggestionOut, SuggestionRequest, Suggestions

router = APIRouter(tags=["operations"])
MOST_KEPT = 4
"""Rosters kept ready in a process."""
_NEW = TINY["visits"][0] | {"id": "visit-2", "name": "代办买药"}


class _Ready:
    """The rosters that were asked about last, made ready for questions."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Trials] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str], make: Callable[[], Trials]) -> Trials:
        """The roster of a key, made where it is not kept."""
        with self._lock:
            found = self._kept.pop(key, None) or make()
            self._kept[key] = found
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return found


_ready = _Ready()


@router.post(
    "/suggestions",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (
            inputs.JSON,
            SuggestionRequest.__name__,
            example("tiny", {"instance": TINY, "roster": TINY_ROSTER, "visit": _NEW}),
        )
    ),
)
def post_suggestions(upload: inputs.JsonUpload, parts: Use) -> Suggestions:
    """The best places for new work in a roster, or the best work for a person; nothing else moves."""
    asked = inputs.read(upload, SuggestionRequest)
    if sum(one is not None for one in (asked.visit, asked.case, asked.task, asked.person)) != 1:
        raise ServiceError("one_question")
    found = _answer(_trials(parts, asked), asked)
    return Suggestions(suggestions=[_told(one) for one in found])


def _trials(parts: Parts, asked: SuggestionRequest) -> Trials:
    named = find(parts, asked)

    def make() -> Trials:
        week = named.read()
        return prepared(Facts(week.instance, week.roster))

    return make() if named.key is None else _ready.get(named.key, make)


def _answer(trials: Trials, asked: SuggestionRequest) -> list[Suggestion]:
    at = next(
        name for name in ("visit", "case", "task", "person") if getattr(asked, name) is not None
    )
    try:
        return suggest(
            trials,
            visit=None if asked.visit is None else _record(asked.visit, Visit, trials),
            case=None if asked.case is None else _record(asked.case, Case, trials),
            task=asked.task,
            person=asked.person,
            most=asked.k,
        )
    except InputError as error:
        raise invalid(inputs.placed(error.problems, f"/{at}")) from None


def _record(data: dict[str, Any], model: type[RecordT], trials: Trials) -> RecordT:
    record, found = parse_record(data, model, trials.facts.horizon)
    if record is None:
        raise InputError(found)
    return record


def _told(one: Suggestion) -> SuggestionOut:
    horizon = one.instance.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        assignments = [part.model_dump(mode="json") for part in one.assignments]
    return SuggestionOut(
        text=Both.named(one.instance, suggestion_in_words, one),
        score=one.change.score,
        rules=[RulePoints.of(part) for part in one.change.by_rule],
        assignments=assignments,
        travel=[
            ExtraTravel(person=person, ticks=ticks)
            for placement in one.placements
            for person, ticks in placement.extra.items()
        ],
    )
