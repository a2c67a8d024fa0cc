"""Figures of a week as tables of one language: what stands beneath a chart, and in its CSV file."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.explain.undone import Verdict
from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import role_in_words
from service.wire.weeks.figures import FiguresOut, FigureTable, FilledFigures

Cell = str | int | float | None
ORDER_STEPS = ("ordered", "from_before", "accepted", "planned", "done", "rated", "otherwise")
"""What of the micro-list is counted, in the order of its steps."""


@dataclass(frozen=True)
class FigureLines:
    """A table: a head for each column, rows of as many cells. None: there is no such figure."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def figure_lines(figures: FiguresOut, table: FigureTable, lang: Lang) -> FigureLines:
    """One of the tables. Hours and kilometres with one decimal."""
    return TABLES[table](figures, lang)


def figures_csv(figures: FiguresOut, table: FigureTable, lang: Lang) -> bytes:
    """As `scheduler.exports.csv_file` writes: UTF-8 with a byte order mark, no cell a formula."""
    from scheduler.exports.csv_file import harmless  # late: loads pandas

    lines, text = figure_lines(figures, table, lang), io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (lines.heads, *lines.rows):
        writer.writerow(["" if cell is None else harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def hours(minutes: int | None) -> float | None:
    """Minutes as hours with one decimal."""
    return None if minutes is None else round(minutes / 60, 1)


def per_cent(part: int, whole: int) -> int | None:
    """A share in whole per cent; None of nothing."""
    return round(100 * part / whole) if whole else None


def verdict_in_words(verdict: Verdict | None, lang: Lang) -> str:
    """As the list of undone work says it."""
    if verdict is None:
        return say("pages.figures.value.untried", lang)
    return say(f"pages.undone.script.verdict.{verdict}", lang)


def _loads(figures: FiguresOut, lang: Lang) -> FigureLines:
    heads = [_head("person", lang), _head("role", lang)]
    for week in figures.weeks:
        start = date_in_words(week.start, lang, "date")
        heads += [_head("week", lang, start=start), _head("week_share", lang, start=start)]
    names = ("hours", "fair", "per_cent", "tasks", "travel", "kilometres", "overtime")
    heads += [_head(name, lang) for name in names]
    rows, alike = [], Counter(one.name for one in figures.loads)
    for one in figures.loads:
        by_week = {each.week: each for each in one.weeks}
        told: list[Cell] = []
        for week in figures.weeks:
            mine = by_week.get(week.id)
            told += (
                [None, None] if mine is None else [hours(mine.minutes), hours(mine.share_minutes)]
            )
        share = None if one.fair_minutes is None else per_cent(one.minutes, one.fair_minutes)
        rows.append(
            [
                one.name if alike[one.name] == 1 else f"{one.name} · {getattr(one.about, lang)}",
                role_in_words(one.role, lang),
                *told,
                hours(one.minutes),
                hours(one.fair_minutes),
                share,
                one.tasks,
                one.travel_minutes,
                round(one.travel_metres / 1000, 1),
                one.overtime_minutes,
            ]
        )
    return FigureLines(heads, rows)


def _days(figures: FiguresOut, lang: Lang) -> FigureLines:
    heads = [_head("day", lang), *_filled_heads("duties", lang), *_filled_heads("visits", lang)]
    return FigureLines(
        heads,
        [
            [date_in_words(one.day, lang), *_filled(one.duties), *_filled(one.visits)]
            for one in figures.days
        ],
    )


def _ways(figures: FiguresOut, lang: Lang) -> FigureLines:
    heads = [_head(name, lang) for name in ("day", "work", "way", "way_kilometres")]
    return FigureLines(
        heads,
        [
            [
                date_in_words(one.day, lang),
                hours(one.task_minutes),
                one.travel_minutes,
                round(one.travel_metres / 1000, 1),
            ]
            for one in figures.days
        ],
    )


def _kinds(figures: FiguresOut, lang: Lang) -> FigureLines:
    heads = [_head("kind", lang), _head("of", lang), *_filled_heads("slots", lang)]
    return FigureLines(
        heads,
        [
            [
                getattr(one.name, lang),
                _head("shift" if one.shift else "visit", lang),
                *_filled(one.slots),
            ]
            for one in figures.kinds
        ],
    )


def _faces(figures: FiguresOut, lang: Lang) -> FigureLines:
    heads = [_head(name, lang) for name in ("kind", "made", "known", "per_cent")]
    return FigureLines(
        heads,
        [
            [getattr(one.name, lang), one.visits, one.known, per_cent(one.known, one.visits)]
            for one in figures.faces
        ],
    )


def _undone(figures: FiguresOut, lang: Lang) -> FigureLines:
    heads = [_head(name, lang) for name in ("verdict", "why", "missing")]
    return FigureLines(
        heads,
        [
            [
                verdict_in_words(one.verdict, lang),
                getattr(one.text, lang),
                one.slots,
            ]
            for one in figures.undone
        ],
    )


def _orders(figures: FiguresOut, lang: Lang) -> FigureLines:
    orders = figures.orders
    steps: list[list[Cell]] = [
        [say(f"pages.figures.step.{step}", lang), getattr(orders, step)] for step in ORDER_STEPS
    ]
    mean = [say("pages.figures.step.mean_rating", lang), orders.mean_rating]
    return FigureLines([_head("step", lang), _head("orders", lang)], [*steps, mean])


def _filled_heads(of: str, lang: Lang) -> list[str]:
    what = _head(of, lang)
    return [
        _head(name, lang, what=what) for name in ("filled", "wanted", "planned", "planned_wanted")
    ]


def _filled(one: FilledFigures) -> list[Cell]:
    return [one.filled, one.wanted, one.planned, one.planned_wanted]


def _head(name: str, lang: Lang, **slots: str) -> str:
    return say(f"pages.figures.column.{name}", lang, **slots)


TABLES: dict[FigureTable, Callable[[FiguresOut, Lang], FigureLines]] = {
    "loads": _loads,
    "days": _days,
    "kinds": _kinds,
    "faces": _faces,
    "ways": _ways,
    "undone": _undone,
    "orders": _orders,
}
