"""The sheets of what happened: changes of a published week, and a week as it was worked."""

from dataclasses import replace

from scheduler.formats.workbook.cells.kinds import Choice, Integer
from scheduler.formats.workbook.cells.moments import Moment, MomentOrClock
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.people import PEOPLE
from scheduler.formats.workbook.sheets.places import HOUSEHOLDS, PLACES
from scheduler.formats.workbook.sheets.published import FREEZE
from scheduler.formats.workbook.sheets.roster import ABOUT
from scheduler.formats.workbook.sheets.shared import CODE, INTEGER, SPANS, TEXT, YES_NO
from scheduler.formats.workbook.sheets.work import CASES, SHIFTS, VISITS

CHANGES = Sheet(
    "changes",
    (
        Column("kind", Choice("change"), required=True, width=14),
        Column("task", CODE, width=24),
        Column("person", CODE, refers="people", width=16),
        Column("when", SPANS, width=30),
        Column("start", Moment(), width=18),
        Column("place", CODE, refers="places", width=18),
        Column("instead", CODE, refers="places", width=18),
        Column("other_person", CODE, refers="people", width=16),
        Column("other_task", CODE, width=24),
        Column("case", CODE, refers="cases", width=16),
        Column("slot", Integer(offset=-1)),
        Column("priority", INTEGER),
        Column("reason", TEXT, width=30),
    ),
)
WORKED = Sheet(
    "worked",
    (
        Column("task", CODE, required=True, width=24),
        Column("slot", Integer(offset=-1)),
        Column("done", YES_NO),
        Column("person", CODE, refers="people", width=16),
        Column("start", MomentOrClock(), width=18),
        Column("end", MomentOrClock(), width=18),
        Column("outcome", CODE, width=16),
        Column("rating", INTEGER),
    ),
)
NEW_SHEETS = tuple(
    replace(sheet, required=False) for sheet in (VISITS, SHIFTS, CASES, PLACES, HOUSEHOLDS, PEOPLE)
)
"""What new work may bring, on the sheets of a week."""
CHANGES_SHEETS = (CHANGES, *NEW_SHEETS, FREEZE, ABOUT)
WORKED_SHEETS = (WORKED, ABOUT)

FIELDS: dict[str, dict[str, str]] = {
    "cancel": {"task": "task", "case": "case"},
    "absence": {"person": "person", "when": "span"},
    "presence": {"person": "person", "when": "span"},
    "closure": {"place": "place", "when": "span", "instead": "instead"},
    "windows": {"task": "visit", "when": "windows"},
    "reopen": {"task": "visit", "when": "windows", "priority": "priority"},
    "assign": {
        "task": "task",
        "slot": "slot",
        "person": "person",
        "start": "start",
        "place": "place",
        "reason": "reason",
    },
    "unassign": {"task": "task", "person": "person", "reason": "reason"},
    "swap": {
        "person": "first",
        "other_person": "second",
        "task": "task",
        "other_task": "other",
        "when": "span",
        "reason": "reason",
    },
    "move": {"task": "task", "start": "start", "place": "place", "reason": "reason"},
    "pin": {"task": "task", "person": "person"},
    "unpin": {"task": "task", "person": "person"},
    "lock": {"start": "before"},
}
"""Kind of change → its columns → fields of the change; "span" is both its `from` and its `to`."""
