"""Why a slot is empty and what would help; why an assignment is as it is."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter

from scheduler import explain
from scheduler.due import expand
from scheduler.explain.clashes import clashes
from scheduler.explain.words import (
    alternative_in_words,
    attempt_in_words,
    reason_in_words,
    relaxation_in_words,
    remedy_in_words,
    requirement_in_words,
    why_in_words,
)
from scheduler.facts import Facts
from scheduler.messages import say
from scheduler.model import Assignment, InputError, Instance
from scheduler.model.time import clock
from scheduler.rules import rules
from service import inputs
from service.examples import TINY, TINY_ROSTER, example
from service.problems import invalid
from service.routes.common import Parts, Use, body, errors
from service.routes.named import named_roster, named_week
from service.wire import Both, RosterIn, RulePoints
from service.wire.explanations import (
    AlternativeOut,
    AssignmentOut,
    AssignmentRequest,
    AttemptOut,
    ClashOut,
    ClashRequest,
    RemedyOut,
    RequirementOut,
    RuledOut,
    UnassignedList,
    UnassignedOut,
    UnassignedRequest,
)

router = APIRouter(prefix="/explanations", tags=["explanations"])
_EMPTY = {"instance": TINY, "roster": TINY_ROSTER | {"assignments": []}}
_FULL = {"instance": TINY, "roster": TINY_ROSTER, "task": "visit-1"}


@router.post(
    "/unassigned",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, UnassignedRequest.__name__, example("tiny", _EMPTY))),
)
def post_unassigned(upload: inputs.JsonUpload, parts: Use) -> UnassignedList:
    """Why slots are empty, and what would fill them; every remedy was tried out."""
    asked = inputs.read(upload, UnassignedRequest)
    trials = _trials(parts, asked)
    instance = trials.facts.instance
    if asked.task is not None and asked.task not in instance.task_by_id:
        raise invalid([explain.unknown_task(asked.task, "/task")])
    only = None if asked.task is None else {asked.task}
    found = explain.why_empty(instance, trials.facts.roster, only)
    found.sort(key=lambda one: explain.urgency(trials, one))
    return UnassignedList(
        slots=[
            _unassigned(instance, explain.why_unassigned(trials, one.task, one.slot))
            for one in found[: asked.most]
        ]
    )


@router.post(
    "/assignment",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AssignmentRequest.__name__, example("tiny", _FULL))),
)
def post_assignment(upload: inputs.JsonUpload, parts: Use) -> AssignmentOut:
    """Why this person at this time: points by rule, and the best other ways."""
    asked = inputs.read(upload, AssignmentRequest)
    trials = _trials(parts, asked)
    try:
        found = explain.why_so(trials, asked.task, asked.slot, asked.most)
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/task")) from None
    instance = trials.facts.instance
    return AssignmentOut(
        text=Both.named(instance, why_in_words, found),
        score=found.change.score,
        rules=[RulePoints.of(one) for one in found.change.by_rule],
        alternatives=[
            AlternativeOut(
                kind=one.kind,
                text=Both.named(instance, alternative_in_words, one),
                score=one.change.score,
                rules=[RulePoints.of(part) for part in one.change.by_rule],
                assignments=_dumped(instance, one.assignments),
            )
            for one in found.alternatives
        ],
    )


@router.post(
    "/clash",
    responses=errors(404, 413, 415, 422),
    openapi_extra=body((inputs.JSON, ClashRequest.__name__, example("tiny", {"instance": TINY}))),
)
def post_clash(upload: inputs.JsonUpload, parts: Use) -> ClashOut:
    """The smallest set of hard requirements that cannot all hold, and what to relax."""
    asked = inputs.read(upload, ClashRequest)
    instance = expand(named_week(parts, asked)[0])
    found = clashes(instance, asked.seconds)
    return ClashOut(
        status=found.status,
        text=Both.of(say, f"clash.status.{found.status}"),
        requirements=[
            RequirementOut(
                rule=one.rule,
                key=one.key,
                text=Both.named(instance, requirement_in_words, one),
                relax=Both.named(instance, relaxation_in_words, one),
            )
            for one in found.requirements
        ],
    )


def _trials(parts: Parts, asked: RosterIn) -> explain.Trials:
    week = named_roster(parts, asked)
    return explain.prepared(Facts(week.instance, week.roster))


def _unassigned(instance: Instance, one: explain.Unassigned) -> UnassignedOut:
    return UnassignedOut(
        task=one.empty.task,
        slot=one.empty.slot,
        reason=one.empty.reason,
        text=Both.of(reason_in_words, one.empty),
        ruled_out=[
            RuledOut(rule=rule, name=Both.of(rules()[rule].name.fill), people=list(people))
            for rule, people in one.ruled_out.items()
        ],
        attempts=[
            AttemptOut(
                text=Both.named(instance, attempt_in_words, tried),
                assignments=_dumped(instance, tried.assignments),
                breaks=[finding.rule.rule.id for finding in tried.breaks],
            )
            for tried in one.attempts
        ],
        remedies=[
            RemedyOut(
                kind=remedy.kind,
                text=Both.named(instance, remedy_in_words, remedy),
                score=remedy.change.score,
                added=_dumped(instance, remedy.added),
                removed=_dumped(instance, remedy.removed),
                replaced=_dumped(instance, remedy.replaced),
                disturbed=sorted(remedy.disturbed),
            )
            for remedy in one.remedies
        ],
        impossible=one.impossible,
    )


def _dumped(instance: Instance, assignments: Iterable[Assignment]) -> list[dict[str, Any]]:
    horizon = instance.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        return [one.model_dump(mode="json") for one in assignments]
