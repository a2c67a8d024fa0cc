"""Which kind of workbook a file is: a week, a roster, changes, a worked week; told by its sheets."""

from collections.abc import Iterable

from scheduler.formats.kind_of_file import FileKind, another_kind
from scheduler.formats.workbook.cells.text import folded
from scheduler.formats.workbook.columns import Sheet
from scheduler.formats.workbook.sheets.changes import CHANGES, WORKED
from scheduler.formats.workbook.sheets.roster import ASSIGNMENTS
from scheduler.formats.workbook.sheets.settings import SETTINGS
from scheduler.messages import LANGS
from scheduler.model import InputError

_TELLING: dict[FileKind, Sheet] = {
    "roster": ASSIGNMENTS,
    "changes": CHANGES,
    "worked": WORKED,
    "week": SETTINGS,
}
"""A sheet that only this kind has."""


def refuse_another_kind(titles: Iterable[str], wanted: FileKind) -> None:
    """Raise InputError where the sheets are those of a workbook of another kind, as of swapped arguments."""
    present = {folded(title) for title in titles}
    given = [
        kind
        for kind, sheet in _TELLING.items()
        if present & {folded(sheet.title(lang)) for lang in LANGS}
    ]
    if given and wanted not in given:
        raise InputError([another_kind(given[0], wanted)])
