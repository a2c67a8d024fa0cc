"""Weights and limits as data: what a rule costs, how travel is computed, what practice expects."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.calendar import Calendar
from scheduler.model.people import Break, Limits, Role
from scheduler.model.score import Level
from scheduler.model.work import Risk, Way


class RuleSetting(Record):
    """What an instance changes about one rule; a field left out keeps the rule's own default."""

    on: bool = True
    """False: the rule is switched off."""
    level: Level | None = None
    """Whether it must hold, or at which level it costs points."""
    weight: int | None = Field(default=None, ge=0)
    """Points for one unit of the rule's amount."""


_MOST_WRONG = 200


def _numbers(rows: Any) -> Any:
    """A table of minutes as it is; one fault instead of one for each entry where many are no numbers."""
    wrong = 0
    for row in rows.values() if isinstance(rows, dict) else rows if isinstance(rows, list) else ():
        entries = (
            row.values() if isinstance(row, dict) else row if isinstance(row, list) else (row,)
        )
        wrong += sum(type(entry) is not int and entry is not None for entry in entries)
        if wrong > _MOST_WRONG:
            raise PydanticCustomError("int_parsing", "whole minutes")
    return rows


class StraightLine(Record):
    """Travel by distance as the crow flies, times a detour, over the speed of the mode."""

    kind: Literal["straight_line"] = "straight_line"
    """Says that this is travel as the crow flies."""
    detour: float = Field(default=1.3, ge=1, le=100)
    """Factor by which the way is longer than the straight line."""
    metres_per_minute: dict[Literal["walk", "e_bike"], int] = {"walk": 70, "e_bike": 220}
    """Speed by mode."""
    parking_minutes: dict[Literal["walk", "e_bike"], int] = {"walk": 0, "e_bike": 2}
    """Added to every way between two different places."""
    same_area_minutes: int = Field(default=5, ge=0)
    """The way between two places of one area where one of them has no point, whatever the mode."""
    other_area_minutes: int = Field(default=15, ge=0)
    """As `same_area_minutes`, between places of two areas, or of none."""
    known_minutes: Annotated[
        dict[str, Annotated[dict[str, int | None], Field(max_length=most.PLACES)]],
        BeforeValidator(_numbers),
    ] = Field(default={}, max_length=most.PLACES)
    """Ways that somebody timed, from place id to place id, for every mode; they come before all else. null:
    there is no way, within a working day. A way given in one direction only holds in both."""


class Matrix(Record):
    """Travel by table; every place of the instance stands in it."""

    kind: Literal["matrix"] = "matrix"
    """Says that this is travel by table."""
    places: tuple[str, ...] = Field(max_length=most.TABLE)
    """Place ids, in the order of rows and columns."""
    minutes: Annotated[
        tuple[Annotated[tuple[int | None, ...], Field(max_length=most.TABLE)], ...],
        BeforeValidator(_numbers),
    ] = Field(max_length=most.TABLE)
    """Square, ticks, row = from. Need not be symmetric. null: there is no way, within a working day."""


class Roads(Record):
    """Travel by a road server that the installation's settings name."""

    kind: Literal["road"] = "road"
    """Says that this is travel by road."""
    server: str = Field(min_length=1, max_length=100)
    """Name of the server; its address stands in the settings of the service or, on the command line, in
    the file that the environment variable LIANXIN_ROADS names."""
    parking_minutes: dict[Literal["walk", "e_bike"], int] = {"walk": 0, "e_bike": 2}
    """Added to every way between two different places, by mode."""

    @model_validator(mode="before")
    @classmethod
    def _no_address(cls, data: Any) -> Any:
        if isinstance(data, dict) and "url" in data:
            raise PydanticCustomError("road_url_here", "a name of a server, not an address")
        return data


Travel = Annotated[StraightLine | Matrix | Roads, Field(discriminator="kind")]

DEFAULT_LIMITS = Limits(
    daily_minutes=480,
    daily_overtime=180,
    period_overtime=540,
    weekly_minutes=2640,
    contract_minutes=2400,
    rest_minutes=660,
    days_in_row_max=6,
    weekly_days=6,
    breaks=Break(start=690, end=810, minutes=45),
)
"""8 h a day, 44 h a week at most (40 by contract), a rest day a week: Labour Law art. 36, 38, 41."""

VOLUNTEER_LIMITS = Limits(
    daily_minutes=240,
    daily_overtime=0,
    weekly_minutes=480,
    contract_minutes=240,
    weekly_tasks=4,
    daily_tasks=2,
)


class Duties(Record):
    """What practice expects of standing duties."""

    every_days: dict[Risk, int] = {Risk.HIGH: 7, Risk.KEY: 30, Risk.GENERAL: 90}
    """Rhythm by risk class."""
    follow_up_days: dict[str, int] = Field(
        default={"unstable": 14, "nearly_stable": 30, "stable": 90}, max_length=most.KINDS
    )
    """Next date after a counselling or mental-health visit, by its outcome."""
    priority: dict[Risk, int] = {Risk.HIGH: 5, Risk.KEY: 4, Risk.GENERAL: 2}
    """Priority of a duty's visits, by risk class."""
    early_days: dict[Risk, int] = {Risk.HIGH: 3, Risk.KEY: 7, Risk.GENERAL: 14}
    """How many days before it is due a visit may be made."""
    ways: dict[Risk, Annotated[tuple[Way, ...], Field(max_length=most.NEEDS)]] = {
        Risk.HIGH: (Way(kind="door", duration=30), Way(kind="phone", duration=10, remote=True)),
        Risk.KEY: (Way(kind="door", duration=30),),
        Risk.GENERAL: (Way(kind="door", duration=20),),
    }
    """Ways of doing a duty that count, best first, by risk class."""
    hours: tuple[int, int] = (540, 1140)
    """Visiting hours, ticks after midnight, between which a visit may start."""


class Settings(Record):
    """Everything that is a choice and not a fact."""

    rules: dict[str, RuleSetting] = Field(default={}, max_length=most.KINDS)
    """By rule id (its file name)."""
    calendar: Calendar = Calendar()
    """Public holidays and make-up workdays."""
    travel: Travel = StraightLine()
    """How the minutes between places are computed."""
    travel_counts: bool = True
    """Travel between stops counts as work."""
    late_at: Literal["start", "end"] = "start"
    """Whether a visit is late by its start or its end."""
    rest_on_duty: bool = False
    """The rest owed on a working day lies between the arrival at the first stop and the way home; else
    it may lie before or after them as well."""
    work_past_end: bool = False
    """Work may go on after a day's last presence ends, until midnight; the return is then late, at its price."""
    pause_at_home: int | None = Field(default=None, ge=0)
    """Ticks; over a pause of this length in their presence, within a working day, people go home and
    come again; 0: nobody does, None: over four hours. Only who has a start place and an end place."""
    limits: dict[Role | Literal["default"], Limits] = {
        "default": DEFAULT_LIMITS,
        Role.PARTY_VOLUNTEER: VOLUNTEER_LIMITS,
        Role.RESIDENT_VOLUNTEER: VOLUNTEER_LIMITS,
        Role.BUILDING_CAPTAIN: VOLUNTEER_LIMITS,
        Role.MICRO_GRID_WORKER: VOLUNTEER_LIMITS,
    }
    """By role; a person's own limits come first, then the role's, then "default" (paid roles only)."""
    priority_points: tuple[int, int, int, int, int] = (1, 2, 5, 10, 25)
    """Medium points of an empty slot, by priority 1 to 5."""
    start_every: int = Field(default=1, ge=1)
    """Visits start at multiples of this many ticks after midnight, where their window has one; searches
    look at no other starts. 1: at any. What was published or pinned keeps its start."""
    target_points: int = Field(default=200, ge=0)
    """Soft points of a shift's slot left empty between minimum and target."""
    period_end: date | None = None
    """Last day of the planning period, for tasks and weekends in all; None: the horizon's last day."""
    forbidden_sequences: tuple[tuple[str, str], ...] = Field(default=(), max_length=most.CHOICES)
    """Pairs of kinds: the second may not be worked the day after the first."""
    duties: Duties = Duties()
    """Rhythms, ways and hours of standing duties."""
    counselling_kinds: tuple[str, ...] = Field(default=("counselling",), max_length=most.KINDS)
    """Kinds of visit that are counselling: no minors, always impartial."""
