"""The figures (统计) of a week as charts, each with its table and its file."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from service.access.mask import Viewing
from service.pages.drawing import page
from service.pages.weeks import week_of
from service.problems import language
from service.routes.common import Use
from service.routes.rooms import Room
from service.routes.weeks.asking import AskedId
from service.routes.weeks.figures import WeeksQuery
from service.weeks.figure_tables import (
    ORDER_STEPS,
    TABLES,
    figure_lines,
    hours,
    per_cent,
    verdict_in_words,
)
from service.weeks.figures import figures
from service.wire.weeks.figures import FiguresOut, FilledFigures, LoadFigures

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

_CHOICES = (1, 4, 8, 26)


@dataclass(frozen=True)
class FigureBar:
    """A row of a chart: a bar for what is, an outline for what is wanted, a mark for what it is held against.

    Lengths are in the chart's unit; None: there is none. columns: bar and mark of each week.
    """

    name: str
    value: str
    bar: int
    whole: int | None = None
    mark: int | None = None
    about: str = ""
    columns: tuple[tuple[int, int | None], ...] = ()


@router.get("/w/{week}/figures")
def get_figures_page(
    request: Request, week: AskedId, parts: Use, view: Viewing, weeks: WeeksQuery = 8
) -> HTMLResponse:
    """Charts of a week, each drawn from the figures that stand in its table."""
    lang = language(request)
    found = figures(parts.store, view, week, weeks)
    words = FigureWords(found, lang)
    return page(
        request,
        "figures.html",
        week=week_of(request, week),
        found=found,
        tables={name: figure_lines(found, name, lang) for name in TABLES},
        weeks=weeks,
        choices=_CHOICES if len(found.weeks) > 1 or weeks == 1 else (),
        words=(),
        loads=words.loads(),
        days=words.days(),
        visit_days=words.visit_days(),
        shifts=words.kinds(shift=True),
        visits=words.kinds(shift=False),
        faces=words.faces(),
        ways=words.ways(),
        undone=words.undone(),
        orders=words.orders(),
        mean_rating=found.orders.mean_rating,
        numbers=words.sums(),
        is_published=any(one.duties.planned is not None for one in found.days),
    )


class FigureWords:
    """Figures as rows of charts, in one language."""

    def __init__(self, found: FiguresOut, lang: Lang):
        self._found, self._lang = found, lang

    def sums(self) -> dict[str, str]:
        """The week in four numbers."""
        days, faces = self._found.days, self._found.faces
        share = per_cent(sum(one.known for one in faces), sum(one.visits for one in faces))
        way = sum(one.travel_minutes for one in days)
        filled = [
            (sum(one.filled for one in of), sum(one.wanted for one in of)) for of in self._slots()
        ]
        told = {
            name: f"{now}/{all_}"
            for name, (now, all_) in zip(("duties", "visits"), filled, strict=True)
            if all_
        }
        if share is not None:
            told["faces"] = f"{share}%"
        told["ways"] = self._say("hours", hours=self._hours(way))
        told["undone"] = str(sum(one.slots for one in self._found.undone))
        return told

    def _slots(self) -> tuple[list[FilledFigures], list[FilledFigures]]:
        days = self._found.days
        return [one.duties for one in days], [one.visits for one in days]

    def loads(self) -> list[FigureBar]:
        """Everybody's load, against the fair share."""
        names = [one.name for one in self._found.loads]
        return [self._load(one, names.count(one.name) > 1) for one in self._found.loads]

    def _load(self, one: LoadFigures, twin: bool) -> FigureBar:
        by_week = {week.week: week for week in one.weeks}
        columns = [by_week.get(week.id) for week in self._found.weeks]
        if one.fair_minutes is None:
            value = self._say("hours", hours=self._hours(one.minutes))
        else:
            share = self._hours(one.fair_minutes)
            value = self._say("of_share", hours=self._hours(one.minutes), share=share)
        return FigureBar(
            name=one.name,
            value=value,
            bar=one.minutes,
            mark=one.fair_minutes,
            about=getattr(one.about, self._lang) if twin else "",
            columns=tuple(
                (0, None) if week is None else (week.minutes, week.share_minutes)
                for week in columns
            ),
        )

    def days(self) -> list[FigureBar]:
        """Duties by day."""
        return [
            self._filled(self._day(n), one) for n, one in enumerate(self._slots()[0]) if one.wanted
        ]

    def visit_days(self) -> list[FigureBar]:
        """Visits by day."""
        return [
            self._filled(self._day(n), one) for n, one in enumerate(self._slots()[1]) if one.wanted
        ]

    def kinds(self, *, shift: bool) -> list[FigureBar]:
        """Kinds of duties or of visits."""
        return [
            self._filled(getattr(one.name, self._lang), one.slots)
            for one in self._found.kinds
            if one.shift is shift and one.slots.wanted
        ]

    def faces(self) -> list[FigureBar]:
        """Visits by somebody whom the household knows."""
        return [
            FigureBar(
                getattr(one.name, self._lang), f"{one.known}/{one.visits}", one.known, one.visits
            )
            for one in self._found.faces
        ]

    def ways(self) -> list[FigureBar]:
        """Time on the way by day."""
        return [
            FigureBar(
                self._day(number),
                self._say(
                    "way",
                    hours=self._hours(one.travel_minutes),
                    kilometres=f"{one.travel_metres / 1000:,.1f}",
                ),
                one.travel_minutes,
            )
            for number, one in enumerate(self._found.days)
            if one.task_minutes
        ]

    def undone(self) -> list[FigureBar]:
        """Reasons, each beside its verdict."""
        return [
            FigureBar(
                getattr(one.text, self._lang),
                str(one.slots),
                one.slots,
                about=verdict_in_words(one.verdict, self._lang),
            )
            for one in self._found.undone
        ]

    def orders(self) -> list[FigureBar]:
        """The micro-list by steps, against all orders; nothing of an empty one."""
        all_ = self._found.orders.ordered
        counts = [(step, getattr(self._found.orders, step)) for step in ORDER_STEPS if all_]
        return [
            FigureBar(say(f"pages.figures.step.{step}", self._lang), str(count), count, all_)
            for step, count in counts
        ]

    def _filled(self, name: str, one: FilledFigures) -> FigureBar:
        return FigureBar(name, f"{one.filled}/{one.wanted}", one.filled, one.wanted, one.planned)

    def _day(self, number: int) -> str:
        return date_in_words(self._found.days[number].day, self._lang, "short_day")

    def _hours(self, minutes: int) -> str:
        return f"{hours(minutes):,.1f}"

    def _say(self, key: str, **slots: str) -> str:
        return say(f"pages.figures.value.{key}", self._lang, **slots)
