"""The sheets of what people have been told already, and of how long that stands."""

from scheduler.formats.workbook.cells.kinds import Choice, Integer
from scheduler.formats.workbook.cells.moments import Moment
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.shared import CODE, YES_NO

PUBLISHED = Sheet(
    "published",
    (
        Column("task", CODE, required=True, width=24),
        Column("slot", Integer(offset=-1)),
        Column("person", CODE, required=True, refers="people", width=18),
        Column("place", CODE, required=True, refers="places", width=18),
        Column("start", Moment(), required=True, width=18),
        Column("promised", YES_NO),
        Column("standing", Choice("standing"), width=14),
    ),
    example=False,
)
FREEZE = Sheet(
    "freeze",
    (
        Column("grade", Choice("freeze"), required=True, width=24),
        Column("until", Moment(), required=True, width=18),
    ),
    example=False,
)
