"""The micro-list (微清单) of a week: how far each order is, which follows from what happened, and what the public says.

An order waits until it is accepted, refused or handled otherwise. Accepted, it is a visit of the week, by a command
that undo takes back; the roster says who does it, the outcomes whether it was done and how it was rated.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.model import Assignment, Instance
from scheduler.model.tasks import is_done
from service.access.caller import Caller
from service.access.mask import CallerView
from service.access.within import Within
from service.problems import ServiceError
from service.store import Store, closings, requests
from service.store.closings import OutcomeRow
from service.store.requests import ORDER, RequestRow
from service.weeks import closing
from service.weeks.closing import NOT_DONE, ReckonedPart, reckoned
from service.weeks.opening import OpenWeek, opened
from service.wire.weeks.orders import OrderStage

_DONE: tuple[OrderStage, ...] = ("done", "rated")


@dataclass(frozen=True)
class ListedOrder:
    """An order with what became of it. parts: who does it; done: what was said of those who did it."""

    row: RequestRow
    stage: OrderStage
    parts: Sequence[Assignment] = ()
    done: Sequence[OutcomeRow] = ()

    @property
    def rating(self) -> int | None:
        """1 to 5; None: nobody has rated it."""
        return next((said for one in self.done if (said := one.said.get("rating"))), None)

    @property
    def rating_words(self) -> str:
        """What was said with it."""
        return next((said for one in self.done if (said := one.said.get("rating_words"))), "")


def listed(session: Session, now: OpenWeek, areas: frozenset[str] | None) -> list[ListedOrder]:
    """The micro-list of a week as far as it lies in some areas, None: all of it; the oldest order first."""
    week, id = now.state.instance, now.week.id
    rows = [row for row in requests.orders(session, id) if lies_in(areas, week, row)]
    if not rows:
        return []
    items: dict[str, list[ReckonedPart]] = defaultdict(list)
    for one in reckoned(now.state, closings.outcomes(session, id)):
        items[one.task].append(one)
    closed = closing.is_closed(session, id)
    return [_listed(week, row, items[row.said["task"]], closed) for row in rows]


def waiting(session: Session, now: OpenWeek, areas: frozenset[str] | None) -> Sequence[RequestRow]:
    """The orders that wait to be accepted."""
    rows = [row for row in requests.orders(session, now.week.id) if row.state == "open"]
    inside = [row for row in rows if lies_in(areas, now.state.instance, row)]
    return () if inside and closing.is_closed(session, now.week.id) else inside


def lies_in(areas: frozenset[str] | None, week: Instance, row: RequestRow) -> bool:
    """Whether the place of an order lies in some areas; None: in all."""
    if areas is None:
        return True
    place = row.said["place"]
    return place in week.place_by_id and Within(week, areas).sees("places", place)


def is_dropped(week: Instance, row: RequestRow) -> bool:
    """Whether an order was accepted, and its work is in the week no longer."""
    return row.kind == ORDER and row.state == "accepted" and row.said["task"] not in week.task_by_id


def _listed(
    week: Instance, row: RequestRow, items: Sequence[ReckonedPart], closed: bool
) -> ListedOrder:
    parts = [one.part for one in items if one.part is not None]
    said = [one.outcome for one in items if one.outcome is not None]
    done = [one for one in said if one.said["result"] not in NOT_DONE]
    stage = _stage(week, row, closed)
    if stage == "accepted":
        visit = next(one for one in week.visits if one.id == row.said["task"])
        lacking = any(one.part is not None and one.outcome is None for one in items)
        if is_done(visit, {one.slot for one in done}):
            stage = "done"
        elif closed:
            stage = "carried"
        elif said and not lacking:
            stage = "missed"
        elif parts:
            stage = "planned"
    found = ListedOrder(row, stage, parts, done if stage == "done" else ())
    return found if found.rating is None else ListedOrder(row, "rated", parts, done)


def _stage(week: Instance, row: RequestRow, closed: bool) -> OrderStage:
    if row.state == "open":
        return "carried" if closed else "ordered"
    if row.state != "accepted":
        return "refused" if row.state == "refused" else "handled"
    return "dropped" if is_dropped(week, row) else "accepted"


def strike(store: Store, caller: Caller, view: CallerView, week: str, id: str) -> None:
    """Take an order off the list that waits to be accepted. Raises ServiceError."""
    now = opened(store, caller, week)
    with store.session() as session:
        closing.ensure_open(session, week)
        row = _found(session, now, view, id).row
        if not requests.settle(session, row, "withdrawn", caller.name):
            raise ServiceError("request_settled")


def rate(
    store: Store,
    caller: Caller,
    view: CallerView,
    week: str,
    id: str,
    rating: int | None,
    words: str,
) -> None:
    """Note how work that was done is rated, beside what became of it, from where the next plan learns.

    Also where the week is closed by now. Raises ServiceError where it is not done.
    """
    now = opened(store, caller, week)
    with store.session() as session:
        order = _found(session, now, view, id)
        if order.stage not in _DONE:
            raise ServiceError("order_not_done")
        for one in order.done:
            said = {
                name: value
                for name, value in one.said.items()
                if name not in ("rating", "rating_words")
            }
            rated = {} if rating is None else {"rating": rating, "rating_words": words.strip()}
            one.said = said | rated


def _found(session: Session, now: OpenWeek, view: CallerView, id: str) -> ListedOrder:
    """An order that the caller sees. Raises ServiceError."""
    found = (one for one in listed(session, now, view.areas) if one.row.id == id)
    order = next(found, None)
    if order is None:
        raise ServiceError("request_not_found", id=id)
    return order
