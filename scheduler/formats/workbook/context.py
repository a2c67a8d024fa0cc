"""What is needed besides a cell to read or write it: the horizon and the language."""

from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words

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
    """

    start: date
    days: int
    lang: Lang = "zh"
    dated: bool = True

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

    def weekday(self, number: int) -> str:
        """The name of a weekday, 0 for Monday."""
        return date_in_words(_A_MONDAY + timedelta(days=number), self.lang, "weekday")

    def word(self, key: str) -> str:
        """A word of the catalogue in the language of the context."""
        return say(f"workbook.{key}", self.lang)
