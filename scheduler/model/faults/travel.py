"""Travel settings that cannot work: tables that do not fit, speeds of zero, roads to places without a point."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from scheduler.model.errors import Problem, warning
from scheduler.model.instance import Instance
from scheduler.model.people import Person
from scheduler.model.pointer import Words, nearest, pointer, shortened
from scheduler.model.settings import Matrix, Roads, StraightLine

_MODES: tuple[str, ...] = get_args(Person.model_fields["mode"].annotation)
_TICKS_MOST = 10**8
"""Most ticks from place to place: sums stay far inside 32 bits."""


def travel(instance: Instance) -> Iterator[Problem]:
    """Faults of the travel settings against the places."""
    settings = instance.settings.travel
    if isinstance(settings, Matrix):
        yield from _matrix(instance, settings)
        return
    if isinstance(settings, Roads):
        yield from _roads(instance)
    else:
        yield from _without_points(instance, settings)
        yield from _known(instance, settings)
        yield from _modes(settings.metres_per_minute, 1, "metres_per_minute")
    yield from _modes(settings.parking_minutes, 0, "parking_minutes")


def _roads(instance: Instance) -> Iterator[Problem]:
    for index, place in enumerate(instance.places):
        if place.point is None:
            yield Problem(
                code="place_without_point",
                pointer=pointer("places", index, "point"),
                value=shortened(place.id),
            )


def _without_points(instance: Instance, settings: StraightLine) -> Iterator[Problem]:
    """One warning for all places without a point, but for those to which all ways are known: which minutes are taken."""
    timed: dict[str, set[str]] = {}
    for start, ways in settings.known_minutes.items():
        for end in ways:
            timed.setdefault(start, set()).add(end)
            timed.setdefault(end, set()).add(start)
    ids = {place.id for place in instance.places}
    blind = [
        index
        for index, place in enumerate(instance.places)
        if place.point is None and len(ids & timed.get(place.id, set()) - {place.id}) < len(ids) - 1
    ]
    if blind:
        slots = {
            "count": str(len(blind)),
            "same": str(settings.same_area_minutes),
            "other": str(settings.other_area_minutes),
        }
        at = ("places", blind[0], "point")
        yield warning("ways_by_default", at, instance.places[blind[0]].name, slots)


def _known(instance: Instance, settings: StraightLine) -> Iterator[Problem]:
    """Ways that somebody timed between places that are not there, or in no number of minutes."""
    ids = {place.id for place in instance.places}
    words = Words(ids)
    most = _TICKS_MOST // instance.horizon.ticks_per_minute
    for start, ends in settings.known_minutes.items():
        at = ("settings", "travel", "known_minutes", start)
        yield from _known_place(ids, words, start, *at)
        for end, minutes in ends.items():
            yield from _known_place(ids, words, end, *at, end)
            if minutes is not None and not 0 <= minutes <= most:
                slots = {"most": str(most), "from": shortened(start), "to": shortened(end)}
                yield Problem(
                    code="matrix_entry",
                    pointer=pointer(*at, end),
                    value=str(minutes),
                    slots=slots | {"count": "1"},
                )


def _known_place(ids: set[str], words: Words, name: str, *at: str) -> Iterator[Problem]:
    if name not in ids:
        slots = {"suggestion": nearest(name, words)}
        yield warning("unknown_place", at, name, slots)


def _modes(table: Mapping[Any, int], least: int, field: str) -> Iterator[Problem]:
    """Modes that are missing from the table, or whose number is below `least`."""
    for mode in _MODES:
        at = pointer("settings", "travel", field, mode)
        if mode not in table:
            yield Problem(code="missing_field", pointer=at, slots={"field": mode})
        elif table[mode] < least:
            yield Problem(
                code="too_small", pointer=at, value=str(table[mode]), slots={"least": str(least)}
            )


def _entries(settings: Matrix) -> Iterator[Problem]:
    """One fault for all ways that are no number of ticks, at the first of them."""
    wrong = [
        (number, column, ticks)
        for number, row in enumerate(settings.minutes)
        for column, ticks in enumerate(row)
        if ticks is not None and not 0 <= ticks <= _TICKS_MOST
    ]
    if wrong:
        number, column, ticks = wrong[0]
        names = dict(enumerate(settings.places))
        yield Problem(
            code="matrix_entry",
            pointer=pointer("settings", "travel", "minutes", number, column),
            value=str(ticks),
            slots={
                "most": str(_TICKS_MOST),
                "from": shortened(names.get(number, str(number))),
                "to": shortened(names.get(column, str(column))),
                "count": str(len(wrong)),
            },
        )


def _matrix(instance: Instance, settings: Matrix) -> Iterator[Problem]:
    side = len(settings.places)
    if len(settings.minutes) != side:
        yield Problem(
            code="matrix_row_count",
            pointer="/settings/travel/minutes",
            value=str(len(settings.minutes)),
            slots={"expected": str(side)},
        )
    for number, row in enumerate(settings.minutes):
        at = ("settings", "travel", "minutes", number)
        if len(row) != side:
            yield Problem(
                code="matrix_row_length",
                pointer=pointer(*at),
                value=str(len(row)),
                slots={"expected": str(side)},
            )
    yield from _entries(settings)
    words = Words(place.id for place in instance.places)
    first: dict[str, int] = {}
    for number, name in enumerate(settings.places):
        at = ("settings", "travel", "places", number)
        if name not in instance.place_by_id:
            yield Problem(
                code="unknown_place",
                pointer=pointer(*at),
                value=shortened(name),
                severity="warning",
                slots={"suggestion": nearest(name, words)},
            )
        elif first.setdefault(name, number) != number:
            yield Problem(
                code="duplicate_id",
                pointer=pointer(*at),
                value=shortened(name),
                slots={"first": pointer("settings", "travel", "places", first[name])},
            )
    listed = set(settings.places)
    for index, place in enumerate(instance.places):
        if place.id not in listed:
            yield Problem(
                code="place_not_in_matrix",
                pointer=pointer("places", index, "id"),
                value=shortened(place.id),
            )
