"""Why a slot is empty and what would help; why an assignment is as it is."""

from collections.abc import Iterable
from typing import Any

from scheduler import explain
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
from scheduler.messages.names import is_elsewhere
from scheduler.model import Assignment, InputError
from scheduler.rules import rules
from service import inputs
from service.access.mask import CallerView, Viewing, WeekMask
from service.examples import TINY, TINY_ROSTER, example
from service.problems import invalid
from service.routes.common import Parts, Use, body, errors
from service.routes.named import masked_rosters, masked_week
from service.routes.rooms import Room
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

router = Room(prefix="/explanations", tags=["explanations"])
_EMPTY = {"instance": TINY, "roster": TINY_ROSTER | {"assignments": []}}
_FULL = {"instance": TINY, "roster": TINY_ROSTER, "task": "visit-1"}


@router.post(
    "/unassigned",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, UnassignedRequest.__name__, example("tiny", _EMPTY))),
)
def post_unassigned(upload: inputs.JsonUpload, parts: Use, view: Viewing) -> UnassignedList:
    """Why slots are empty, and what would fill them; every remedy was tried out."""
    request = inputs.read(upload, UnassignedRequest)
    mask, trials = _trials(parts, request, view)
    task = None if request.task is None else mask.id(request.task)
    if task is not None and task not in trials.facts.instance.task_by_id:
        raise invalid([explain.unknown_task(task, "/task")])
    slots = [
        slot
        for slot in explain.empty_slots(trials)
        if slot[0] == task or (task is None and not is_elsewhere(slot[0]))
    ]
    slots.sort(key=lambda slot: explain.urgency(trials, *slot))
    return UnassignedList(
        slots=[
            explained_slot(mask, explain.why_unassigned(trials, *slot))
            for slot in slots[: request.most]
        ]
    )


@router.post(
    "/assignment",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AssignmentRequest.__name__, example("tiny", _FULL))),
)
def post_assignment(upload: inputs.JsonUpload, parts: Use, view: Viewing) -> AssignmentOut:
    """Why this person at this time: points by rule, and the best other ways."""
    request = inputs.read(upload, AssignmentRequest)
    mask, trials = _trials(parts, request, view)
    return explained_assignment(mask, trials, request.task, request.slot, request.most)


@router.post(
    "/clash",
    responses=errors(404, 413, 415, 422),
    openapi_extra=body((inputs.JSON, ClashRequest.__name__, example("tiny", {"instance": TINY}))),
)
def post_clash(upload: inputs.JsonUpload, parts: Use, view: Viewing) -> ClashOut:
    """The smallest set of hard requirements that cannot all hold, and what to relax."""
    request = inputs.read(upload, ClashRequest)
    mask, _ = masked_week(parts, request, view)
    clash = clashes(mask.week, request.seconds)
    return ClashOut(
        status=clash.status,
        text=Both.of(say, f"clash.status.{clash.status}"),
        requirements=[
            RequirementOut(
                rule=requirement.rule,
                key=requirement.key,
                text=mask.said(requirement_in_words, requirement),
                relax=mask.said(relaxation_in_words, requirement),
            )
            for requirement in clash.requirements
        ],
    )


def explained_assignment(
    mask: WeekMask, trials: explain.Trials, task: str, slot: int, most: int, at: str = "/task"
) -> AssignmentOut:
    """Why a slot is filled as it is. at: pointer to the task. Raises ServiceError where nobody fills it."""
    try:
        reasons = explain.why_so(trials, mask.id(task), slot, most)
    except InputError as error:
        raise invalid(inputs.placed(error.problems, at)) from None
    return AssignmentOut(
        text=mask.said(why_in_words, reasons),
        score=reasons.change.score,
        rules=[RulePoints.of(cost) for cost in reasons.change.by_rule],
        alternatives=[
            AlternativeOut(
                kind=alternative.kind,
                text=mask.said(alternative_in_words, alternative),
                score=alternative.change.score,
                rules=[RulePoints.of(cost) for cost in alternative.change.by_rule],
                assignments=_dumped(mask, alternative.assignments),
            )
            for alternative in reasons.alternatives
        ],
    )


def _trials(parts: Parts, request: RosterIn, view: CallerView) -> tuple[WeekMask, explain.Trials]:
    (week,) = masked_rosters(parts, view, (request, ""))
    return week.mask, explain.prepared(Facts(week.instance, week.roster))


def explained_slot(mask: WeekMask, unassigned: explain.Unassigned) -> UnassignedOut:
    """All about an empty slot, as it goes out."""
    return UnassignedOut(
        task=unassigned.empty.task,
        slot=unassigned.empty.slot,
        reason=unassigned.empty.reason,
        rules=list(unassigned.empty.rules),
        text=mask.said(reason_in_words, unassigned.empty),
        ruled_out=[
            RuledOut(rule=rule, name=Both.text(rules()[rule].name), people=list(people))
            for rule, people in unassigned.empty.ruled_out.items()
        ],
        attempts=[
            AttemptOut(
                text=mask.said(attempt_in_words, attempt),
                assignments=_dumped(mask, attempt.assignments),
                breaks=[finding.rule.rule.id for finding in attempt.breaks],
            )
            for attempt in unassigned.empty.attempts
        ],
        remedies=[
            RemedyOut(
                kind=remedy.kind,
                text=mask.said(remedy_in_words, remedy),
                applicable=remedy.applicable,
                score=remedy.change.score,
                added=_dumped(mask, remedy.added if remedy.applicable else ()),
                removed=_dumped(mask, remedy.removed),
                replaced=_dumped(mask, remedy.replaced),
                disturbed=sorted(remedy.disturbed),
            )
            for remedy in unassigned.remedies
        ],
        outweighed=_swap(mask, unassigned.outweighed),
        impossible=unassigned.impossible,
    )


def _swap(mask: WeekMask, swap: explain.Swap | None) -> SwapOut | None:
    if swap is None:
        return None
    return SwapOut(
        text=mask.said(swap_in_words, swap),
        score=swap.change.score,
        rules=[RulePoints.of(cost) for cost in swap.change.by_rule],
        added=_dumped(mask, swap.added),
        removed=_dumped(mask, swap.removed),
    )


def _dumped(mask: WeekMask, assignments: Iterable[Assignment]) -> list[dict[str, Any]]:
    return [mask.assignment(assignment) for assignment in assignments]
