"""The sheets of people: who they are, what they hope for, what they did before."""

from scheduler.formats.workbook.cells.kinds import Choice, Codes, Counts
from scheduler.formats.workbook.cells.moments import Date, Dates, Moment, Spans
from scheduler.formats.workbook.cells.shared_skills import LastDays
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.shared import (
    CODE,
    HOURS,
    IDS,
    INTEGER,
    SKILLS,
    SPANS,
    TEXT,
    YES_NO,
    id_column,
)

_LEAVE = r"(?:请|休|事|病|年|婚|产|陪产|丧|探亲|育儿|公|补|轮|放)假|调休|补休|轮休|公休|休息|不在岗?|on leave|(?:sick |annual )?leave"
"""What people say of a leave besides when it is."""


def _sums(span: str) -> tuple[Column, ...]:
    """What a week, month or year that has begun holds already."""
    return (
        Column(f"{span}.minutes", HOURS),
        Column(f"{span}.days", INTEGER),
        Column(f"{span}.tasks", INTEGER),
        Column(f"{span}.weekends", INTEGER),
    )


PEOPLE = Sheet(
    "people",
    (
        id_column(),
        Column("name", TEXT, required=True, width=16),
        Column("role", Choice("role"), required=True, width=14),
        Column("skills", SKILLS, width=20),
        Column("gender", Choice("gender"), width=8),
        Column("areas", IDS, width=16),
        Column("availability", SPANS, needed=True, width=34),
        Column("leave", Spans(besides=_LEAVE), width=22),
        Column("mode", Choice("mode"), width=10),
        Column("start_place", CODE, refers="places"),
        Column("end_place", CODE, refers="places"),
        Column("home", CODE, refers="places"),
        Column("kin", IDS),
        Column("clearance", YES_NO),
        Column("minor", YES_NO),
        Column("agreed", Codes(empty_word=True), width=22),
        Column("skill_until", LastDays(), width=20),
    ),
    required=True,
)
PAIRS = Sheet(
    "pairs",
    (
        Column("first", CODE, required=True, refers="people", width=16),
        Column("second", CODE, required=True, refers="people", width=16),
        Column("together", Choice("together"), required=True, width=14),
    ),
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
HISTORY = Sheet(
    "history",
    (
        Column("person", CODE, required=True, refers="people"),
        Column("minutes", HOURS),
        Column("fair_minutes", HOURS),
        Column("overtime", HOURS),
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
        *_sums("period"),
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
