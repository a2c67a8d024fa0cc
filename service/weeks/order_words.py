"""Orders of the micro-list in words, as a caller may read them, and counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from scheduler.drawings.reader import Reader
from scheduler.messages import LANGS, Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import Names
from scheduler.model import Assignment
from scheduler.model.time import to_datetime
from service.access import audit
from service.access.mask import CallerView, WeekMask
from service.store import Store
from service.weeks.micro_list import ListedOrder, listed
from service.weeks.opening import OpenWeek, opened
from service.weeks.order_clock import OrderClock, since
from service.weeks.words import mask_of
from service.wire import Both
from service.wire.weeks.figures import OrderFigures
from service.wire.weeks.orders import OrderList, OrderOut, OrderPart, OrderStage


def micro_list(store: Store, view: CallerView, week: str, clock: OrderClock) -> OrderList:
    """The micro-list of a week as a caller may read it. Raises ServiceError."""
    now = opened(store, view.caller, week)
    with store.session() as session:
        orders = listed(session, now, view.areas)
    if view.private and any(one.row.said["private"] for one in orders):
        with store.session() as session:
            audit.record(session, view.caller, view.operation, instance=week, request=view.request)
    words = _OrderWords(view, now, clock)
    return OrderList(
        week=week,
        counts=dict(Counter(one.stage for one in orders)),
        orders=[words.out(one) for one in orders],
    )


def order_figures(store: Store, view: CallerView, week: str) -> OrderFigures:
    """The micro-list of a week in numbers."""
    now = opened(store, view.caller, week)
    with store.session() as session:
        orders = listed(session, now, view.areas)
    count = Counter(one.stage for one in orders)
    ratings = [one.rating for one in orders if one.rating is not None] if view.ratings else []
    done = count["done"] + count["rated"]
    taken: tuple[OrderStage, ...] = ("accepted", "planned", "missed", "dropped")
    carried = sum(one.stage == "carried" and one.row.state == "accepted" for one in orders)
    return OrderFigures(
        ordered=len(orders),
        from_before=sum("since" in one.row.said for one in orders),
        accepted=sum(count[stage] for stage in taken) + carried + done,
        planned=sum(bool(one.parts) for one in orders),
        done=done,
        otherwise=count["refused"] + count["handled"],
        rated=count["rated"],
        mean_rating=round(sum(ratings) / len(ratings), 1) if ratings else None,
    )


class _OrderWords:
    """Orders of one week, with names made once."""

    def __init__(self, view: CallerView, now: OpenWeek, clock: OrderClock):
        self._view, self._week, self._clock = view, now.state.instance, clock
        self._mask: WeekMask = mask_of(view, now.state)
        self._names = {lang: self._mask.names(lang) for lang in LANGS}
        self._reader = Reader(self._mask.week)

    def out(self, order: ListedOrder) -> OrderOut:
        """An order; of a private one no word of what it is, unless the view has private matters as they are."""
        row, said = order.row, order.row.said
        task = self._mask.id(said["task"]) if said["task"] in self._week.task_by_id else None
        hidden = (said["private"] and not self._view.private) or task in self._mask.hidden_tasks
        rated = self._view.ratings and order.rating is not None
        return OrderOut(
            id=row.id,
            stage=order.stage,
            name=_hidden("name") if hidden else self._same(said["name"]),
            kind=_hidden("kind") if hidden else self._both(Names.kind, self._kind(said["kind"])),
            place=self._place(said["place"], hidden),
            when=Both.of(lambda lang: self._when(said["windows"], lang)),
            private=said["private"],
            words="" if hidden else self._mask.neutral.words(said["words"]),
            task=task,
            people=[self._part(part) for part in order.parts],
            rating=order.rating if rated else None,
            rating_words="" if hidden or not rated else self._words(order.rating_words),
            answer="" if hidden else self._words(said.get("answer", "")),
            answered_by=row.settled_name or "",
            taken_by=row.account_name,
            since=since(row),
            carried="since" in said,
            due=self._clock.due(order.stage, row),
            late=self._clock.is_late(order.stage, row),
        )

    def _part(self, part: Assignment) -> OrderPart:
        horizon = self._week.horizon
        start = to_datetime(part.start, horizon.start, horizon.ticks_per_minute)
        person = self._mask.id(part.person)
        name = self._both(Names.person, person)
        return OrderPart(slot=part.slot, person=person, name=name, start=f"{start:%Y-%m-%dT%H:%M}")

    def _place(self, place: str, hidden: bool) -> Both:
        id = self._mask.neutral.ids.get("place", {}).get(place, place)
        if not hidden:
            return self._both(Names.place, id)
        area = self._reader.area(id) if id in self._mask.week.place_by_id else None
        return _hidden("place") if area is None else self._both(Names.area, area)

    def _kind(self, kind: str) -> str:
        return self._mask.neutral.ids.get("kind", {}).get(kind, kind)

    def _words(self, text: str) -> str:
        return self._mask.neutral.words(text)

    def _same(self, text: str) -> Both:
        shown = self._words(text)
        return Both(zh=shown, en=shown)

    def _both(self, tell: Any, id: str) -> Both:
        return Both(**{lang: tell(self._names[lang], id) for lang in LANGS})

    def _when(self, windows: Sequence[Mapping[str, str]], lang: Lang) -> str:
        """Days and hours: from the first to the last day where each has the same hours."""
        spans = [
            (datetime.fromisoformat(one["from"]), datetime.fromisoformat(one["to"]))
            for one in windows
        ]
        first, last = spans[0][0].date(), spans[-1][0].date()
        day = date_in_words(first, lang, "short_day")
        if last != first:
            day = say("requests.span", lang, start=day, end=date_in_words(last, lang, "short_day"))
        clocks = {(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in spans}
        hours = [f"{start}–{end}" for start, end in sorted(clocks)]
        return f"{day} {self._names[lang].listed(hours)}"


def _hidden(what: str) -> Both:
    return Both.of(lambda lang: say(f"pages.orders.hidden.{what}", lang))
