"""What a piece of work costs with everybody on every day, candidates as day strips, and why it is as it is."""

from typing import Annotated

from fastapi import Query

from scheduler.explain.day_strips import DayStrip, StripStop, day_strips
from scheduler.explain.price_words import price_in_words, refusal_in_words
from scheduler.explain.prices import Prices, Refused, TargetPrice, over_share, prices
from scheduler.messages.names import Names, is_elsewhere
from scheduler.model import InputError
from service import inputs
from service.problems import ServiceError, invalid
from service.routes.common import errors
from service.routes.explanations import explained_assignment
from service.routes.rooms import Room
from service.routes.weeks.asking import (
    AnswerLimit,
    Asked,
    AskedTask,
    SlotQuery,
    TaskQuery,
    known_task,
    local_moment,
    place_name,
    whole_minutes,
)
from service.weeks.asked import AskedWeek
from service.wire import Both
from service.wire.explanations import AssignmentOut
from service.wire.parts import SpanOut
from service.wire.weeks.answers import (
    CandidateList,
    CandidateOut,
    PersonPrices,
    PriceList,
    PriceOut,
    StripStopOut,
    WhyNotOut,
)

router = Room(prefix="/weeks/{week}", tags=["weeks"])


@router.get("/prices", responses=errors(404, 422))
def get_prices(
    asked: Asked,
    task: TaskQuery,
    slot: SlotQuery = None,
) -> PriceList:
    """What a slot (without one: the whole task) would cost with everybody on every day, at the best time there.

    Nothing else moves. Who cannot has one reason for each day.
    """
    try:
        found = prices(asked.trials, known_task(asked, task, "/query/task"), slot)
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/query/slot")) from None
    reasons: dict[tuple[str, str, str], int] = {}
    listed: list[WhyNotOut] = []

    def number(refused: Refused) -> int:
        out = _why_not(asked, refused)
        key = out.reason, out.rule or "", out.text.zh
        if key not in reasons:
            reasons[key] = len(listed)
            listed.append(out)
        return reasons[key]

    days = range(asked.facts.horizon.days)
    texts: dict[Refused | int, int] = {}

    def refused(person: str, day: int) -> int | None:
        why = found.refused.get((person, day))
        if why is None:
            return None
        same = why if why.finding is None else id(why)
        if same not in texts:
            texts[same] = number(why)
        return texts[same]

    return PriceList(
        week=asked.id,
        revision=asked.revision,
        task=found.task,
        slots=list(found.slots),
        removed=[asked.mask.assignment(part) for part in found.removed],
        people=[
            PersonPrices(
                person=person.id,
                prices=_of_person(asked, found, person.id),
                refused=[refused(person.id, day) for day in days],
            )
            for person in asked.facts.instance.people
            if not is_elsewhere(person.id)
        ],
        reasons=listed,
    )


@router.get("/tasks/{task:path}/candidates", responses=errors(404, 422))
def get_candidates(
    asked: Asked,
    task: AskedTask,
    slot: SlotQuery = None,
    day: Annotated[
        int | None, Query(ge=0, le=400, description="Only this day, 0: the first; left out: any.")
    ] = None,
    limit: AnswerLimit = 40,
) -> CandidateList:
    """Who could do it, the cheapest first, each with the day that it would fall into; then who cannot, and why."""
    if day is not None and day >= asked.facts.horizon.days:
        raise ServiceError("part_not_found", id=str(day))
    try:
        hidden = sum(is_elsewhere(person.id) for person in asked.facts.instance.people)
        rows = day_strips(asked.trials, task, slot, day, limit + hidden)
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/query/slot")) from None
    seen = [strip for strip in rows if not is_elsewhere(strip.person)]
    return CandidateList(
        week=asked.id,
        revision=asked.revision,
        candidates=[_candidate(asked, strip) for strip in seen[:limit]],
    )


@router.get("/tasks/{task:path}/why", responses=errors(404, 422))
def get_why(
    asked: Asked,
    task: AskedTask,
    slot: SlotQuery = None,
    most: Annotated[int, Query(ge=1, le=10, description="Alternatives of each kind.")] = 3,
) -> AssignmentOut:
    """Why this person at this time: what it is worth, and the best other ways."""
    if slot is None:
        slot = min(asked.facts.by_task[task], default=0)
    return explained_assignment(asked.mask, asked.trials, task, slot, most, "/query/slot")


def _of_person(asked: AskedWeek, found: Prices, person: str) -> list[PriceOut]:
    days = range(asked.facts.horizon.days)
    return [
        _price(asked, found.priced[person, day]) for day in days if (person, day) in found.priced
    ]


def _price(asked: AskedWeek, priced: TargetPrice) -> PriceOut:
    over = over_share(asked.trials, priced)
    return PriceOut(
        day=priced.day,
        text=asked.mask.said(price_in_words, priced, over),
        score=priced.change.score,
        assignments=[asked.mask.assignment(part) for part in priced.assignments],
        begins=_begins(asked, priced),
        way_minutes=whole_minutes(asked, priced.way),
        over_minutes=whole_minutes(asked, over),
    )


def _begins(asked: AskedWeek, priced: TargetPrice) -> str:
    part = priced.assignments[0]
    after = asked.facts.task_slots[part.task][part.slot].after[0]
    return local_moment(asked, part.start - after)


def _why_not(asked: AskedWeek, refused: Refused) -> WhyNotOut:
    return WhyNotOut(
        reason=refused.reason,
        rule=refused.rule or None,
        text=asked.mask.said(refusal_in_words, refused),
    )


def _candidate(asked: AskedWeek, strip: DayStrip) -> CandidateOut:
    person = asked.facts.instance.person_by_id[strip.person]
    ticks = asked.facts.horizon.day_ticks
    return CandidateOut(
        person=person.id,
        name=Both.named(asked.mask.week, Names.person, person.id),
        role=Both.named(asked.mask.week, Names.role, person.role),
        day=strip.day,
        price=_price(asked, strip.answer) if isinstance(strip.answer, TargetPrice) else None,
        why_not=_why_not(asked, strip.answer) if isinstance(strip.answer, Refused) else None,
        stops=[_stop(asked, stop) for stop in strip.stops],
        free=[
            SpanOut(start=local_moment(asked, start), end=local_moment(asked, end))
            for start, end in strip.free
        ],
        load_minutes=whole_minutes(asked, strip.load),
        share_minutes=None if strip.share is None else whole_minutes(asked, strip.share),
        known=strip.known,
        idle_days=None if strip.last is None else max(0, strip.day - (strip.last - 1) // ticks),
    )


def _stop(asked: AskedWeek, strip: StripStop) -> StripStopOut:
    stop = strip.stop
    return StripStopOut(
        task=stop.task.id,
        slot=stop.slot,
        name=asked.mask.said(Names.task, stop.task.id),
        place=place_name(asked, stop.task.id, stop.place),
        start=local_moment(asked, stop.start),
        end=local_moment(asked, stop.end),
        way_minutes=whole_minutes(asked, strip.way),
        new=strip.new,
    )
