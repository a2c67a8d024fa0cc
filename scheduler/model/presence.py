"""When a person is there."""

from collections.abc import Iterable

from scheduler.model.people import Person


def presence(person: Person) -> list[tuple[int, int]]:
    """Spans ``[start, end)`` in ticks of a person's availability, joined, with leave taken out."""
    spans = joined([(span.start, span.end) for span in person.availability])
    leave = joined([(away.start, away.end) for away in person.leave if away.start < away.end])
    left = []
    first = 0  # of the leave that may still touch a span
    for start, end in spans:
        while first < len(leave) and leave[first][1] <= start:
            first += 1
        number = first
        while number < len(leave) and leave[number][0] < end:
            if start < leave[number][0]:
                left.append((start, leave[number][0]))
            start = leave[number][1]
            number += 1
        if start < end:
            left.append((start, end))
    return left


def has_hours(person: Person, end: int) -> bool:
    """Whether some span of the availability lies in ``[0, end)``, leave or not."""
    return any(span.start < end and span.end > 0 for span in person.availability)


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, with those that touch made one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
