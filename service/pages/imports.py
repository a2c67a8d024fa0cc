"""A dropped file, ``/imports/{id}``: every fault beside the piece of the sheet where it lies, until a week begins."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.messages import Lang
from scheduler.messages.problems import Advice, explain
from scheduler.model import Problem
from service.access.caller import Asking, Caller
from service.imports.mending import CELL, changed_cells, marked, mended
from service.imports.reading import FileFinding, SheetPiece, read
from service.pages.drawing import page
from service.pages.form import FormReader, SentFile
from service.pages.start import begin, led_to, workbook_answer
from service.pages.weeks import label, week_at_hand, week_of, week_rows
from service.problems import ServiceError, language
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.settings import MEGABYTE
from service.store import imports
from service.store.imports import ImportRow

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

MOST_CELLS = 20_000
_LONG = 28
CellFields = Annotated[dict[str, str], Depends(FormReader(4 * MEGABYTE, MOST_CELLS))]


@dataclass(frozen=True)
class SheetFault:
    """A fault in the reader's words.

    number: on its sheet; cell: such as B7, or where it is in another file; about: whose cell it is, and of which column
    """

    number: int
    cell: str
    about: str
    advice: Advice
    error: bool


@dataclass(frozen=True)
class FaultySheet:
    """A sheet's piece and its faults, in the order of its rows."""

    piece: SheetPiece
    faults: Sequence[SheetFault]

    @property
    def wrong(self) -> int:
        """How many faults keep the week from beginning."""
        return sum(fault.error for fault in self.faults)

    @property
    def notices(self) -> int:
        """How many do not."""
        return len(self.faults) - self.wrong

    def at(self, cell: str) -> list[SheetFault]:
        """The faults of a cell."""
        return [fault for fault in self.faults if fault.cell == cell]


@router.post("/imports")
def post_import(file: SentFile, parts: Use, caller: Asking) -> Response:
    """Keep a dropped file, and go on to what was found in it."""
    name, body = file
    if not body:
        return RedirectResponse("/new", 303)
    _, found = read(body)
    id = parts.new_id()
    with parts.store.session() as session:
        imports.add(session, id, caller, name[:200], _text(body), found.model_dump(mode="json"))
    return RedirectResponse(f"/imports/{id}", 303)


@router.get("/imports/{import_id}")
def get_import_page(import_id: str, request: Request, parts: Use, caller: Asking) -> Response:
    """What was found in a file."""
    row = _row(parts, caller, import_id)
    if row.week_id is not None:
        return page(
            request,
            "import_begun.html",
            name=row.name,
            week=week_of(request, row.week_id),
            begun=row.week_id,
        )
    return _drawn(request, row, FileFinding.model_validate(row.found))


@router.post("/imports/{import_id}")
def post_import_mended(
    import_id: str, fields: CellFields, request: Request, parts: Use, caller: Asking
) -> Response:
    """Write mended cells into the file and read it again; where it is sound, begin the week."""
    row = _row(parts, caller, import_id, body=True)
    if row.week_id is not None:
        return led_to(request, row.week_id)
    body = base64.b64decode(row.body)
    shown = FileFinding.model_validate(row.found)
    cells = changed_cells(fields, shown.pieces)
    if cells:
        body = mended(body, cells)
    instance, found = read(body)
    if cells:
        with parts.store.session() as session:
            imports.change(session, import_id, _text(body), found.model_dump(mode="json"))
    # Some warnings can only be found once nothing is wrong any more: they are shown before the week begins.
    news = _places(found.warnings) - _places(shown.warnings)
    if instance is None or fields.get("do") != "begin" or news:
        return RedirectResponse(f"/imports/{import_id}", 303)
    week = begin(parts.store, caller, instance)
    with parts.store.session() as session:
        imports.begun(session, import_id, week)
    return led_to(request, week)


@router.get("/imports/{import_id}/workbook")
def get_import_workbook(import_id: str, request: Request, parts: Use, caller: Asking) -> Response:
    """The workbook with a comment on each faulty cell."""
    row = _row(parts, caller, import_id, body=True)
    found = FileFinding.model_validate(row.found or {"workbook": False})
    if not found.workbook:
        raise ServiceError("not_found")
    body = marked(base64.b64decode(row.body), found.problems, language(request))
    return workbook_answer(body, "lianxin-marked.xlsx")


def _row(parts: Parts, caller: Caller, id: str, *, body: bool = False) -> ImportRow:
    with parts.store.session() as session:
        row = imports.find(session, id, caller, body=body)
    if row is None:
        raise ServiceError("not_found")
    return row


def _text(body: bytes) -> str:
    return base64.b64encode(body).decode("ascii")


def _drawn(request: Request, row: ImportRow, found: FileFinding) -> HTMLResponse:
    lang = language(request)
    sheets, others = _by_sheet(found, lang)
    same = [label(week, lang) for week in week_rows(request) if week.start == found.start]
    return page(
        request,
        "import.html",
        week=week_at_hand(request),
        id=row.id,
        name=row.name,
        found=found,
        sheets=sheets,
        others=others,
        same=same,
        prefix=CELL,
        size=_size,
    )


def _places(problems: Sequence[Problem]) -> set[tuple[str, str]]:
    return {(problem.code, problem.pointer) for problem in problems}


def _by_sheet(found: FileFinding, lang: Lang) -> tuple[list[FaultySheet], list[SheetFault]]:
    """Faults by sheet, and those of no cell that can be shown."""
    of_sheet: dict[str, list[SheetFault]] = {piece.title: [] for piece in found.pieces}
    pieces = {piece.title: piece for piece in found.pieces}
    others: list[SheetFault] = []
    for problem in found.problems:
        sheet, _, cell = problem.pointer.partition("/")[0].rpartition("!")
        into = of_sheet.get(sheet, others)
        at = problem.pointer if into is others else cell
        about = "" if into is others else pieces[sheet].about(cell)
        error = problem.severity == "error"
        into.append(SheetFault(len(into), at, about, explain(problem, lang), error))
    return [FaultySheet(piece, of_sheet[piece.title]) for piece in found.pieces], others


def _size(text: str) -> int:
    """How wide the field of a cell is, in letters; Chinese ones are two wide."""
    wide = sum(2 if letter > "ᄀ" else 1 for letter in text)
    return max(6, min(_LONG, wide + 1))
