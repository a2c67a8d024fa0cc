"""The one table of the workbook: every sheet, its columns, and what their cells hold."""

from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.kinds import (
    CellKind,
    Choice,
    Choices,
    Code,
    Codes,
    Counts,
    Duration,
    FreeText,
    Integer,
    Interval,
    Number,
    PerSlot,
    Points,
    Sequences,
    Unlimited,
    YesNo,
)
from scheduler.formats.workbook.moments import (
    Clock,
    Clocks,
    Date,
    Dates,
    Durations,
    Moment,
    NamedDates,
    RestSpan,
    Spans,
)
from scheduler.formats.workbook.text import folded
from scheduler.messages import LANGS, say
from scheduler.model import Limits
from scheduler.model.people import LimitSpec, Unit

CODE, TEXT, INTEGER, YES_NO = Code(), FreeText(), Integer(), YesNo()
IDS, DURATION, SPANS = Codes(), Duration(), Spans()
SKILLS = Counts(alone=1)
ROLES = Choices("role")


def _id(width: int = 14) -> Column:
    return Column("id", CODE, required=True, width=width)


_LIMIT_KINDS: dict[Unit, tuple[CellKind, int]] = {
    "ticks": (DURATION, 12),
    "count": (INTEGER, 12),
    "clock": (Clock(), 12),
    "counts": (Counts(empty_word=True), 18),
    "durations": (Durations(), 18),
    "flag": (YES_NO, 8),
    "rest": (RestSpan(), 18),
}
"""What a limit's cells hold, and how wide its column is."""


def _limit(name: str, spec: LimitSpec) -> Column:
    kind, width = _LIMIT_KINDS[spec.unit]
    return Column(name, Unlimited(kind), width=width, heads={"zh": spec.zh, "en": spec.en})


def _sums(span: str) -> tuple[Column, ...]:
    """What a week, month or year that has begun holds already."""
    return (
        Column(f"{span}.minutes", DURATION),
        Column(f"{span}.days", INTEGER),
        Column(f"{span}.tasks", INTEGER),
        Column(f"{span}.weekends", INTEGER),
    )


SETTINGS = Sheet(
    "settings",
    (
        Column("id", CODE, required=True),
        Column("title", TEXT),
        Column("horizon.start", Date(), required=True),
        Column("horizon.days", INTEGER, required=True),
        Column("settings.calendar.country", Choice("country")),
        Column("settings.calendar.holidays", NamedDates()),
        Column("settings.calendar.workdays", NamedDates()),
        Column("settings.calendar.open_kinds", Codes()),
        Column("settings.travel_counts", YES_NO),
        Column("settings.late_at", Choice("late_at")),
        Column("settings.rest_on_duty", YES_NO),
        Column("settings.work_past_end", YES_NO),
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

AREAS = Sheet(
    "areas",
    (
        _id(),
        Column("name", TEXT, required=True, width=20),
        Column("kind", Choice("area_kind"), required=True),
        Column("parent", CODE, refers="areas"),
    ),
)
PLACES = Sheet(
    "places",
    (
        _id(),
        Column("name", TEXT, required=True, width=22),
        Column("area", CODE, refers="areas"),
        Column("kind", CODE),
        Column("point.longitude", Number()),
        Column("point.latitude", Number()),
        Column("capacity", INTEGER),
        Column("private", YES_NO),
        Column("opening", SPANS, width=30),
    ),
    required=True,
)
PEOPLE = Sheet(
    "people",
    (
        _id(),
        Column("name", TEXT, required=True, width=16),
        Column("role", Choice("role"), required=True, width=14),
        Column("skills", SKILLS, width=20),
        Column("gender", Choice("gender"), width=8),
        Column("areas", IDS, width=16),
        Column("availability", SPANS, needed=True, width=34),
        Column("leave", SPANS, width=22),
        Column("mode", Choice("mode"), width=10),
        Column("start_place", CODE, refers="places"),
        Column("end_place", CODE, refers="places"),
        Column("home", CODE, refers="places"),
        Column("kin", IDS),
        Column("clearance", YES_NO),
        Column("minor", YES_NO),
        Column("agreed", Codes(empty_word=True), width=22),
    ),
    required=True,
)
LIMITS = Sheet(
    "limits",
    (
        Column("role", Choice("limits_role"), width=14),
        Column("person", CODE, refers="people"),
        *(_limit(name, spec) for name, spec in Limits.specs().items()),
    ),
    example=False,
)
WISHES = Sheet(
    "wishes",
    (
        Column("person", CODE, required=True, refers="people", width=16),
        Column("want", YES_NO),
        Column("days", Dates(), width=24),
        Column("kind", CODE),
        Column("place", CODE, refers="places"),
        Column("weight", INTEGER),
    ),
)
HOUSEHOLDS = Sheet(
    "households",
    (
        _id(),
        Column("name", TEXT, required=True, width=18),
        Column("place", CODE, required=True, refers="places"),
        Column("risk", Choice("risk")),
        Column("known_people", IDS, width=20),
        Column("ratings", SKILLS, width=20),
        Column("gender", Choice("gender")),
    ),
)
DUTIES = Sheet(
    "duties",
    (
        _id(),
        Column("household", CODE, required=True, refers="households"),
        Column("name", TEXT, required=True, width=20),
        Column("kind", CODE, width=16),
        Column("every_days", INTEGER),
        Column("last_done", Date()),
        Column("last_outcome", CODE),
        Column("great_change", Moment(), width=18),
        Column("person", CODE, refers="people"),
        Column("hours", Clocks(), width=14),
        Column("priority", INTEGER),
    ),
)
WAYS = Sheet(
    "ways",
    (
        Column("risk", Choice("risk")),
        Column("duty", CODE, refers="duties"),
        Column("kind", CODE, required=True),
        Column("duration", DURATION, required=True),
        Column("roles", ROLES, width=24),
        Column("skills", SKILLS, width=18),
        Column("crew", INTEGER),
        Column("remote", YES_NO),
    ),
    example=False,
)
CASES = Sheet(
    "cases",
    (
        _id(),
        Column("name", TEXT, required=True, width=20),
        Column("kind", CODE, required=True),
        Column("household", CODE, refers="households"),
        Column("private", YES_NO),
        Column("same_person", YES_NO),
        Column("person", CODE, refers="people"),
        Column("sessions", INTEGER),
        Column("every_days", Interval()),
        Column("last_done", Date()),
        Column("places", IDS, width=20),
        Column("duration", DURATION),
        Column("skills", SKILLS, width=18),
        Column("roles", ROLES, width=18),
        Column("priority", INTEGER),
        Column("hours", Clocks(), width=14),
    ),
)
VISITS = Sheet(
    "visits",
    (
        _id(),
        Column("name", TEXT, required=True, width=22),
        Column("kind", CODE, required=True),
        Column("places", IDS, required=True, width=20),
        Column("windows", SPANS, required=True, width=34),
        Column("duration", DURATION, required=True),
        Column("crew", INTEGER),
        Column("slots.roles", PerSlot(ROLES, ()), width=24),
        Column("slots.skills", PerSlot(SKILLS, {}), width=20),
        Column("slots.people", PerSlot(Codes(empty_word=True)), width=18),
        Column("slots.duration", PerSlot(DURATION)),
        Column("slots.after", PerSlot(Interval(), (0, 0))),
        Column("slots.must", PerSlot(YES_NO, False)),
        Column("least_crew", INTEGER),
        Column("priority", INTEGER),
        Column("due", Moment(), width=18),
        Column("household", CODE, refers="households"),
        Column("case", CODE, refers="cases"),
        Column("duty", CODE, refers="duties"),
        Column("private", YES_NO),
        Column("impartial", YES_NO),
        Column("must", YES_NO),
        Column("preferred", IDS, width=16),
        Column("excluded", IDS, width=16),
        Column("bundle", CODE),
        Column("tie", CODE),
    ),
)
SHIFTS = Sheet(
    "shifts",
    (
        _id(),
        Column("name", TEXT, required=True, width=22),
        Column("kind", CODE, required=True),
        Column("place", CODE, required=True, refers="places"),
        Column("start", Moment(), required=True, width=18),
        Column("duration", DURATION, required=True),
        Column("needs.roles", PerSlot(ROLES, ()), width=26),
        Column("needs.skills", PerSlot(SKILLS, {}), width=20),
        Column("needs.minimum", PerSlot(INTEGER, 1, always=True)),
        Column("needs.target", PerSlot(INTEGER)),
        Column("needs.maximum", PerSlot(INTEGER)),
        Column("needs.under_points", PerSlot(INTEGER)),
        Column("needs.over_points", PerSlot(INTEGER, 0)),
        Column("priority", INTEGER),
        Column("case", CODE, refers="cases"),
        Column("bundle", CODE),
        Column("tie", CODE),
    ),
)
GAPS = Sheet(
    "gaps",
    (
        Column("first", CODE, required=True, refers="visits"),
        Column("second", CODE, required=True, refers="visits"),
        Column("least_minutes", DURATION),
        Column("most_minutes", DURATION),
        Column("least_days", INTEGER),
        Column("most_days", INTEGER),
        Column("requires", YES_NO),
    ),
)
PINS = Sheet(
    "pins",
    (
        Column("task", CODE, required=True),
        Column("slot", Integer(offset=-1)),
        Column("person", CODE, refers="people"),
        Column("place", CODE, refers="places"),
        Column("start", Moment(), width=18),
        Column("absent", YES_NO),
    ),
)
HISTORY = Sheet(
    "history",
    (
        Column("person", CODE, required=True, refers="people"),
        Column("minutes", DURATION),
        Column("fair_minutes", DURATION),
        Column("overtime", DURATION),
        Column("run_on", INTEGER),
        Column("run_off", INTEGER),
        Column("last_end", Moment(), width=18),
        Column("day_until", Moment(), width=18),
        Column("last_kinds", IDS, width=18),
        Column("kind_runs", Counts(), width=18),
        Column("weekends", INTEGER),
        *_sums("week"),
        *_sums("month"),
        *_sums("year"),
        Column("period.tasks", INTEGER),
        Column("period.weekends", INTEGER),
        Column("since", Date()),
    ),
)
STOPS = Sheet(
    "stops",
    (
        Column("person", CODE, required=True, refers="people"),
        Column("kind", CODE, required=True),
        Column("place", CODE, refers="places"),
        Column("start", Moment(), required=True, width=18),
        Column("end", Moment(), required=True, width=18),
        Column("day", Date()),
    ),
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

SHEETS = (
    SETTINGS,
    AREAS,
    PLACES,
    PEOPLE,
    LIMITS,
    WISHES,
    HOUSEHOLDS,
    DUTIES,
    WAYS,
    CASES,
    VISITS,
    SHIFTS,
    GAPS,
    PINS,
    HISTORY,
    STOPS,
    RULES,
)
"""In the order of the tabs."""

MARKS = tuple(folded(say("workbook.word.example", lang)) for lang in LANGS)
"""A row whose first cell begins with one of these is an example and is not read."""
