"""The sheet of hard rules that give way to a piece of work, each for a reason."""

from scheduler.formats.workbook.cells.moments import Moment
from scheduler.formats.workbook.cells.shared_skills import LastDays
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.settings import limit_column
from scheduler.formats.workbook.sheets.shared import CODE, SPANS, TEXT
from scheduler.model import Limits

EXCEPTIONS = Sheet(
    "exceptions",
    (
        Column("rule", CODE, required=True, width=20),
        Column("task", CODE, required=True, width=20),
        Column("person", CODE, refers="people", width=16),
        Column("reason", TEXT, required=True, width=30),
        Column("start", Moment(), width=18),
        Column("hours", SPANS, width=30),
        Column("place", CODE, refers="places", width=16),
        Column("skill_until", LastDays(), width=20),
        *(limit_column(name, spec, "limits.") for name, spec in Limits.specs().items()),
    ),
    example=False,
)
