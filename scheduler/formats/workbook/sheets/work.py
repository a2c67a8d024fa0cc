"""The sheets of work: standing duties, cases, visits, shifts, and what ties them."""

from scheduler.formats.workbook.cells.kinds import Choice, Codes, Integer, Interval
from scheduler.formats.workbook.cells.moments import Clocks, Date, Length, Moment, Start
from scheduler.formats.workbook.cells.per_slot import PerSlot
from scheduler.formats.workbook.cells.shared_skills import SkillMix
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.shared import (
    CODE,
    DURATION,
    IDS,
    INTEGER,
    ROLES,
    SKILLS,
    SPANS,
    TEXT,
    VISIT_TIME,
    YES_NO,
    id_column,
)

DUTIES = Sheet(
    "duties",
    (
        id_column(),
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
        Column("duration", VISIT_TIME, required=True),
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
        id_column(),
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
        Column("duration", VISIT_TIME),
        Column("skills", SKILLS, width=18),
        Column("roles", ROLES, width=18),
        Column("priority", INTEGER),
        Column("hours", Clocks(), width=14),
    ),
)
VISITS = Sheet(
    "visits",
    (
        id_column(),
        Column("name", TEXT, required=True, width=22),
        Column("kind", CODE, required=True),
        Column("places", IDS, required=True, width=20),
        Column("windows", SPANS, required=True, width=34),
        Column("duration", VISIT_TIME, required=True),
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
        Column("skill_mix", SkillMix(), width=18),
        Column("bundle", CODE),
        Column("tie", CODE),
    ),
)
SHIFTS = Sheet(
    "shifts",
    (
        id_column(),
        Column("name", TEXT, required=True, width=22),
        Column("kind", CODE, required=True),
        Column("place", CODE, required=True, refers="places"),
        Column("start", Start(), required=True, width=18),
        Column("duration", Length(least=30), required=True),
        Column("needs.roles", PerSlot(ROLES, ()), width=26),
        Column("needs.skills", PerSlot(SKILLS, {}), width=20),
        Column("needs.minimum", PerSlot(INTEGER, 1, always=True)),
        Column("needs.target", PerSlot(INTEGER)),
        Column("needs.maximum", PerSlot(INTEGER)),
        Column("needs.under_points", PerSlot(INTEGER)),
        Column("needs.over_points", PerSlot(INTEGER, 0)),
        Column("priority", INTEGER),
        Column("case", CODE, refers="cases"),
        Column("skill_mix", SkillMix(), width=18),
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
