"""What people ask of their coordinator about a week, and take back; `accepting` answers it, `request_words` tells it."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from scheduler.model import Instance, Problem
from service.access.caller import Caller
from service.problems import ServiceError, invalid
from service.store import Store, requests
from service.store.requests import HOURS, RequestRow
from service.weeks import attempts, closing, publishing
from service.weeks.opening import OpenWeek, opened
from service.wire.weeks.requests import OwnRequestIn

_OF_WORK = ("swap", "decline", "duty")


def ask(
    store: Store,
    caller: Caller,
    week: str,
    person: str,
    wanted: OwnRequestIn,
    key: str | None = None,
) -> RequestRow:
    """Keep what somebody asks; with a key that was used, what was kept then. Raises ServiceError with every fault.

    wanted: with true ids.
    """
    now = opened(store, caller, week)
    said, start = _said(store, now, person, wanted)
    row = RequestRow(
        id=uuid.uuid4().hex,
        week_id=week,
        person=person,
        kind=wanted.kind,
        start=start,
        said=said,
        state="open",
        account=caller.account,
        account_name=caller.name,
        key=key,
    )
    return keep(store, row)


def keep(store: Store, row: RequestRow) -> RequestRow:
    """Keep a request in place of an open one for the same hours; with a key that was used, what was kept then.

    Raises ServiceError where the week is closed, or the key was another's.
    """
    week, person, key = row.week_id, row.person, row.key
    try:
        with store.session() as session:
            closing.ensure_open(session, week)
            for old in requests.of_person(session, week, person) if row.kind == HOURS else ():
                if old.kind == HOURS and old.state == "open" and old.start == row.start:
                    requests.settle(session, old, "withdrawn", row.account_name)
            requests.add(session, row)
            return row
    except IntegrityError:
        with store.session() as session:
            known = requests.by_key(session, key or "")
        if known is None or known.week_id != week or known.person != person:
            raise ServiceError("key_reused") from None
        return known


def withdraw(store: Store, caller: Caller, week: str, person: str, id: str) -> None:
    """Take back what one asked, while nobody has answered it. Raises ServiceError."""
    with store.session() as session:
        row = next((r for r in requests.of_person(session, week, person) if r.id == id), None)
        if row is None:
            raise ServiceError("request_not_found", id=id)
        if not requests.settle(session, row, "withdrawn", caller.name):
            raise ServiceError("request_settled")


def _said(
    store: Store, now: OpenWeek, person: str, wanted: OwnRequestIn
) -> tuple[dict[str, Any], str | None]:
    """What is kept of a wish, and the first day that it is about. Raises ServiceError with every fault."""
    state = now.state
    if person not in state.instance.person_by_id:
        raise ServiceError("part_not_found", id=person)
    words = {"words": wanted.words.strip()}
    if wanted.kind == "sick":
        if wanted.span is None:
            raise invalid(
                [
                    Problem(
                        code="missing_field", pointer="/span", value="null", slots={"field": "span"}
                    )
                ]
            )
        _ensure_spans([wanted.span], "/span", None)
        span = {"from": wanted.span.start, "to": wanted.span.end}
        change = {"kind": "absence", "person": person, **span}
        attempts.read(state.instance, [change], "")
        return {**span, **words}, None
    if wanted.kind == HOURS:
        first = _next_start(now, wanted.start)
        last = first + timedelta(state.instance.horizon.days)
        _ensure_spans(wanted.spans, "/spans", (first, last))
        off = [day for day in sorted(set(wanted.days_off)) if first <= day < last]
        return {
            "spans": [one.model_dump() for one in wanted.spans],
            "days_off": [day.isoformat() for day in off],
            **words,
        }, first.isoformat()
    task = wanted.task or ""
    return {
        "task": task,
        "slot": wanted.slot,
        "at": _work(store, now, person, wanted),
    } | words, None


def _next_start(now: OpenWeek, asked: date | None) -> date:
    """First day of the week that hours are about: this one's, or the next one's."""
    horizon = now.state.instance.horizon
    first = asked or horizon.date(horizon.days)
    if first not in (horizon.start, horizon.date(horizon.days)):
        days = {"first": f"{horizon.start}", "last": f"{horizon.date(horizon.days)}"}
        raise invalid(
            [Problem(code="outside_horizon", pointer="/start", value=f"{first}", slots=days)]
        )
    return first


def _ensure_spans(spans: Sequence[Any], at: str, days: tuple[date, date] | None) -> None:
    problems = []
    for number, one in enumerate(spans):
        place = f"{at}/{number}" if days else at
        try:
            start, end = datetime.fromisoformat(one.start), datetime.fromisoformat(one.end)
        except ValueError:
            problems.append(Problem(code="not_a_moment", pointer=place, value=one.start))
            continue
        if end <= start:
            problems.append(
                Problem(
                    code="window_ends_before_start",
                    pointer=f"{place}/end",
                    value=one.end,
                    slots={"start": one.start},
                )
            )
        elif days and not (days[0] <= start.date() and end.date() <= days[1]):
            told = {"first": f"{days[0]}", "last": f"{days[1] - timedelta(1)}"}
            problems.append(
                Problem(code="outside_horizon", pointer=place, value=one.start, slots=told)
            )
    if problems:
        raise invalid(problems)


def _work(store: Store, now: OpenWeek, person: str, wanted: OwnRequestIn) -> str:
    """When the work begins that somebody speaks of: their own, or of a duty that nobody has. Raises ServiceError."""
    week, at = now.state.instance, (wanted.task, wanted.slot)
    with store.session() as session:
        published = publishing.published(session, now.week.id).state
    rosters = [state.roster for state in (published, now.state) if state is not None]
    parts = {(one.task, one.slot): one for roster in rosters for one in roster.assignments}
    if wanted.kind == "duty":
        shift = next((one for one in week.shifts if one.id == wanted.task), None)
        if shift is None or any((one.task, one.slot) == at for one in now.state.roster.assignments):
            raise ServiceError("duty_taken")
        return _local(week, shift.start)
    part = parts.get((str(wanted.task), wanted.slot))
    if part is None or part.person != person:
        raise ServiceError("part_not_found", id=wanted.task)
    return _local(week, part.start)


def _local(week: Instance, ticks: int) -> str:
    horizon = week.horizon
    midnight = datetime(horizon.start.year, horizon.start.month, horizon.start.day)
    minutes = ticks // horizon.ticks_per_minute
    return f"{midnight + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"
