"""What is undone, the most urgent first, each with its reason; and for one slot what would help."""

from functools import partial
from typing import Any

from scheduler import explain
from scheduler.explain.remedies import Remedy
from scheduler.explain.undone import UndoneSlot, undone_reason, undone_slots
from scheduler.explain.undone_words import undone_in_words
from scheduler.explain.words import remedy_in_words
from scheduler.facts.visits import places
from scheduler.messages.names import Names, is_elsewhere
from scheduler.model import InputError, Instance
from scheduler.model.changes import Change, Changes
from scheduler.weeks.adopt_remedy import WITHIN_RULES, placing, remedy_changes
from service import inputs
from service.answers.recent import Recent
from service.problems import invalid
from service.routes.common import errors
from service.routes.explanations import explained_slot
from service.routes.parameters import Limit, Offset
from service.routes.rooms import Room
from service.routes.weeks.asking import (
    Asked,
    AskedTask,
    SlotQuery,
    local_moment,
    place_name,
)
from service.weeks.asked import AskedWeek
from service.wire.weeks.answers import AppliedRemedy, UndoneDetails, UndoneList, UndoneOut

router = Room(prefix="/weeks/{week}", tags=["weeks"])

_listed: Recent[UndoneOut] = Recent(4000)
_detailed: Recent[UndoneDetails] = Recent(200)


@router.get("/undone", responses=errors(404, 422))
def get_undone(
    asked: Asked,
    limit: Limit = 50,
    offset: Offset = 0,
) -> UndoneList:
    """Empty slots that are missed, the most urgent first, each with its reason; at once, as few ways are tried.

    Of the areas of the account alone.
    """
    found = [one for one in undone_slots(asked.trials) if not is_elsewhere(one.task)]
    return UndoneList(
        week=asked.id,
        revision=asked.revision,
        total=len(found),
        slots=[
            _listed.get((*asked.key, one.task, one.slot), partial(_undone, asked, one))
            for one in found[offset : offset + limit]
        ],
    )


@router.get("/undone/{task:path}", responses=errors(404, 422))
def get_remedies(
    asked: Asked,
    task: AskedTask,
    slot: SlotQuery = None,
) -> UndoneDetails:
    """Why a slot is empty (without one: the first that is), and what would fill it; each remedy was tried out.

    A remedy comes as changes, to be previewed and done as a command of the week.
    """
    if slot is None:
        slot = next((n for other, n in explain.empty_slots(asked.trials) if other == task), 0)
    try:
        told = _detailed.get((*asked.key, task, slot), lambda: _details(asked, task, slot))
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/query/slot")) from None
    return told.model_copy(update={"revision": asked.revision})


def _details(asked: AskedWeek, task: str, slot: int) -> UndoneDetails:
    found = explain.why_unassigned(asked.trials, task, slot)
    return UndoneDetails(
        week=asked.id,
        revision=asked.revision,
        verdict=undone_reason(asked.trials, task, slot).verdict,
        slot=explained_slot(asked.mask, found),
        remedies=[_applied(asked, remedy) for remedy in found.remedies],
    )


def _undone(asked: AskedWeek, slot: UndoneSlot) -> UndoneOut:
    week: Instance = asked.facts.instance
    reason = undone_reason(asked.trials, slot.task, slot.slot)
    where = places(week.task_by_id[slot.task])[0]
    way = reason.best if reason.verdict in ("can", "not_worth") else None
    return UndoneOut(
        task=slot.task,
        slot=slot.slot,
        name=asked.mask.said(Names.task, slot.task),
        place=place_name(asked, slot.task, where),
        priority=slot.priority,
        deadline=None if slot.deadline is None else local_moment(asked, slot.deadline),
        until=None if slot.deadline is None else asked.mask.said(Names.moment, slot.deadline),
        done_in_part=slot.done_in_part,
        verdict=reason.verdict,
        text=asked.mask.said(undone_in_words, reason),
        able=reason.able,
        changes=None if way is None else _dumped(asked, placing(week, way.assignments)),
    )


def _applied(asked: AskedWeek, remedy: Remedy) -> AppliedRemedy:
    text = asked.mask.said(remedy_in_words, remedy)
    changes = remedy_changes(asked.facts.instance, remedy, text.zh)
    return AppliedRemedy(
        text=text,
        changes=_dumped(asked, changes) if changes else None,
        needs_reason=bool(changes) and remedy.kind not in WITHIN_RULES,
    )


def _dumped(asked: AskedWeek, changes: tuple[Change, ...]) -> dict[str, Any]:
    whole = Changes(horizon=asked.facts.horizon, changes=changes)
    return whole.model_dump(mode="json", exclude_none=True)
