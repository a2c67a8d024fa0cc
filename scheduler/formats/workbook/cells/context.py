"""What is needed besides a cell to read or write it: the horizon and the language."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.model import Calendar

Day = date
_A_MONDAY = date(2026, 11, 23)


class CellError(ValueError):
    """A cell that its column cannot read. `code` is "" where the cell is not of the column's kind."""

    def __init__(self, code: str = "", **slots: str):
        self.code = code
        self.slots = slots
        super().__init__(code)


@dataclass(frozen=True)
class CellContext:
    """The horizon's first day and length, and the language to write in; all languages are read.

    dated: whether the first day is known, so that a date may leave out its year.
    spoken: whether what is written stays with this horizon, so that a day is called by its weekday; in a
    workbook that is taken on to another week, a weekday goes along and a date does not.
    calendar: says which days are workdays. notes: (code, slots) of what was taken for granted of a cell.
    """

    start: date
    days: int
    lang: Lang = "zh"
    dated: bool = True
    spoken: bool = False
    calendar: Calendar = field(default_factory=Calendar)
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list, compare=False)

    def note(self, code: str, **slots: str) -> None:
        """Note which meaning a cell was given, for a notice."""
        self.notes.append((code, slots))

    def holds(self, when: date) -> bool:
        """Whether a date lies in the horizon."""
        return 0 <= self.day(when) < self.days

    def day(self, when: date) -> int:
        """Day index of a date."""
        return (when - self.start).days

    def date(self, day: int) -> date:
        """Date of a day index."""
        return self.start + timedelta(days=day)

    def nearest(self, month: int, day: int) -> Day:
        """The date with this month and day nearest the horizon's start; ValueError where there is none."""
        if not self.dated:
            raise CellError("needs_year")
        dates = []
        for year in (self.start.year - 1, self.start.year, self.start.year + 1):
            try:
                dates.append(date(year, month, day))
            except ValueError:
                continue
        if not dates:
            raise ValueError("no such day")
        return min(dates, key=lambda candidate: abs(self.day(candidate)))

    def day_of_month(self, dom: int) -> Day:
        """The 26th: the one in the horizon, else the one nearest to it.

        Raises CellError where the horizon has several, ValueError where no month has such a day.
        """
        if not self.dated:
            raise CellError("needs_year")
        around = [self.date(day) for day in range(-31, self.days + 31)]
        dates = [when for when in around if when.day == dom]
        inside = [when for when in dates if self.holds(when)]
        if len(inside) > 1:
            first, second = (f"{when:%m-%d}" for when in inside[:2])
            raise CellError("two_meanings", part=str(dom), first=first, second=second)
        if not dates:
            raise ValueError("no such day")
        return (inside or [min(dates, key=lambda when: abs(self.day(when)))])[0]

    def weekday(self, number: int) -> str:
        """The name of a weekday, 0 for Monday."""
        return date_in_words(_A_MONDAY + timedelta(days=number), self.lang, "weekday")

    def word(self, key: str) -> str:
        """A word of the catalogue in the language of the context."""
        return say(f"workbook.{key}", self.lang)
