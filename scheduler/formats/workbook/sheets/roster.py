"""The sheets of a roster that are read back: one line an assignment, and which week it is about."""

from scheduler.formats.workbook.cells.kinds import Integer
from scheduler.formats.workbook.cells.moments import Date, MomentOrClock
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.shared import CODE, INTEGER, TEXT

ABOUT = Sheet(
    "about",
    (
        Column("instance", CODE, width=24),
        Column("horizon.start", Date(), width=14),
        Column("horizon.days", INTEGER),
    ),
    example=False,
)
"""One row: the week that a workbook beside it is about."""

ASSIGNMENTS = Sheet(
    "assignments",
    (
        Column("task", CODE, width=24),
        Column("name", TEXT, width=26),
        Column("slot", Integer(offset=-1), width=7),
        Column("person", CODE, refers="people", width=18),
        Column("place", CODE, refers="places", width=26),
        Column("start", MomentOrClock(), width=18),
        Column("end", MomentOrClock(), width=18),
    ),
    required=True,
    example=False,
)
