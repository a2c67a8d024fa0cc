"""Who can be sent: people with their roles, skills, availability, work limits and wishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from annotated_types import BaseMetadata, Ge, GroupedMetadata, Le, MaxLen
from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.time import Moment


class Role(StrEnum):
    """The kinds of people a sub-district can call on (岗位)."""

    CHIEF_GRID_OFFICER = "chief_grid_officer"
    GRID_WORKER = "grid_worker"
    MICRO_GRID_WORKER = "micro_grid_worker"
    PARTY_VOLUNTEER = "party_volunteer"
    COUNSELLOR = "counsellor"
    BUILDING_CAPTAIN = "building_captain"
    RESIDENT_VOLUNTEER = "resident_volunteer"
    PARTNER = "partner"


VOLUNTEERS = frozenset(
    {Role.PARTY_VOLUNTEER, Role.BUILDING_CAPTAIN, Role.RESIDENT_VOLUNTEER, Role.MICRO_GRID_WORKER}
)
"""Roles whose people give their time: they do only what they agreed to do."""


class Window(Record):
    """A half-open span ``[from, to)``. For a visit it bounds the start, not the end."""

    start: Moment = Field(alias="from")
    """First moment inside."""
    end: Moment = Field(alias="to")
    """First moment no longer inside."""
    due: Moment | None = None
    """Visits only: a start (or end, see settings) after this moment is late, at a cost."""


class Break(Record):
    """A rest owed on a working day: `minutes` free of work and travel, somewhere in ``[from, to]``."""

    start: int = Field(alias="from", ge=0)
    """Ticks after midnight; the earliest start of the rest."""
    end: int = Field(alias="to", ge=0)
    """Ticks after midnight; the latest end of the rest."""
    minutes: int = Field(gt=0)
    """Length in ticks."""
    beyond: int | None = Field(default=None, ge=0)
    """Owed on a day that lasts longer than this from first start to last end, ticks. None: six hours."""
    within: int | None = Field(default=None, ge=0)
    """Work of at least this many ticks in one piece holds the rest itself, as a long shift holds its
    meal, where it shares `minutes` with these hours. None: six hours."""


Unit = Literal["ticks", "count", "clock", "counts", "durations", "flag", "rest"]
"""What a limit's value is: a duration, a number, ticks after midnight, numbers or durations by kind,
whether it is wanted, or a `Break`."""
Whole = Annotated[int, Field(ge=0)]
"""A number that is not negative."""


@dataclass(frozen=True)
class LimitSpec(GroupedMetadata):
    """How people call a limit, as over its column of the workbook, and what values it may have.

    least, most: bounds of a number, both included; None: no bound
    """

    zh: str
    en: str
    unit: Unit
    least: int = 0
    most: int | None = None

    def __iter__(self) -> Iterator[BaseMetadata]:
        """The bounds, as pydantic knows them."""
        if self.unit in ("ticks", "count", "clock"):
            yield Ge(self.least)
            if self.most is not None:
                yield Le(self.most)
        elif self.unit in ("counts", "durations"):
            yield MaxLen(most.KINDS)


class Limits(Record):
    """Work limits of a person; a field left out falls back to the role's, then to the default.

    Durations are ticks (minutes unless the horizon says otherwise).
    """

    # A limit is one field here and a rule that names it: JSON Schema, workbook and checks follow.

    daily_minutes: Annotated[int | None, LimitSpec("每日工时", "Minutes a day", "ticks")] = None
    """Ordinary work in a day, travel included where settings say so; beyond it is overtime."""
    daily_overtime: Annotated[int | None, LimitSpec("每日加班", "Overtime a day", "ticks")] = None
    """Most overtime in a day."""
    period_overtime: Annotated[int | None, LimitSpec("周期加班", "Overtime in all", "ticks")] = None
    """Most overtime over the horizon, less what history says was used already."""
    weekly_minutes: Annotated[int | None, LimitSpec("每周最多", "Most a week", "ticks")] = None
    """Most work in a calendar week, overtime included."""
    contract_minutes: Annotated[int | None, LimitSpec("约定周工时", "Contract a week", "ticks")] = (
        None
    )
    """Agreed work in a week; the fair share is measured against it."""
    period_minutes_max: Annotated[int | None, LimitSpec("周期最多", "Most in all", "ticks")] = None
    """Most work over the whole horizon."""
    period_minutes_min: Annotated[int | None, LimitSpec("周期最少", "Least in all", "ticks")] = None
    """Least work over the whole horizon."""
    daily_tasks: Annotated[int | None, LimitSpec("每日任务数", "Tasks a day", "count")] = None
    """Most visits and shifts in a day."""
    weekly_tasks: Annotated[int | None, LimitSpec("每周任务数", "Tasks a week", "count")] = None
    """Most visits and shifts in a calendar week (volunteers' own limit)."""
    rest_minutes: Annotated[int | None, LimitSpec("两天间休息", "Rest between days", "ticks")] = (
        None
    )
    """Least rest between the end of one day's work and the start of the next day's."""
    days_in_row_max: Annotated[
        int | None, LimitSpec("最多连续工作天数", "Most days in a row", "count", least=1)
    ] = None
    """Most days of work in a row, days before the horizon included."""
    days_in_row_min: Annotated[
        int | None, LimitSpec("最少连续工作天数", "Least days in a row", "count", least=1)
    ] = None
    """Least days of work in a row; a run that touches the horizon's end may go on outside."""
    days_off_min: Annotated[
        int | None, LimitSpec("最少连休天数", "Least days off in a row", "count", least=1)
    ] = None
    """Least days off in a row; a run that touches the horizon's end may go on outside."""
    days_off_max: Annotated[
        int | None, LimitSpec("最多连休天数", "Most days off in a row", "count", least=1)
    ] = None
    """Most days off in a row, days before the horizon included."""
    weekly_days: Annotated[
        int | None, LimitSpec("每周工作天数", "Days a week", "count", most=7)
    ] = None
    """Most days of work in a calendar week (6 leaves a rest day)."""
    weekends: Annotated[int | None, LimitSpec("工作周末数", "Weekends", "count")] = None
    """Most weekends with work in the planning period (see the settings' `period_end`)."""
    complete_weekends: Annotated[
        bool | None, LimitSpec("周末两天同上同休", "Complete weekends", "flag")
    ] = None
    """Both days of a weekend are worked, or neither."""
    period_tasks_max: Annotated[
        int | None, LimitSpec("周期任务数上限", "Most tasks in all", "count")
    ] = None
    """Most visits and shifts in the planning period, what history says of it included."""
    period_tasks_min: Annotated[
        int | None, LimitSpec("周期任务数下限", "Least tasks in all", "count")
    ] = None
    """Least visits and shifts in the planning period; asked where it ends with the horizon."""
    public_holidays: Annotated[
        int | None, LimitSpec("公共假日上班天数", "Public holidays", "count")
    ] = None
    """Most public holidays with work in the horizon (0: none), but for kinds that the calendar leaves open."""
    kind_counts: Annotated[
        dict[str, int] | None, LimitSpec("班次类别次数", "Shifts of a kind", "counts")
    ] = None
    """Most visits and shifts of a kind over the horizon, by kind."""
    kind_in_row_max: Annotated[
        dict[str, Whole] | None, LimitSpec("同类最多连续天数", "Most of a kind in a row", "counts")
    ] = None
    """Most days in a row with a kind of work, by kind; days before the horizon included."""
    kind_in_row_min: Annotated[
        dict[str, Whole] | None, LimitSpec("同类最少连续天数", "Least of a kind in a row", "counts")
    ] = None
    """Least days in a row with a kind of work, by kind; a run at the horizon's end may go on outside."""
    rest_after_run: Annotated[
        dict[str, Whole] | None, LimitSpec("同类连班后休息", "Rest after a run", "durations")
    ] = None
    """By kind: least rest between a run of days in a row with it and the next work of any kind."""
    rest_after_run_from: Annotated[
        dict[str, Whole] | None, LimitSpec("连班几天起休息", "Run that asks for rest", "counts")
    ] = None
    """By kind: how many days in a row ask for the rest after a run; a kind left out: 1."""
    evening_from: Annotated[int | None, LimitSpec("最晚下班", "Latest end", "clock")] = None
    """No work that ends after this many ticks from midnight (minors)."""
    breaks: Annotated[Break | None, LimitSpec("休息", "Break", "rest")] = None
    """The rest owed on a working day."""

    @classmethod
    def specs(cls) -> dict[str, LimitSpec]:
        """Wording and bounds of every limit, in the order of the fields."""
        return {
            name: next(item for item in field.metadata if isinstance(item, LimitSpec))
            for name, field in cls.model_fields.items()
        }

    def __eq__(self, other: object) -> bool:
        """Whether the same limits are set, to the same: see `_only_set`."""
        if not isinstance(other, Limits) or self.model_fields_set != other.model_fields_set:
            return False
        return super().__eq__(other)

    @model_serializer(mode="wrap")
    def _only_set(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # A limit set to None (no limit) is not the same as one left out (the role's).
        written = handler(self)
        return {
            field: written.get(field)
            for field in type(self).model_fields
            if field in self.model_fields_set
        }


class Wish(Record):
    """What a person hopes for; each field left out matches everything.

    A wanted wish costs `weight` points when no assignment matches it; an unwanted one costs `weight`
    points for each assignment that does.
    """

    want: bool = True
    """True: please give me this. False: please not."""
    days: tuple[date, ...] = Field(default=(), max_length=most.SPANS)
    """Days that the wish is about; empty means every day."""
    kind: str | None = None
    """Kind of visit or shift."""
    place: str | None = None
    """Place id."""
    weight: int = Field(default=20, ge=0)
    """Points."""


class Person(Record):
    """Somebody who can be assigned, named by role and number rather than by name."""

    id: str
    """Unique among people; other records refer to it by this id."""
    name: str
    """Shown to people."""
    role: Role
    """What kind of person this is to the office."""
    skills: dict[str, int] = Field(default={}, max_length=most.NEEDS)
    """Skill id to level, 1 and up."""
    skill_until: dict[str, date] = Field(default={}, max_length=most.NEEDS)
    """By skill id: the last day on which the person has it; left out: for good."""
    gender: Literal["f", "m"] | None = None
    """None: not known."""
    areas: tuple[str, ...] = Field(default=(), max_length=most.AREAS)
    """Areas the person is responsible for (with everything below them); empty means anywhere."""
    clearance: bool = False
    """May be sent to private cases."""
    minor: bool = False
    """Under 18: no evening work and no counselling."""
    mode: Literal["walk", "e_bike"] = "walk"
    """How they get about."""
    start_place: str | None = None
    """Where the day starts; nobody leaves it before their availability begins. None: at the first stop."""
    end_place: str | None = None
    """Where the day ends; the way back is travel."""
    home: str | None = None
    """Place of the person's own home or building."""
    kin: tuple[str, ...] = Field(default=(), max_length=most.CHOICES)
    """Households of relatives, where the person may not counsel or inspect."""
    availability: tuple[Window, ...] = Field(default=(), max_length=most.SPANS)
    """Spans of presence; work lies inside one of them."""
    leave: tuple[Window, ...] = Field(default=(), max_length=most.SPANS)
    """Spans of absence, taken out of the availability."""
    agreed: tuple[str, ...] | None = Field(default=None, max_length=most.KINDS)
    """Kinds of work a volunteer agreed to do; None: every kind the role may do."""
    limits: Limits = Limits()
    """Their own work limits; what is left out is the role's."""
    wishes: tuple[Wish, ...] = Field(default=(), max_length=most.SPANS)
    """What they hope for."""
