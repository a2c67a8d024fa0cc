"""How much work a person's contract asks for over the horizon, and their fair share."""

from collections import Counter
from collections.abc import Iterable

from scheduler.model import Horizon, Instance
from scheduler.model.presence import presence

Spans = list[tuple[int, int]]


def contract(instance: Instance, person: str) -> int | None:
    """Ticks: a fifth of the weekly contract for each Monday to Friday; None without a contract.

    So horizons of five working days and of a whole week ask for the same. By the calendar of the
    settings, public holidays are no working days, and weekend days that make up for them are.
    """
    weekly = instance.limits(person).contract_minutes
    if weekly is None:
        return None
    return weekly * (instance.horizon.days - len(instance.days_off)) // 5


def share(instance: Instance, person: str) -> int | None:
    """Ticks that the horizon may ask for: the contract's less what leave takes; 0 of who is never there.

    A fifth of the week's contract falls on each Monday to Friday of their hours, or on every day of
    them where all lie on weekends; leave takes what no longer fits. None without a contract; where
    ``availability`` is off, everybody is there all the time.
    """
    return instance.of_person(_share, person)


def _share(instance: Instance, person: str) -> int | None:
    agreed = contract(instance, person)
    setting = instance.settings.rules.get("availability")
    if agreed is None or (setting is not None and not setting.on):
        return agreed
    record = instance.person_by_id[person]
    if not record.leave:
        spans = ((span.start, span.end) for span in record.availability)
        return agreed if _within(spans, 0, instance.horizon.end) else 0
    if not _within(presence(record), 0, instance.horizon.end):
        return 0
    hours = presence(record.model_copy(update={"leave": ()}))
    weekly = instance.limits(person).contract_minutes or 0
    before = _fifths(instance.horizon, hours, weekly)
    after = Counter(_fifths(instance.horizon, presence(record), weekly))
    days = [day for day in before if day not in instance.days_off] or before
    return agreed * sum(after[day] for day in days) // (sum(before[day] for day in days) or 1)


def _fifths(horizon: Horizon, spans: Spans, weekly: int) -> dict[int, int]:
    """Day → ticks, times five, of a fifth of the contract that fit into the spans; only days with any.

    So an hour's leave takes nothing from a day that is long enough without it.
    """
    length = horizon.day_ticks
    return {
        day: part
        for day in range(horizon.days)
        if (part := min(weekly, 5 * _within(spans, day * length, (day + 1) * length)))
    }


def _within(spans: Iterable[tuple[int, int]], first: int, last: int) -> int:
    """Ticks of the spans in ``[first, last)``."""
    return sum(max(0, min(end, last) - max(start, first)) for start, end in spans)


def fair_share(instance: Instance, person: str) -> int | None:
    """Ticks: the person's share of the horizon, plus what history lacks of earlier ones; at least 0.

    None without a contract.
    """
    asked = share(instance, person)
    if asked is None:
        return None
    past = instance.past(person)
    return max(0, asked + past.fair_minutes - past.minutes)
