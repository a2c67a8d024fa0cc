"""Where new work fits into a roster, and what a person who came free could do."""

from typing import Any

from scheduler.explain import Suggestion, Trials, prepared
from scheduler.explain.suggest import suggest
from scheduler.explain.words import suggestion_in_words
from scheduler.facts import Facts
from scheduler.formats.parse import RecordT, parse_record
from scheduler.model import Case, InputError, Visit
from scheduler.model.changes import Changes
from scheduler.weeks.accept import accepting
from service import inputs
from service.access.mask import CallerView, Viewing, WeekMask
from service.answers.recent import Recent
from service.examples import TINY, TINY_ROSTER, example
from service.problems import ServiceError, invalid
from service.routes.common import Parts, Use, body, errors
from service.routes.named import roster_source, view_key
from service.routes.rooms import Room
from service.wire import RulePoints
from service.wire.suggestions import ExtraTravel, SuggestionOut, SuggestionRequest, Suggestions

router = Room(tags=["operations"])
MOST_PREPARED = 4
"""Rosters that a process keeps prepared."""
_NEW = TINY["visits"][0] | {"id": "visit-2", "name": "代办买药"}


_prepared_rosters: Recent[tuple[WeekMask, Trials]] = Recent(MOST_PREPARED)


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
def post_suggestions(upload: inputs.JsonUpload, parts: Use, view: Viewing) -> Suggestions:
    """The best places for new work in a roster, or the best work for a person; nothing else moves."""
    request = inputs.read(upload, SuggestionRequest)
    if (
        sum(
            question is not None
            for question in (request.visit, request.case, request.task, request.person)
        )
        != 1
    ):
        raise ServiceError("one_question")
    mask, trials = _trials(parts, request, view)
    suggestions = _answer(mask, trials, request)
    return Suggestions(suggestions=[_in_words(mask, trials, one) for one in suggestions])


def _trials(parts: Parts, request: SuggestionRequest, view: CallerView) -> tuple[WeekMask, Trials]:
    source = roster_source(parts, request)

    def make() -> tuple[WeekMask, Trials]:
        week = source.read()
        mask = view.mask(week.instance, roster=week.kept)
        return mask, prepared(Facts(mask.week, mask.read(week.roster)))

    key = view_key(source, view)
    mask, trials = make() if key is None else _prepared_rosters.get(key, make)
    week = request.instance_id
    if request.job_id is not None:
        week = parts.jobs.status(request.job_id).instance_id
    view.audited(parts.store, mask.true, instance=week, job=request.job_id)
    return mask, trials


def _answer(mask: WeekMask, trials: Trials, request: SuggestionRequest) -> list[Suggestion]:
    at = next(
        name for name in ("visit", "case", "task", "person") if getattr(request, name) is not None
    )
    try:
        return suggest(
            trials,
            visit=None
            if request.visit is None
            else mask.read(_record(mask.true_ids(request.visit), Visit, trials)),
            case=None
            if request.case is None
            else mask.read(_record(mask.true_ids(request.case), Case, trials)),
            task=request.task and mask.id(request.task),
            person=request.person and mask.id(request.person),
            most=request.k,
        )
    except InputError as error:
        raise invalid(inputs.placed(error.problems, f"/{at}")) from None


def _record(data: dict[str, Any], model: type[RecordT], trials: Trials) -> RecordT:
    record, problems = parse_record(data, model, trials.facts.horizon)
    if record is None:
        raise InputError(problems)
    return record


def _in_words(mask: WeekMask, trials: Trials, suggestion: Suggestion) -> SuggestionOut:
    horizon = suggestion.instance.horizon
    changes = accepting(trials.facts.instance, suggestion)
    return SuggestionOut(
        text=mask.said(suggestion_in_words, suggestion, week=suggestion.instance),
        score=suggestion.change.score,
        rules=[RulePoints.of(cost) for cost in suggestion.change.by_rule],
        assignments=[mask.assignment(part) for part in suggestion.assignments],
        changes=Changes(horizon=horizon, changes=changes).model_dump(
            mode="json", exclude_none=True
        ),
        travel=[
            ExtraTravel(person=person, ticks=ticks)
            for placement in suggestion.placements
            for person, ticks in placement.extra.items()
        ],
    )
