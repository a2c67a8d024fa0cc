"""Commands that change a week, undo and redo."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from scheduler.model import InputError, Problem
from service import inputs
from service.access.caller import Asking, Caller
from service.access.mask import CallerView, Viewing, WeekMask
from service.examples import example
from service.jobs.port import key_id
from service.problems import ServiceError, invalid
from service.routes.common import IdempotencyKey, Parts, Use, body, errors
from service.routes.rooms import Room
from service.routes.weeks.weeks import WeekId
from service.store import instances, weeks
from service.weeks import attempts, commands, history, undoing
from service.weeks.commands import Command, Commanded, EditedMeanwhileError
from service.weeks.opening import opened
from service.weeks.words import effect_out, mask_of
from service.wire.weeks.commands import (
    CommandOut,
    CommandRequest,
    Conflict,
    RedoRequest,
    UndoRequest,
)

router = Room(prefix="/weeks", tags=["weeks"])
_UNASSIGN = {"changes": [{"kind": "unassign", "task": "visit-1"}]}
_FIELD_OF_KIND = {
    "case": "cases",
    "household": "households",
    "duty": "duties",
    "place": "places",
    "person": "people",
}


@router.post(
    "/{week}/commands",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (inputs.JSON, CommandRequest.__name__, example("unassign", _UNASSIGN)),
    ),
)
def post_command(
    week: WeekId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
) -> CommandOut:
    """Change a week: all of the changes or none. What others changed since the base stays, or it is refused."""
    request = inputs.read(upload, CommandRequest)
    wanted = Command(request.changes, request.base, request.reason, request.dry_run)

    def act(wanted: Command) -> Commanded:
        # Neutral ids are those of the revision that its writer saw.
        seen = opened(parts.store, caller, week, request.base).state
        mask = mask_of(view, seen)
        wanted = replace(wanted, changes=mask.true_ids(request.changes))
        _ensure_shown(mask, wanted)
        view.audited_guess(parts.store, mask, request.changes, week)
        return commands.command(parts.store, caller, week, wanted)

    return _once(parts, caller, view, week, wanted, key, request.model_dump(mode="json"), act)


@router.post(
    "/{week}/undo",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, UndoRequest.__name__, example("last", {}))),
)
def post_undo(
    week: WeekId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
) -> CommandOut:
    """Take back one's own command, and nothing of what others did."""
    request = inputs.read(upload, UndoRequest)
    wanted = Command((), dry_run=request.dry_run, operation="post_undo")
    asked = {"undo": request.model_dump(mode="json")}

    def act(wanted: Command) -> Commanded:
        return undoing.undo(parts.store, caller, week, wanted, request.revision)

    return _once(parts, caller, view, week, wanted, key, asked, act)


@router.post(
    "/{week}/redo",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, RedoRequest.__name__, example("last", {}))),
)
def post_redo(
    week: WeekId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
) -> CommandOut:
    """Do again what one took back last, unless one commanded something since."""
    request = inputs.read(upload, RedoRequest)
    wanted = Command((), dry_run=request.dry_run, operation="post_redo")
    asked = {"redo": request.model_dump(mode="json")}

    def act(wanted: Command) -> Commanded:
        return undoing.redo(parts.store, caller, week, wanted)

    return _once(parts, caller, view, week, wanted, key, asked, act)


def _once(
    parts: Parts,
    caller: Caller,
    view: CallerView,
    week: str,
    wanted: Command,
    key: str | None,
    asked: Any,
    act: Callable[[Command], Commanded],
) -> CommandOut:
    """What `act` makes of a command, or the answer to the same request before."""
    wanted, before = keyed(parts, caller, view, week, wanted, key, asked)
    if before is not None:
        return before
    with quoting_nothing(parts, view, week):
        return _out(parts, view, act(wanted))


def keyed(
    parts: Parts,
    caller: Caller,
    view: CallerView,
    week: str,
    wanted: Command,
    key: str | None,
    request: Any,
) -> tuple[Command, CommandOut | None]:
    """The command with its key, and the answer to the same request before, if there was one."""
    if key is None or wanted.dry_run:
        return wanted, None
    id, print_ = key_id(key, caller.account), instances.digest([week, request])
    with parts.store.session() as session:
        row = weeks.by_key(session, id)
    if row is None:
        return replace(wanted, key=id, fingerprint=print_), None
    if row.fingerprint != print_:
        raise ServiceError("key_reused")
    after = opened(parts.store, caller, week, row.number)
    before = opened(parts.store, caller, week, row.number - 1)
    made = attempts.merged(before.state, after.state)
    return wanted, _out(parts, view, Commanded(before, after, made))


def _out(parts: Parts, view: CallerView, done: Commanded) -> CommandOut:
    view.audited(parts.store, done.week.state.instance, instance=done.week.week.id)
    return CommandOut(
        week=done.week.week.id,
        revision=done.week.number,
        kept=done.week.number != done.before.number,
        effect=effect_out(view, done.attempt),
    )


def _ensure_shown(mask: WeekMask, wanted: Command) -> None:
    """Refuse to edit a record of which something is hidden: it would be lost."""
    hidden = {
        (_FIELD_OF_KIND.get(kind, field), id)
        for kind, ids in mask.neutral.ids.items()
        for field in ("visits", "shifts")
        for id in ids
    }
    for change in wanted.changes:
        if change.get("kind") == "edit" and (change.get("collection"), change.get("id")) in hidden:
            raise ServiceError("private_refused")


@contextmanager
def quoting_nothing(parts: Parts, view: CallerView, week: str) -> Iterator[None]:
    """Faults go out without what is hidden, and who else changed the same with what they did."""
    try:
        yield
    except InputError as error:
        raise invalid(_quoted(parts, view, week, error.problems)) from None
    except EditedMeanwhileError as error:
        now = opened(parts.store, parts.caller, week)
        head, mask = now.state, mask_of(view, now.state)
        theirs = history.told_rows(parts.store, view, now, [row for row, _ in error.theirs])
        mine = sorted(
            {
                history.said(mask, one)
                for _, both in error.theirs
                for one in both
                if history.is_in(one, head.instance)
            }
            - {""}
        )
        error.conflict = Conflict(
            base=error.base,
            theirs=[history.entry(view, head, row) for row in theirs],
            mine=mine,
        ).model_dump(mode="json")
        raise
    except ServiceError as error:
        error.problems = _quoted(parts, view, week, error.problems)
        raise


def _quoted(
    parts: Parts, view: CallerView, week: str, problems: Sequence[Problem]
) -> Sequence[Problem]:
    """The problems as they may go out; where something is hidden no id is suggested for one that there is not."""
    if not problems or (view.private and view.areas is None):
        return problems
    state = opened(parts.store, parts.caller, week).state
    parts.bodies.append(json.dumps(state.instance.model_dump(mode="json", exclude_none=True)))
    if not mask_of(view, state).neutral:
        return problems

    def plain(problem: Problem) -> Problem:
        if not (problem.code.startswith("unknown_") and "suggestion" in problem.slots):
            return problem
        return problem.model_copy(update={"slots": problem.slots | {"suggestion": ""}})

    return list(map(plain, problems))
