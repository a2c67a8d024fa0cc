"""Plans as they are asked for, looked at, put side by side, adopted and discarded."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from scheduler.model import Instance, Problem, Roster
from service.access.caller import Caller
from service.access.revealed import ensure_hidden
from service.access.scope import (
    ensure_change_inside,
    ensure_changes_inside,
    ensure_tasks_inside,
)
from service.answers.recent import Recent
from service.jobs.port import Jobs, key_id
from service.problems import ServiceError
from service.store import Store, instances, plans
from service.store.jobs import OPEN, save_roster
from service.store.plans import PlanRow
from service.store.tables import JobRow
from service.weeks import attempts, cells, closing
from service.weeks.attempts import Attempt
from service.weeks.by_hand import Decided, decided
from service.weeks.commands import Command, Commanded, follow
from service.weeks.edits import edited
from service.weeks.opening import OpenWeek, made, opened
from service.weeks.plans import MergedPlan, PlanKind, merged, ordered, planned, tasks_of
from service.weeks.state import WeekState
from service.weeks.written import written

_offers: Recent[tuple[MergedPlan, Attempt]] = Recent(6)
_rosters: Recent[Roster] = Recent(4)
"""JSON → the roster."""


@dataclass(frozen=True)
class PlanWish:
    """What somebody wants planned. changes: as JSON, true ids; search: limits, seed, cores, as jobs keep them.

    most_moved: of a re-plan, at most so many people have other work beyond whom the changes touch
    """

    kind: PlanKind
    search: Mapping[str, Any]
    changes: Sequence[Mapping[str, Any]] = ()
    keep_by_hand: bool = True
    most_moved: int | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenPlan:
    """A plan with its job. job: None: its record is gone."""

    row: PlanRow
    job: JobRow | None

    @property
    def standing(self) -> str:
        """open, adopted or discarded."""
        if self.row.settled is None:
            return "open"
        return "discarded" if self.row.adopted is None else "adopted"


@dataclass(frozen=True)
class OfferedPlan:
    """What a plan makes of the head of its week."""

    plan: OpenPlan
    head: OpenWeek
    body: str
    merged: MergedPlan
    attempt: Attempt

    @property
    def work(self) -> str:
        """Tells what the plan assigns apart (`adopt`)."""
        return _work(self.body)


def start(
    store: Store,
    jobs: Jobs,
    caller: Caller,
    week: str,
    wish: PlanWish,
    job: str,
    fingerprint: str,
    new_id: Callable[[], str],
) -> OpenPlan:
    """Have a plan for the head of a week searched for. job: id of the new job and plan.

    Raises ServiceError, and InputError with every fault of the changes.
    """
    now = opened(store, caller, week)
    batch = attempts.read(now.state.instance, wish.changes)
    ensure_changes_inside(caller, now.state.instance, batch.changes)
    with store.session() as session:
        closing.ensure_open(session, week)
        kept = decided(session, week, now.number) if wish.keep_by_hand else Decided()
    begun = edited(now.state, batch.edits) if batch.edits else now.state
    if batch.edits:
        ensure_change_inside(caller, now.state.instance, begun.instance)
    order = ordered(begun, wish.kind, batch.changes, kept, caller)
    if batch.changes.changes or batch.edits:
        ensure_hidden(store, caller, "post_plan", week, now.state.instance, order.instance)
    owner = {"owner_id": caller.account, "owner_name": caller.name}
    notices = [notice.model_dump() for notice in order.notices]
    search = {**wish.search, "notices": notices, "empty": order.empty}
    begin = remaining = order.start.model_dump_json(exclude_none=True)
    _rosters.keep(remaining, order.start)
    if wish.kind == "replan" and wish.most_moved is not None:
        # A bound counts who is moved from what there was: that search finds out what remains.
        search["most_moved"] = wish.most_moved
        begin = now.state.roster.model_dump_json(exclude_none=True)

    def prepare(session: Session) -> str:
        instance = order.instance
        return instances.add(session, new_id(), instance, written(instance), None, owner).id

    def also(session: Session) -> None:
        if wish.kind == "replan":
            # What remains of the roster can be adopted at once; the search makes something better of it.
            save_roster(session, job, remaining, final=False)
        plans.add(
            session,
            id=job,
            week_id=week,
            base=now.number,
            kind=wish.kind,
            request={
                "changes": list(wish.changes),
                "keep_by_hand": wish.keep_by_hand,
                "kept": len(kept),
                "most_moved": wish.most_moved,
            },
            account=caller.account,
            account_name=caller.name,
        )

    row = jobs.submit(
        job,
        fingerprint,
        prepare,
        search,
        begin,
        about={**wish.about, **owner},
        turn=f"week/{week}",
        also=also,
    )
    return OpenPlan(_row(store, week, job), row)


def _row(store: Store, week: str, id: str) -> PlanRow:
    with store.session() as session:
        row = plans.find(session, week, id)
    if row is None:
        raise ServiceError("plan_not_found", week=week, id=id)
    return row


def plan_of(store: Store, jobs: Jobs, caller: Caller | None, week: str, id: str) -> OpenPlan:
    """A plan of a week. Raises ServiceError where the caller may see none of this id."""
    opened(store, caller, week)
    return OpenPlan(_row(store, week, id), _job(jobs, id))


def plans_of(store: Store, jobs: Jobs, caller: Caller | None, week: str) -> list[OpenPlan]:
    """The plans of a week, newest first."""
    opened(store, caller, week)
    with store.session() as session:
        rows = plans.of_week(session, week)
    return [OpenPlan(row, _job(jobs, row.id)) for row in rows]


def _job(jobs: Jobs, id: str) -> JobRow | None:
    try:
        return jobs.status(id)
    except ServiceError:
        return None


def offered(store: Store, jobs: Jobs, caller: Caller | None, plan: OpenPlan) -> OfferedPlan:
    """What a plan's best roster so far makes of the head. Raises ServiceError where there is none yet."""
    week = plan.row.week_id
    kept = jobs.roster(plan.row.id)
    head = opened(store, caller, week)

    def make() -> tuple[MergedPlan, Attempt]:
        base = opened(store, caller, week, plan.row.base)
        found = merged(base.state, _planned(base.state, plan.row, kept.body), head.state)
        return found, attempts.merged(head.state, found.state, found.report)

    found = _offers.get((plan.row.id, kept.saved, head.state.key), make)
    return OfferedPlan(plan, head, kept.body, *found)


def _work(body: str) -> str:
    """Equal for rosters that assign the same, whatever they say of their searches."""
    return hashlib.sha256(json.dumps(json.loads(body)["assignments"]).encode()).hexdigest()


def _planned(base: WeekState, row: PlanRow, body: str) -> WeekState:
    batch = attempts.read(base.instance, row.request["changes"])
    begun = edited(base, batch.edits) if batch.edits else base
    roster = _rosters.get(body, lambda: Roster.model_validate_json(body))
    return planned(begun, batch.changes, roster)


def adopt(
    store: Store,
    jobs: Jobs,
    caller: Caller,
    plan: OpenPlan,
    dry_run: bool = False,
    work: str | None = None,
) -> tuple[Commanded, MergedPlan]:
    """Take a plan into its week, beside what was commanded since it began. Raises ServiceError.

    One whose search still runs is taken as it is, and the search ends. work: of the offer that was looked
    at; where the search has found another one since, the plan is not taken.
    """
    row = plan.row
    if row.settled is not None:
        raise ServiceError("plan_settled")
    body = jobs.roster(row.id).body
    if work is not None and work != _work(body):
        raise ServiceError("plan_improved")
    base = opened(store, caller, row.week_id, row.base)
    wanted = _planned(base.state, row, body)
    taken: list[MergedPlan] = []

    def tried(now: OpenWeek) -> Attempt:
        found = merged(base.state, wanted, now.state, whole=not dry_run)
        effect = cells.effect(now.state, found.state)
        ensure_change_inside(caller, now.state.instance, found.state.instance)
        ensure_tasks_inside(caller, now.state.instance, tasks_of(effect))
        taken.append(found)
        return attempts.merged(now.state, found.state, found.report)

    with store.session() as session:
        closing.ensure_open(session, row.week_id)
    told = {"plan": row.id, "changes": row.request["changes"], "reason": ""}
    # Whoever adopts it at the same time finds the key taken.
    how = replace(made(caller, "plan", told), key=key_id("adoption", row.id))
    command = Command((), dry_run=dry_run, operation="post_adoption")
    done = follow(store, caller, row.week_id, command, how, tried)
    if not dry_run:
        _settle(store, jobs, plan, done.week.number)
    return done, taken[-1]


def discard(store: Store, jobs: Jobs, plan: OpenPlan) -> None:
    """Have a plan stand among those that were not wanted; its search ends. Raises ServiceError."""
    _settle(store, jobs, plan, None)


def _settle(store: Store, jobs: Jobs, plan: OpenPlan, adopted: int | None) -> None:
    with store.session() as session:
        if not plans.settle(session, plan.row.id, adopted):
            raise ServiceError("plan_settled")
    if plan.job is not None and plan.job.state in OPEN:
        jobs.stop(plan.row.id)


def problems_of(plan: OpenPlan) -> list[Problem]:
    """What was said of a plan's changes when it was asked for."""
    notices = [] if plan.job is None else plan.job.request.get("notices", [])
    return [Problem.model_validate(notice) for notice in notices]


def instance_of(offer: OfferedPlan) -> Instance:
    """The week as it would be."""
    return offer.merged.state.instance
