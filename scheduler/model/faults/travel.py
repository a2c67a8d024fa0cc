"""Travel settings that cannot work: tables that do not fit, speeds of zero, places without a point."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args
from urllib.parse import urlsplit

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.people import Person
from scheduler.model.pointer import nearest, pointer, shortened
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
    for index, place in enumerate(instance.places):
        if place.point is None:
            yield Problem(
                code="place_without_point",
                pointer=pointer("places", index, "point"),
                value=shortened(place.id),
            )
    yield from _modes(settings.parking_minutes, 0, "parking_minutes")
    if isinstance(settings, StraightLine):
        yield from _modes(settings.metres_per_minute, 1, "metres_per_minute")
    if isinstance(settings, Roads) and urlsplit(settings.url).scheme not in ("http", "https"):
        yield Problem(
            code="road_url", pointer="/settings/travel/url", value=shortened(settings.url)
        )


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
    ids = [place.id for place in instance.places]
    for number, name in enumerate(settings.places):
        at = ("settings", "travel", "places", number)
        if name not in instance.place_by_id:
            yield Problem(
                code="unknown_place",
                pointer=pointer(*at),
                value=shortened(name),
                severity="warning",
                slots={"suggestion": nearest(name, ids)},
            )
        elif name in settings.places[:number]:
            first = pointer("settings", "travel", "places", settings.places.index(name))
            yield Problem(
                code="duplicate_id",
                pointer=pointer(*at),
                value=shortened(name),
                slots={"first": first},
            )
    listed = set(settings.places)
    for index, place in enumerate(instance.places):
        if place.id not in listed:
            yield Problem(
                code="place_not_in_matrix",
                pointer=pointer("places", index, "id"),
                value=shortened(place.id),
            )
