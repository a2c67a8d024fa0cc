"""Orders of the micro-list (微清单): taken down, taken back, and as work of the week once they are accepted."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from scheduler.model import Instance, Problem, Visit
from service.access.caller import Caller
from service.access.scope import refuse_outside
from service.access.within import Within
from service.problems import invalid
from service.store import Store
from service.store.requests import ORDER, RequestRow
from service.weeks.opening import opened
from service.weeks.requests import keep
from service.wire.weeks.orders import OrderIn


def take_order(
    store: Store, caller: Caller, week: str, wanted: OrderIn, key: str | None = None
) -> RequestRow:
    """Keep an order; with a key that was used, the one that was kept then. Raises ServiceError with every fault.

    wanted: with true ids.
    """
    now = opened(store, caller, week).state.instance
    if problems := _faults(now, wanted):
        raise invalid(problems)
    if caller.areas is not None and not Within(now, caller.areas).changes("places", wanted.place):
        refuse_outside([wanted.place], now, caller)
    said = wanted.model_dump(exclude={"windows"})
    said["windows"] = [{"from": one.start, "to": one.end} for one in wanted.windows]
    said["task"] = f"order-{uuid.uuid4().hex[:12]}"
    row = RequestRow(
        id=uuid.uuid4().hex,
        week_id=week,
        person="",
        kind=ORDER,
        said=said,
        state="open",
        account=caller.account,
        account_name=caller.name,
        key=key,
    )
    return keep(store, row)


def _faults(week: Instance, wanted: OrderIn) -> list[Problem]:
    problems = []
    if wanted.place not in week.place_by_id:
        problems.append(Problem(code="unknown_place", pointer="/place", value=wanted.place))
    horizon = week.horizon
    last = horizon.date(horizon.days - 1)
    for number, one in enumerate(wanted.windows):
        at = f"/windows/{number}"
        try:
            start, end = datetime.fromisoformat(one.start), datetime.fromisoformat(one.end)
        except ValueError:
            problems.append(Problem(code="not_a_moment", pointer=at, value=one.start))
            continue
        if end <= start:
            slots = {"start": one.start}
            problems.append(
                Problem(
                    code="window_ends_before_start",
                    pointer=f"{at}/end",
                    value=one.end,
                    slots=slots,
                )
            )
        elif not horizon.start <= start.date() <= last:
            slots = {"first": f"{horizon.start}", "last": f"{last}"}
            problems.append(
                Problem(code="outside_horizon", pointer=at, value=one.start, slots=slots)
            )
    return problems


def work_of(week: Instance, row: RequestRow) -> dict[str, Any]:
    """The change that makes an order work of a week: its crew is that of the week's last work of this kind."""
    said = row.said
    visit = {
        "id": said["task"],
        "places": [said["place"]],
        "windows": windows_in(week, said["windows"]),
        "duration": said["duration"] * week.horizon.ticks_per_minute,
        **{name: said[name] for name in ("name", "kind", "priority", "private")},
    }
    alike = next((one for one in reversed(week.visits) if one.kind == said["kind"]), None)
    if alike is not None:
        visit |= _crew(alike)
    homes = [one.id for one in week.households if one.place == said["place"]]
    if len(homes) == 1:
        visit["household"] = homes[0]
    return {"kind": "new", "visits": [visit]}


def _crew(alike: Visit) -> dict[str, Any]:
    """Whom work takes, but for what was of that household alone: its lengths and its people."""
    slots = [
        slot.model_dump(mode="json", include={"roles", "skills", "must"}, exclude_defaults=True)
        for slot in alike.slots
    ]
    return {"slots": slots, "least_crew": alike.least_crew, "impartial": alike.impartial}


def windows_in(week: Instance, said: list[Mapping[str, str]]) -> list[dict[str, str]]:
    """Windows that an order names, as a week may have them: of an earlier week's at its weekdays and hours."""
    horizon = week.horizon
    first = datetime(horizon.start.year, horizon.start.month, horizon.start.day)
    last = first + timedelta(horizon.days)
    spans = [
        (datetime.fromisoformat(one["from"]), datetime.fromisoformat(one["to"])) for one in said
    ]
    found = _within(spans, first, last)
    if not found:
        earliest = min(start for start, _ in spans)
        later = timedelta(weeks=-(-max(0, (first - earliest).days) // 7))
        found = _within([(start + later, end + later) for start, end in spans], first, last)
    return [
        {"from": f"{start:%Y-%m-%dT%H:%M}", "to": f"{end:%Y-%m-%dT%H:%M}"}
        for start, end in found or [(first, last)]
    ]


def _within(
    spans: list[tuple[datetime, datetime]], first: datetime, last: datetime
) -> list[tuple[datetime, datetime]]:
    return [
        (max(start, first), min(end, last)) for start, end in spans if start < last and end > first
    ]
