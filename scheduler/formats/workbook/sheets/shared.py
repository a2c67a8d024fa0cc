"""Kinds of cell and columns that several sheets have."""

from scheduler.formats.workbook.cells.kinds import (
    Choices,
    Code,
    Codes,
    Counts,
    Duration,
    FreeText,
    Integer,
    YesNo,
)
from scheduler.formats.workbook.cells.moments import Spans
from scheduler.formats.workbook.columns import Column

CODE, TEXT, INTEGER, YES_NO = Code(), FreeText(), Integer(), YesNo()
IDS, DURATION, SPANS = Codes(), Duration(), Spans()
HOURS = Duration(least=60)
"""Of work and rest: nobody is held to 8 minutes a day, so that a bare 8 is asked about."""
VISIT_TIME = Duration(least=5)
SKILLS = Counts(alone=1)
ROLES = Choices("role")


def id_column(width: int = 14) -> Column:
    """The id of a row's record; left blank, it is made from the name."""
    return Column("id", CODE, width=width)
