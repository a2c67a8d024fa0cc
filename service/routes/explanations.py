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
    swap_in_words,
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
    SwapOut,
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
    request = inputs.read(upload, UnassignedRequest)
    trials = _trials(parts, request)
    instance = trials.facts.instance
    if request.task is not None and request.task not in instance.task_by_id:
        raise invalid([explain.unknown_task(request.task, "/task")])
    slots = [slot for slot in explain.empty_slots(trials) if request.task in (None, slot[0])]
    slots.sort(key=lambda slot: explain.urgency(trials, *slot))
    return UnassignedList(
        slots=[
            _unassigned(instance, explain.why_unassigned(trials, *slot))
            for slot in slots[: request.most]
        ]
    )


@router.post(
    "/assignment",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AssignmentRequest.__name__, example("tiny", _FULL))),
)
def post_assignment(upload: inputs.JsonUpload, parts: Use) -> AssignmentOut:
    """Why this person at this time: points by rule, and the best other ways."""
    request = inputs.read(upload, AssignmentRequest)
    trials = _trials(parts, request)
    try:
        reasons = explain.why_so(trials, request.task, request.slot, request.most)
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/task")) from None
    instance = trials.facts.instance
    return AssignmentOut(
        text=Both.named(instance, why_in_words, reasons),
        score=reasons.change.score,
        rules=[RulePoints.of(cost) for cost in reasons.change.by_rule],
        alternatives=[
            AlternativeOut(
                kind=alternative.kind,
                text=Both.named(instance, alternative_in_words, alternative),
                score=alternative.change.score,
                rules=[RulePoints.of(cost) for cost in alternative.change.by_rule],
                assignments=_dumped(instance, alternative.assignments),
            )
            for alternative in reasons.alternatives
        ],
    )


@router.post(
    "/clash",
    responses=errors(404, 413, 415, 422),
    openapi_extra=body((inputs.JSON, ClashRequest.__name__, example("tiny", {"instance": TINY}))),
)
def post_clash(upload: inputs.JsonUpload, parts: Use) -> ClashOut:
    """The smallest set of hard requirements that cannot all hold, and what to relax."""
    request = inputs.read(upload, ClashRequest)
    instance = expand(named_week(parts, request)[0])
    clash = clashes(instance, request.seconds)
    return ClashOut(
        status=clash.status,
        text=Both.of(say, f"clash.status.{clash.status}"),
        requirements=[
            RequirementOut(
                rule=requirement.rule,
                key=requirement.key,
                text=Both.named(instance, requirement_in_words, requirement),
                relax=Both.named(instance, relaxation_in_words, requirement),
            )
            for requirement in clash.requirements
        ],
    )


def _trials(parts: Parts, request: RosterIn) -> explain.Trials:
    week = named_roster(parts, request)
    return explain.prepared(Facts(week.instance, week.roster))


def _unassigned(instance: Instance, unassigned: explain.Unassigned) -> UnassignedOut:
    return UnassignedOut(
        task=unassigned.empty.task,
        slot=unassigned.empty.slot,
        reason=unassigned.empty.reason,
        rules=list(unassigned.empty.rules),
        text=Both.named(instance, reason_in_words, unassigned.empty),
        ruled_out=[
            RuledOut(rule=rule, name=Both.of(rules()[rule].name.fill), people=list(people))
            for rule, people in unassigned.empty.ruled_out.items()
        ],
        attempts=[
            AttemptOut(
                text=Both.named(instance, attempt_in_words, attempt),
                assignments=_dumped(instance, attempt.assignments),
                breaks=[finding.rule.rule.id for finding in attempt.breaks],
            )
            for attempt in unassigned.empty.attempts
        ],
        remedies=[
            RemedyOut(
                kind=remedy.kind,
                text=Both.named(instance, remedy_in_words, remedy),
                applicable=remedy.applicable,
                score=remedy.change.score,
                added=_dumped(instance, remedy.added if remedy.applicable else ()),
                removed=_dumped(instance, remedy.removed),
                replaced=_dumped(instance, remedy.replaced),
                disturbed=sorted(remedy.disturbed),
            )
            for remedy in unassigned.remedies
        ],
        outweighed=_swap(instance, unassigned.outweighed),
        impossible=unassigned.impossible,
    )


def _swap(instance: Instance, swap: explain.Swap | None) -> SwapOut | None:
    if swap is None:
        return None
    return SwapOut(
        text=Both.named(instance, swap_in_words, swap),
        score=swap.change.score,
        rules=[RulePoints.of(cost) for cost in swap.change.by_rule],
        added=_dumped(instance, swap.added),
        removed=_dumped(instance, swap.removed),
    )


def _dumped(instance: Instance, assignments: Iterable[Assignment]) -> list[dict[str, Any]]:
    horizon = instance.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        return [assignment.model_dump(mode="json") for assignment in assignments]
