"""What people ask of their coordinator, residents by orders: accepted as a command, refused, or handled otherwise; and asked anew."""

from collections.abc import Mapping
from typing import Any

from scheduler.model import Instance, Problem
from scheduler.model.time import clock
from service.access.caller import Caller
from service.access.mask import CallerView
from service.problems import ServiceError, invalid
from service.store import Store, requests, weeks
from service.store.requests import HOURS, ORDER, RequestRow
from service.weeks import commands
from service.weeks.commands import Command, Commanded
from service.weeks.micro_list import is_dropped, lies_in
from service.weeks.opening import OpenWeek, opened
from service.weeks.ordering import work_of
from service.weeks.request_words import seen_people
from service.weeks.state import WeekState

ANSWERS = ("refused", "handled")
"""What becomes of a request without a command of its own: it can be asked anew."""


def answer(
    store: Store, caller: Caller, view: CallerView, week: str, id: str, state: str, words: str
) -> None:
    """Refuse what somebody asked, or say that it is handled otherwise, with words for them. Raises ServiceError.

    state: one of `ANSWERS`.
    """
    row = _found(store, caller, view, week, id)
    with store.session() as session:
        if not requests.settle(session, row, state, caller.name, words):
            raise ServiceError("request_settled")


def take_back_answer(store: Store, caller: Caller, view: CallerView, week: str, id: str) -> None:
    """Have a request wait again that was refused or handled otherwise. Raises ServiceError.

    One that was accepted waits again when its command is undone; an order also where its work was taken out since.
    """
    row = _found(store, caller, view, week, id)
    dropped = is_dropped(opened(store, caller, week).state.instance, row)
    with store.session() as session:
        if not requests.reopen(session, row, (*ANSWERS, "accepted") if dropped else ANSWERS):
            raise ServiceError("answer_stays")


def accept(
    store: Store,
    caller: Caller,
    view: CallerView,
    week: str,
    id: str,
    *,
    instead: Mapping[str, str],
    reason: str = "",
    dry_run: bool = False,
) -> Commanded:
    """Do what somebody asked, as a command of this caller. Raises ServiceError, InputError.

    instead: true id of the person who does the work instead, and its start and place then where they change.
    """
    row = _found(store, caller, view, week, id)
    if row.state != "open":
        raise ServiceError("request_settled")
    target = _target(store, caller, week, row)
    wanted = changes_of(target.state, row, instead)
    how = Command(wanted, None, reason, dry_run, operation="post_acceptance", request=row.id)
    return commands.command(store, caller, target.week.id, how)


def changes_of(now: WeekState, row: RequestRow, instead: Mapping[str, str]) -> list[dict[str, Any]]:
    """The changes that do what a request asks. Raises ServiceError where it lacks something."""
    said = row.said
    if row.kind == "sick":
        away = {"person": row.person, "from": said["from"], "to": said["to"]}
        return [{"kind": "absence", **away}]
    if row.kind == HOURS:
        return [_hours(now.instance, row)]
    if row.kind == ORDER:
        return [work_of(now.instance, row)]
    work = {"task": said["task"], "slot": said["slot"]}
    if row.kind == "duty":
        return [{"kind": "assign", **work, "person": row.person}]
    if "person" in instead:
        return [{"kind": "assign", **work, **instead}]
    if row.kind == "swap":
        problem = Problem(
            code="missing_field", pointer="/person", value="null", slots={"field": "person"}
        )
        raise invalid([problem])
    return [{"kind": "unassign", "task": said["task"], "person": row.person}]


def _hours(week: Instance, row: RequestRow) -> dict[str, Any]:
    """The person's record with the hours that they gave, and the days on which they would rather not."""
    person = week.person_by_id.get(row.person)
    if person is None:
        raise ServiceError("part_not_found", id=row.person)
    horizon = week.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        record = person.model_dump(mode="json", exclude_unset=True)
    spans = [{"from": one["start"], "to": one["end"]} for one in row.said["spans"]]
    wishes = [one for one in record.get("wishes", ()) if not _is_day_off(one)]
    if row.said["days_off"]:
        wishes.append({"want": False, "days": row.said["days_off"]})
    return {
        "kind": "edit",
        "collection": "people",
        "id": person.id,
        "record": {**record, "availability": spans, "wishes": wishes},
    }


def _is_day_off(wish: dict[str, Any]) -> bool:
    told = {name for name, value in wish.items() if value is not None}
    return (
        wish.get("want") is False and bool(wish.get("days")) and told <= {"want", "days", "weight"}
    )


def _found(store: Store, caller: Caller, view: CallerView, week: str, id: str) -> RequestRow:
    """A request that is about a week, of somebody whom the caller sees, or an order there. Raises ServiceError."""
    now = opened(store, caller, week)
    with store.session() as session:
        row = requests.find(session, week, now.week.start, id)
    if row is None or row.state == "withdrawn" or not _sees(view, now.state.instance, row):
        raise ServiceError("request_not_found", id=id)
    return row


def _sees(view: CallerView, week: Instance, row: RequestRow) -> bool:
    if row.kind == ORDER:
        return lies_in(view.areas, week, row)
    return seen_people(view.areas, week)(row.person)


def _target(store: Store, caller: Caller, week: str, row: RequestRow) -> OpenWeek:
    """The week that a request changes: of hours the last begun of their first day in which they are."""
    now = opened(store, caller, week)
    if row.kind != HOURS or row.start == now.week.start:
        return now
    with store.session() as session:
        ids = weeks.starting(session, row.start or "")
    for id in reversed(ids):
        found = opened(store, caller, id)
        if row.person in found.state.instance.person_by_id:
            return found
    raise ServiceError("next_week_missing", start=row.start)
