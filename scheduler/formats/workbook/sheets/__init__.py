"""The one table of all workbooks: every sheet, its columns, and what their cells hold."""

from scheduler.formats.workbook.cells.text import folded
from scheduler.formats.workbook.sheets.exceptions import EXCEPTIONS
from scheduler.formats.workbook.sheets.people import HISTORY, PAIRS, PEOPLE, STOPS, WISHES
from scheduler.formats.workbook.sheets.places import AREAS, HOUSEHOLDS, PLACES, TRAVEL
from scheduler.formats.workbook.sheets.published import FREEZE, PUBLISHED
from scheduler.formats.workbook.sheets.roster import ABOUT, ASSIGNMENTS
from scheduler.formats.workbook.sheets.settings import LIMITS, RULES, SETTINGS
from scheduler.formats.workbook.sheets.work import CASES, DUTIES, GAPS, PINS, SHIFTS, VISITS, WAYS
from scheduler.messages import LANGS, say

SHEETS = (
    SETTINGS,
    AREAS,
    PLACES,
    PEOPLE,
    LIMITS,
    PAIRS,
    WISHES,
    HOUSEHOLDS,
    DUTIES,
    WAYS,
    CASES,
    VISITS,
    SHIFTS,
    GAPS,
    PINS,
    EXCEPTIONS,
    PUBLISHED,
    FREEZE,
    HISTORY,
    STOPS,
    TRAVEL,
    RULES,
)
"""Of a week, in the order of the tabs."""

ROSTER_SHEETS = (ASSIGNMENTS, ABOUT)
"""Of a roster, as far as it is read back."""

MARKS = tuple(folded(say("workbook.word.example", lang)) for lang in LANGS)
"""A row whose first cell begins with one of these is an example and is not read."""
