"""Orders of a platform's list taken into a week: new ones added, known ones brought up to date, closed ones cancelled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scheduler.formats.orders import Order, OrderMap
from scheduler.formats.orders.read import usual_hours
from scheduler.model import Instance, Place, Slot, Visit
from scheduler.weeks.replan.steps import without_tasks


@dataclass(frozen=True)
class ImportedWeek:
    """The week with a list's orders, and the ids of those that were …; in the list's order."""

    instance: Instance
    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    cancelled: tuple[str, ...]
    places: tuple[str, ...]
    """Names of places that are new to the week."""


def with_orders(instance: Instance, orders: Iterable[Order], order_map: OrderMap) -> ImportedWeek:
    """The week with these orders. An order is the visit that has its number as id.

    Of a visit that is in the week already only what the list says is changed: a crew, a length or a
    time that a coordinator gave it stays where the list says nothing. Raises InputError where the
    map's hours are none.
    """
    taking = _Taking(instance, order_map)
    for order in orders:
        taking.take(order)
    left = without_tasks(instance, set(taking.cancelled))
    known = {visit.id for visit in left.visits}
    visits = [taking.visits.get(visit.id, visit) for visit in left.visits]
    visits += [visit for id, visit in taking.visits.items() if id not in known]
    return ImportedWeek(
        instance=left.changed(
            visits=tuple(visits), places=(*instance.places, *taking.places.values())
        ),
        added=tuple(taking.added),
        updated=tuple(taking.updated),
        unchanged=tuple(taking.unchanged),
        cancelled=tuple(taking.cancelled),
        places=tuple(taking.places),
    )


class _Taking:
    def __init__(self, instance: Instance, order_map: OrderMap):
        self._instance = instance
        self._known = {visit.id: visit for visit in instance.visits}
        self._hours = usual_hours(instance, order_map)
        self.visits: dict[str, Visit] = {}
        self.places: dict[str, Place] = {}
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.cancelled: list[str] = []

    def take(self, order: Order) -> None:
        """Add, update or cancel the order's visit."""
        known = self._known.get(order.id)
        if order.closed:
            if known is not None:
                self.cancelled.append(order.id)
            return
        visit = self._new(order) if known is None else self._updated(known, order)
        self.visits[order.id] = visit
        kind = self.added if known is None else self.unchanged if visit == known else self.updated
        kind.append(order.id)

    def _new(self, order: Order) -> Visit:
        said = self._said(order)
        return Visit(**{"windows": self._hours, **self._work(order), **said, "id": order.id})

    def _updated(self, visit: Visit, order: Order) -> Visit:
        said = self._said(order)
        if visit.kind != order.kind:
            said = {**self._work(order), **said}
        return visit.model_copy(update=said)

    def _work(self, order: Order) -> dict[str, Any]:
        """What the map says of a kind of work."""
        means = order.means
        lead = Slot(roles=means.roles, skills=means.skills)
        others = (Slot(roles=means.roles),) * (means.crew - 1)
        ticks = self._instance.horizon.ticks_per_minute
        length = {} if means.minutes is None else {"duration": means.minutes * ticks}
        return {"slots": (lead, *others), "private": means.private, **length}

    def _said(self, order: Order) -> dict[str, Any]:
        """What the list says."""
        said = {
            "priority": order.priority,
            "due": order.due,
            "windows": order.windows,
            "household": order.household,
            "duration": order.duration,
        }
        fields = {name: value for name, value in said.items() if value is not None}
        return {**fields, "name": order.name, "kind": order.kind, "places": (self._place(order),)}

    def _place(self, order: Order) -> str:
        if order.new_place is None:
            if order.place is not None or order.household is None:
                return order.place or ""
            return self._instance.household_by_id[order.household].place
        if order.new_place not in self.places:
            taken = self._instance.place_by_id.keys() | {each.id for each in self.places.values()}
            number = len(self.places) + 1
            while f"order-place-{number}" in taken:
                number += 1
            self.places[order.new_place] = Place(
                id=f"order-place-{number}", name=order.new_place, area=order.area
            )
        return self.places[order.new_place].id
