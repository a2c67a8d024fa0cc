"""Figures of a week, from the library's tables: loads over weeks, coverage now and as published, faces, ways, undone, orders."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler import frames
from scheduler.due import Expanded
from scheduler.explain.undone import UndoneReason, Verdict, undone_reason, undone_slots
from scheduler.facts import Facts
from scheduler.messages import LANGS, Lang, say
from scheduler.messages.names import PRIVATE, is_elsewhere, is_neutral, kind_in_words
from scheduler.model import Assignment, Shift, Visit
from scheduler.model.tasks import Rank, household_of, is_done, start_span, tasks
from scheduler.rules import rules
from service.access.mask import CallerView
from service.access.within import Within
from service.answers.recent import Recent
from service.store import Store, publications, weeks
from service.store.publications import PublicationRow
from service.weeks import state
from service.weeks.asked import AskedWeek, asked_week
from service.weeks.opening import opened
from service.weeks.order_words import order_figures
from service.weeks.state import WeekState
from service.weeks.tables.words import Called
from service.weeks.words import mask_of

if TYPE_CHECKING:
    import pandas as pd
from service.wire import Both
from service.wire.weeks.figures import (
    DayFigures,
    FaceFigures,
    FiguresOut,
    FigureWeek,
    FilledFigures,
    KindFigures,
    LoadFigures,
    OrderFigures,
    UndoneFigures,
    WeekMinutes,
)

MOST_WEEKS = 26
"""Weeks over which loads are told at once."""
MOST_TRIED = 40
"""Empty slots, the most urgent first, for which ways are priced; of the others it is said whether anybody may do them."""
_kept: Recent[FiguresOut] = Recent(8)
_measured: Recent["MeasuredWeek"] = Recent(32)


@dataclass(frozen=True)
class MeasuredWeek:
    """A neutral week with its roster. hidden: its tasks whose kind is not told; key: of what it is made from."""

    id: str
    facts: Facts
    hidden: frozenset[str]
    key: str


def figures(store: Store, view: CallerView, id: str, most: int) -> FiguresOut:
    """The figures of a week as it stands, as who asks may see it. most: weeks of loads. Raises ServiceError."""
    asked = asked_week(store, view, id)
    key = opened(store, view.caller, id, asked.revision).state.key
    head = MeasuredWeek(id, asked.facts, asked.mask.hidden_tasks, key)
    earlier, first = _earlier(store, view, head, most - 1), planned(store, view, id)
    made_from = (view.key, *((one.id, one.key) for one in (*earlier, head)), first and first.key)
    orders = order_figures(store, view, id)
    made = _kept.get(made_from, lambda: _figures(asked, head, earlier, first, orders))
    return made.model_copy(update={"revision": asked.revision, "orders": orders})


def _figures(
    asked: AskedWeek,
    head: MeasuredWeek,
    earlier: Sequence[MeasuredWeek],
    first: MeasuredWeek | None,
    orders: OrderFigures,
) -> FiguresOut:
    days = frames.loads(head.facts.instance, head.facts.roster)
    slots, then = _slots(head), None if first is None else _slots(first)
    return FiguresOut(
        week=asked.id,
        revision=asked.revision,
        weeks=[FigureWeek(id=one.id, start=one.facts.horizon.start) for one in (*earlier, head)],
        loads=_loads(head, earlier, days),
        days=_days(head, slots, then, days),
        kinds=_kinds(slots, then),
        faces=_faces(head),
        undone=_undone(asked),
        orders=orders,
    )


def _earlier(store: Store, view: CallerView, head: MeasuredWeek, most: int) -> list[MeasuredWeek]:
    """Weeks before it that the caller may read and that have people of it, earliest first; one for each first day."""
    start = head.facts.horizon.start.isoformat()
    with store.session() as session:
        ids = weeks.before(session, view.areas, start, most)
    mine = head.facts.instance.person_by_id
    found = (_read(store, view, id) for id in ids)
    return [one for one in found if any(who in mine for who in one.facts.instance.person_by_id)]


def _read(store: Store, view: CallerView, id: str) -> MeasuredWeek:
    kept = opened(store, view.caller, id).state
    view.audited(store, kept.instance, instance=id)
    return _masked(view, id, kept)


def _masked(view: CallerView, id: str, kept: WeekState) -> MeasuredWeek:
    def made() -> MeasuredWeek:
        mask = mask_of(view, kept)
        return MeasuredWeek(
            id, Facts(mask.week, mask.read(kept.roster)), mask.hidden_tasks, kept.key
        )

    return _measured.get((id, kept.key, view.key), made)


def planned(store: Store, view: CallerView, id: str) -> MeasuredWeek | None:
    """A week as each part of it was published for the first time; None where nothing is published."""
    with store.session() as session:
        rows = publications.published(session, id)
        if not rows:
            return None
        key = "".join(row.id for row in rows)
        made = _measured.find((id, key, view.key))
        if made is not None:
            return made
        states = [state.read(session, row) for row in rows]
    made = _first(view, id, key, rows, states)
    return _measured.get((id, key, view.key), lambda: made)


def _first(
    view: CallerView,
    id: str,
    key: str,
    rows: Sequence[PublicationRow],
    states: Sequence[WeekState],
) -> MeasuredWeek:
    seen: set[str] = set()
    parts: list[Assignment] = []
    tasks_then: dict[str, Visit | Shift] = {}
    for row, then in zip(rows, states, strict=True):
        ids = row.areas["ids"]
        within = None if ids is None else Within(then.instance, ids)
        new = {
            task
            for task in then.instance.task_by_id
            if task not in seen and (within is None or within.changes("tasks", task))
        }
        seen |= new
        tasks_then |= {task: then.instance.task_by_id[task] for task in new}
        parts += [part for part in then.roster.assignments if part.task in new]
    last = states[-1]
    week = last.instance.changed(
        visits=tuple(one for one in tasks_then.values() if isinstance(one, Visit)),
        shifts=tuple(one for one in tasks_then.values() if isinstance(one, Shift)),
    )
    mask = view.mask(Expanded(week), roster=last.roster)
    roster = mask.read(last.roster.with_assignments(parts))
    return MeasuredWeek(id, Facts(mask.week, roster), mask.hidden_tasks, key)


@dataclass(frozen=True)
class SlotFigure:
    """A slot that is wanted. day: on which it counts."""

    day: int
    kind: str
    shift: bool
    filled: bool


def _slots(rostered: MeasuredWeek) -> list[SlotFigure]:
    """As `frames.coverage` counts them; without the work of areas outside those of who asks."""
    facts, found = rostered.facts, []
    for task in tasks(facts.instance):
        if is_elsewhere(task.id):
            continue
        crew = facts.by_task[task.id]
        latest = min(start_span(task)[1], facts.horizon.end - 1)
        day = facts.horizon.day_of(min((stop.start for stop in crew.values()), default=latest))
        kind = PRIVATE if task.id in rostered.hidden else task.kind
        found += [
            SlotFigure(day, kind, isinstance(task, Shift), number in crew)
            for number, slot in enumerate(facts.task_slots[task.id])
            if slot.rank is not Rank.EXTRA
        ]
    return found


def _filled(
    now: Sequence[SlotFigure],
    then: Sequence[SlotFigure] | None,
    shift: bool,
    day: int | None = None,
    kind: str | None = None,
) -> FilledFigures:
    """Of duties or visits; day, kind: None: of every one."""

    def mine(slots: Sequence[SlotFigure]) -> list[bool]:
        return [
            one.filled
            for one in slots
            if one.shift is shift and day in (None, one.day) and kind in (None, one.kind)
        ]

    counts, old = mine(now), None if then is None else mine(then)
    return FilledFigures(
        wanted=len(counts),
        filled=sum(counts),
        planned_wanted=None if old is None else len(old),
        planned=None if old is None else sum(old),
    )


def _days(
    head: MeasuredWeek,
    now: Sequence[SlotFigure],
    then: Sequence[SlotFigure] | None,
    loads: "pd.DataFrame",
) -> list[DayFigures]:
    """Minutes and metres without those of people of other areas."""
    seen = loads[~loads["person"].map(is_neutral)]
    sums = seen.groupby("day")[["task_minutes", "travel_minutes", "travel_metres"]].sum()
    return [
        DayFigures(
            day=head.facts.horizon.date(day),
            duties=_filled(now, then, shift=True, day=day),
            visits=_filled(now, then, shift=False, day=day),
            **{
                name: int(sums[name].get(day, 0))
                for name in ("task_minutes", "travel_minutes", "travel_metres")
            },
        )
        for day in range(head.facts.horizon.days)
    ]


def _kinds(now: Sequence[SlotFigure], then: Sequence[SlotFigure] | None) -> list[KindFigures]:
    """Of shifts first, each by how much there is of it."""
    counts = Counter((one.shift, one.kind) for one in (*now, *(then or ())))
    order = sorted(counts, key=lambda key: (not key[0], -counts[key], key[1]))
    return [
        KindFigures(
            kind=kind,
            name=_kind(kind),
            shift=shift,
            slots=_filled(now, then, shift, kind=kind),
        )
        for shift, kind in order
    ]


def _kind(kind: str) -> Both:
    if kind == PRIVATE:
        return Both.of(lambda lang: say("pages.figures.private", lang))
    return Both.of(lambda lang: kind_in_words(kind, lang))


def _loads(
    head: MeasuredWeek, earlier: Sequence[MeasuredWeek], days: "pd.DataFrame"
) -> list[LoadFigures]:
    """In the order of names; without people of other areas."""
    every = (*earlier, head)
    rostered = [(one.facts.instance, one.facts.roster) for one in every]
    ways = days.groupby("person")[["travel_minutes", "travel_metres", "overtime_minutes"]].sum()
    by_week: dict[str, list[WeekMinutes]] = {}
    for one, pair in zip(every, rostered, strict=True):
        for row in frames.weekly_loads([pair]).itertuples():
            share = _whole(row.share_minutes)
            told = WeekMinutes(week=one.id, minutes=row.task_minutes, share_minutes=share)
            by_week.setdefault(row.person, []).append(told)
    week, total = head.facts.instance, frames.use(rostered).set_index("person")
    called = {lang: Called(week, lang) for lang in LANGS}
    return [
        LoadFigures(
            person=person.id,
            name=person.name or person.id,
            about=Both.of(lambda lang, person=person: called[lang].about(person)),
            role=person.role,
            minutes=int(total.task_minutes[person.id]),
            fair_minutes=_whole(total.fair_minutes[person.id]),
            tasks=int(total.tasks[person.id]),
            **{name: int(ways[name][person.id]) for name in ways.columns},
            weeks=by_week[person.id],
        )
        for person in sorted(week.people, key=lambda one: (one.name or one.id, one.id))
        if not is_neutral(person.id)
    ]


def _whole(value: Any) -> int | None:
    import pandas as pd  # late: takes half a second

    return None if pd.isna(value) else int(value)


def _faces(head: MeasuredWeek) -> list[FaceFigures]:
    """Visits that are done at households that know somebody, as the rule `known_face` asks of them."""
    facts = head.facts
    made: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for visit in facts.instance.visits:
        crew = facts.by_task[visit.id]
        home = household_of(facts.instance, visit)
        if (
            home is None
            or not home.known_people
            or is_elsewhere(visit.id)
            or not is_done(visit, crew)
        ):
            continue
        kind = PRIVATE if visit.id in head.hidden else visit.kind
        made[kind] += 1
        known[kind] += any(stop.person in home.known_people for stop in crew.values())
    return [
        FaceFigures(kind=kind, name=_kind(kind), visits=count, known=known[kind])
        for kind, count in sorted(made.items(), key=lambda one: (-one[1], one[0]))
    ]


_VERDICTS = ("nobody", "in_the_way", "can", "not_worth", None)


def _undone(asked: AskedWeek) -> list[UndoneFigures]:
    """By verdict, the most first."""
    trials = asked.trials
    slots = [one for one in undone_slots(trials) if not is_elsewhere(one.task)]
    found: Counter[tuple[Verdict | None, str]] = Counter()
    tried = 0
    for slot in slots:
        if trials.eligibility(slot.task).able[slot.slot].any():
            if tried == MOST_TRIED:
                found[None, "untried"] += 1
                continue
            tried += 1
        found[_reason(undone_reason(trials, slot.task, slot.slot))] += 1
    order = sorted(found, key=lambda one: (_VERDICTS.index(one[0]), -found[one], one[1]))
    return [
        UndoneFigures(
            verdict=verdict, rule=_rule(why), text=_why(verdict, why), slots=found[verdict, why]
        )
        for verdict, why in order
    ]


def _reason(reason: UndoneReason) -> tuple[Verdict | None, str]:
    """The verdict, and a rule's id or the name of another reason; "": there is nothing more to say."""
    if reason.pinned:
        return reason.verdict, "pinned"
    if not reason.starts:
        return reason.verdict, "no_start"
    if reason.undone:
        return reason.verdict, "predecessor"
    if reason.finding is not None:
        return reason.verdict, reason.finding.rule.rule.id
    if reason.verdict == "nobody":
        return reason.verdict, next(iter(reason.ruled_out), "")
    return reason.verdict, ""


_OTHER_REASONS = ("pinned", "no_start", "predecessor", "untried")


def _rule(why: str) -> str | None:
    return why if why and why not in _OTHER_REASONS else None


def _why(verdict: Verdict | None, why: str) -> Both:
    def told(lang: Lang) -> str:
        if why in _OTHER_REASONS:
            return say(f"pages.figures.why.{why}", lang)
        if not why:
            return say(f"pages.figures.why.only.{verdict}", lang)
        return say(f"pages.figures.why.{verdict}", lang, rule=rules()[why].name.fill(lang))

    return Both.of(told)
