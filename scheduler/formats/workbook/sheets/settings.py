"""The sheets of what is a choice and not a fact: horizon and settings, work limits, rules' weights."""

from scheduler.formats.workbook.cells.kinds import (
    CellKind,
    Choice,
    Codes,
    Counts,
    Number,
    Points,
    Sequences,
    Unlimited,
)
from scheduler.formats.workbook.cells.moments import (
    Clock,
    Clocks,
    Date,
    Durations,
    NamedDates,
    RestSpan,
)
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.shared import CODE, DURATION, HOURS, INTEGER, TEXT, YES_NO
from scheduler.model import Limits
from scheduler.model.people import LimitSpec, Unit

SETTINGS = Sheet(
    "settings",
    (
        Column("id", CODE),
        Column("title", TEXT),
        Column("horizon.start", Date(), required=True),
        Column("horizon.days", INTEGER, required=True),
        Column("affected", Codes()),
        Column("settings.calendar.country", Choice("country")),
        Column("settings.calendar.holidays", NamedDates()),
        Column("settings.calendar.workdays", NamedDates()),
        Column("settings.calendar.open_kinds", Codes()),
        Column("settings.travel_counts", YES_NO),
        Column("settings.late_at", Choice("late_at")),
        Column("settings.rest_on_duty", YES_NO),
        Column("settings.work_past_end", YES_NO),
        Column("coordinates", Choice("coordinates")),
        Column("settings.travel.same_area_minutes", INTEGER),
        Column("settings.travel.other_area_minutes", INTEGER),
        Column("settings.travel.detour", Number()),
        Column("settings.travel.metres_per_minute.walk", INTEGER),
        Column("settings.travel.metres_per_minute.e_bike", INTEGER),
        Column("settings.travel.parking_minutes.walk", INTEGER),
        Column("settings.travel.parking_minutes.e_bike", INTEGER),
        Column("settings.priority_points", Points()),
        Column("settings.start_every", INTEGER),
        Column("settings.pause_at_home", DURATION),
        Column("settings.target_points", INTEGER),
        Column("settings.period_end", Date()),
        Column("settings.forbidden_sequences", Sequences()),
        Column("settings.counselling_kinds", Codes(empty_word=True)),
        Column("settings.duties.hours", Clocks()),
        Column("settings.duties.every_days.high", INTEGER),
        Column("settings.duties.every_days.key", INTEGER),
        Column("settings.duties.every_days.general", INTEGER),
        Column("settings.duties.early_days.high", INTEGER),
        Column("settings.duties.early_days.key", INTEGER),
        Column("settings.duties.early_days.general", INTEGER),
        Column("settings.duties.priority.high", INTEGER),
        Column("settings.duties.priority.key", INTEGER),
        Column("settings.duties.priority.general", INTEGER),
        Column("settings.duties.follow_up_days", Counts(empty_word=True)),
    ),
    required=True,
    example=False,
)
"""One item in each row: its name in the first column, its value in the second."""

_LIMIT_KINDS: dict[Unit, tuple[CellKind, int]] = {
    "ticks": (HOURS, 12),
    "count": (INTEGER, 12),
    "clock": (Clock(), 12),
    "counts": (Counts(empty_word=True), 18),
    "durations": (Durations(), 18),
    "flag": (YES_NO, 8),
    "rest": (RestSpan(), 18),
}
"""What a limit's cells hold, and how wide its column is."""


def limit_column(name: str, spec: LimitSpec, before: str = "") -> Column:
    """The column of a limit. before: the beginning of its field, where limits are a part of the record."""
    kind, width = _LIMIT_KINDS[spec.unit]
    return Column(
        f"{before}{name}", Unlimited(kind), width=width, heads={"zh": spec.zh, "en": spec.en}
    )


LIMITS = Sheet(
    "limits",
    (
        Column("role", Choice("limits_role"), width=14),
        Column("person", CODE, refers="people"),
        *(limit_column(name, spec) for name, spec in Limits.specs().items()),
    ),
    example=False,
)
RULES = Sheet(
    "rules",
    (
        Column("rule", CODE, required=True, width=24),
        Column("name", TEXT, width=26, shown=True),
        Column("on", YES_NO),
        Column("level", Choice("level")),
        Column("weight", INTEGER),
        Column("default", TEXT, width=22, shown=True),
    ),
    example=False,
)
