"""A copy of the workbook with a comment on each bad cell: the report that office people read best."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from scheduler.messages import Lang
from scheduler.messages.problems import explain
from scheduler.model import Problem

_RED = PatternFill("solid", start_color="F4C7C3", end_color="F4C7C3")


def mark_faults(source: Path, target: Path, problems: list[Problem], lang: Lang) -> None:
    """Copy a workbook and mark every problem whose pointer is a cell of it (``sheet!B7``)."""
    book = load_workbook(source)
    sentences_by_cell: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        sheet, _, cell = problem.pointer.rpartition("!")
        if sheet in book.sheetnames:
            sentences_by_cell.setdefault((sheet, cell), []).append(" ".join(explain(problem, lang)))
    for (sheet, cell), sentences in sentences_by_cell.items():
        marked = book[sheet][cell]
        marked.fill = _RED
        marked.comment = Comment("\n".join(sentences), "Lianxin", width=320, height=120)
    book.save(target)
