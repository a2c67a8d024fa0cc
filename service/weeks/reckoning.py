"""What became of a week's work, as who asks may see it."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Literal

from sqlalchemy.orm import Session

from scheduler.facts.visits import places
from scheduler.messages import LANGS, say
from scheduler.messages.names import Names, is_elsewhere
from scheduler.model.time import to_datetime
from service.access.mask import CallerView, WeekMask
from service.store import closings
from service.weeks import closing
from service.weeks.closing import ReckonedPart, reckoned
from service.weeks.opening import OpenWeek
from service.weeks.words import mask_of
from service.wire import Both, moment
from service.wire.weeks.closing import ReckonedOut, Reconciliation

Shown = Literal["lacking", "said", "all"]


def reconciliation(
    session: Session,
    view: CallerView,
    found: OpenWeek,
    show: Shown,
    limit: int,
    offset: int = 0,
    only: Callable[[ReckonedPart], bool] | None = None,
) -> Reconciliation:
    """What is said of the work in a week, and of what nothing is. only: which of it is shown; None: all."""
    id = found.week.id
    mask = mask_of(view, found.state)
    last = closing.last(session, id)
    following = closing.next_week(session, id)
    every = [
        one
        for one in reckoned(found.state, closings.outcomes(session, id))
        if not _is_elsewhere(mask, one)
    ]
    counts = Counter(map(_count, every))
    wanted = [one for one in every if _is_shown(one, show) and (only is None or only(one))]
    rows = _ReckonedRows(mask, view.ratings)
    return Reconciliation(
        week=id,
        closed=last is not None and last.reopened is None,
        reopened=last is not None and last.reopened is not None,
        next=None if following is None else following.next_id,
        counts={name: counts[name] for name in _COUNTS},
        total=len(wanted),
        items=[rows.row(one) for one in wanted[offset : offset + limit]],
    )


_COUNTS = ("lacking", "done", "nobody_in", "not_done", "outside")


def _count(one: ReckonedPart) -> Any:
    if one.outcome is None:
        return "lacking"
    return "outside" if "visit" in one.outcome.said else one.outcome.said["result"]


def _is_elsewhere(mask: WeekMask, one: ReckonedPart) -> bool:
    """Whether it lies outside the areas of who asks; of work that nobody had planned, whether its place does."""
    ids, work = mask.neutral.ids, None if one.outcome is None else one.outcome.said.get("visit")
    told = (
        ids.get("task", {}).get(one.task)
        if work is None
        else ids.get("place", {}).get(work["place"])
    )
    return told is not None and is_elsewhere(told)


def _is_shown(one: ReckonedPart, show: Shown) -> bool:
    return show == "all" or (one.outcome is None) == (show == "lacking")


class _ReckonedRows:
    """Rows of one week, with names made once."""

    def __init__(self, mask: WeekMask, ratings: bool):
        self._mask, self._ratings = mask, ratings
        self._ids = mask.neutral.ids.get("task", {})
        self._names = {lang: mask.names(lang) for lang in LANGS}
        self._blurred = {lang: mask.blurred(lang) for lang in LANGS}

    def row(self, one: ReckonedPart) -> ReckonedOut:
        """A part, or work that nobody had planned; of what is hidden no word of who was there."""
        task = self._ids.get(one.task, one.task)
        said = {} if one.outcome is None else one.outcome.said
        hidden = task in self._mask.hidden_tasks or self._is_hidden(said.get("visit"))
        names = self._blurred if hidden else self._names
        part = one.part
        work = said.get("visit") if part is None else part.model_dump()
        if work is None:  # a slot that was empty, and that somebody worked
            there = places(self._mask.true.task_by_id[one.task])[0]
            work = {"place": there, "end": said["start"], **said}
        place = self._neutral("place", work["place"])
        person = self._neutral("person", work["person"])
        words = {} if one.outcome is None else {"at": moment(one.outcome.created)}
        return ReckonedOut(
            task=task,
            slot=one.slot,
            planned=part is not None,
            name=self._name(work["name"], hidden)
            if "name" in work
            else _both(names, Names.task, task),
            place=_both(names, Names.place, place),
            person=person,
            person_name=self._names["zh"].person(person),
            start=self._moment(work["start"]),
            end=self._moment(work["end"]),
            result=said.get("result"),
            worked_by=self._neutral("person", said["person"]) if said.get("person") else None,
            worked_start=self._moment(said.get("start")),
            worked_end=self._moment(said.get("end")),
            outcome=None if hidden else said.get("outcome"),
            rating=said.get("rating") if self._ratings and not hidden else None,
            note="" if hidden else self._mask.neutral.words(said.get("note", "")),
            by=None if one.outcome is None else one.outcome.account_name,
            **words,
        )

    def _is_hidden(self, work: Mapping[str, Any] | None) -> bool:
        """Whether work that nobody had planned was at a hidden place or household."""
        ids = self._mask.neutral.ids
        return work is not None and (
            work["place"] in ids.get("place", {}) or work["household"] in ids.get("household", {})
        )

    def _name(self, name: str, hidden: bool) -> Both:
        if hidden:
            return Both.of(lambda lang: say("report.private.visit", lang))
        shown = self._mask.neutral.words(name)
        return Both(zh=shown, en=shown)

    def _neutral(self, kind: str, id: str) -> str:
        return self._mask.neutral.ids.get(kind, {}).get(id, id)

    def _moment(self, ticks: Any) -> Any:
        horizon = self._mask.true.horizon
        if ticks is None:
            return None
        when = to_datetime(ticks, horizon.start, horizon.ticks_per_minute)
        return f"{when:%Y-%m-%dT%H:%M}"


def _both(names: dict[Any, Names], tell: Callable[[Names, str], str], id: str) -> Both:
    return Both(**{lang: tell(names[lang], id) for lang in LANGS})
