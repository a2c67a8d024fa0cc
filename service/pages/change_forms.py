"""The forms for what happens in a week: which fields each has, and the change that they make."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.moments import Clock
from scheduler.formats.workbook.cells.spans import DAY
from scheduler.model import InputError, Instance, Problem

_PLACES = ("place", "instead")
"""Fields that name a place; others that are found as they are typed name work."""
_DIGITS = re.compile(r"(\d{1,2})(?:\.?(\d\d))?")


@dataclass(frozen=True)
class FormChoice:
    """One of a field's values, and how it is called."""

    value: str
    label: str


@dataclass(frozen=True)
class ChangeForm:
    """A form. fields: names of its fields in their order; filled: what stands in them at first.

    replans: whether what it tells leaves work to be planned
    """

    kind: str
    fields: tuple[str, ...]
    filled: Mapping[str, str] = field(default_factory=dict)
    replans: bool = True


FORMS = {
    form.kind: form
    for form in (
        ChangeForm("absence", ("person", "day", "until", "from", "to")),
        ChangeForm("late", ("person", "day", "arrives"), {"arrives": "10:00"}),
        ChangeForm("cancelled", ("task",)),
        ChangeForm(
            "visit",
            ("name", "visit_kind", "place", "day", "from", "to", "duration", "priority"),
            {"from": "09:00", "to": "17:00"},
        ),
        ChangeForm(
            "case",
            ("name", "visit_kind", "place", "sessions", "every", "duration", "priority"),
            {"sessions": "4", "every": "7"},
        ),
        ChangeForm("closure", ("place", "day", "until", "from", "to", "instead")),
        ChangeForm("windows", ("task", "day", "from", "to"), {"from": "09:00", "to": "17:00"}),
        ChangeForm("swap", ("person", "other", "day", "until"), replans=False),
    )
}
KINDS = tuple(FORMS)


def change_of(instance: Instance, fields: Mapping[str, str]) -> dict[str, Any]:
    """The change that a filled form tells, as JSON. Raises InputError for fields that are empty or cannot be read."""
    return _Reading(instance, fields).change(fields.get("kind", KINDS[0]))


def order_of(instance: Instance, fields: Mapping[str, str]) -> dict[str, Any]:
    """The order that a filled form tells, as the interface takes it. Raises InputError as `change_of` does."""
    return _Reading(instance, fields).order()


class _Reading:
    def __init__(self, instance: Instance, fields: Mapping[str, str]):
        self._instance = instance
        self._fields = fields
        self._faults: list[Problem] = []

    def change(self, kind: str) -> dict[str, Any]:
        made: dict[str, Any] = getattr(self, f"_{kind}", self._absence)()
        if self._faults:
            raise InputError(self._faults)
        return made

    def order(self) -> dict[str, Any]:
        made = {
            "name": self._text("name"),
            "kind": self._text("visit_kind"),
            "place": self._id("place"),
            "windows": self._hours_of_days(),
            "duration": self._number("duration", 1, 1440),
            "priority": self._number("priority", 1, 5),
            "private": bool(self._fields.get("private")),
            "words": self._fields.get("contact", "").strip()[:500],
        }
        if self._faults:
            raise InputError(self._faults)
        return made

    def _hours_of_days(self) -> list[dict[str, str]]:
        """The same hours of each day from the first to the last."""
        first, last = date.fromisoformat(self._day("day")), date.fromisoformat(self._day("until"))
        start, end = self._clock("from", 0), self._clock("to", DAY)
        if last < first or end <= start:
            self._fault("until" if last < first else "to", "form_ends_first")
            return []
        days = [
            (first + timedelta(number)).isoformat() for number in range((last - first).days + 1)
        ]
        return [{"start": _moment(day, start), "end": _moment(day, end)} for day in days[:31]]

    def _absence(self) -> dict[str, Any]:
        return {"kind": "absence", "person": self._text("person"), **self._span()}

    def _late(self) -> dict[str, Any]:
        day = self._day("day")
        until = _moment(day, self._clock("arrives", DAY))
        return {
            "kind": "absence",
            "person": self._text("person"),
            "from": _moment(day, 0),
            "to": until,
        }

    def _cancelled(self) -> dict[str, Any]:
        return {"kind": "cancel", "task": self._id("task")}

    def _visit(self) -> dict[str, Any]:
        visit = {
            **self._work("visit"),
            "windows": [self._span()],
        }
        return {"kind": "new", "visits": [visit]}

    def _case(self) -> dict[str, Any]:
        every = self._number("every", 1, 365)
        case = {
            **self._work("case"),
            "sessions": self._number("sessions", 1, 1000),
            "every_days": [every, every * 2],
        }
        return {"kind": "new", "cases": [case]}

    def _work(self, begins: str) -> dict[str, Any]:
        per_minute = self._instance.horizon.ticks_per_minute
        return {
            "id": f"{begins}-{uuid.uuid4().hex[:8]}",
            "name": self._text("name"),
            "kind": self._text("visit_kind"),
            "places": [self._id("place")],
            "duration": self._number("duration", 1, 1440) * per_minute,
            "priority": self._number("priority", 1, 5),
        }

    def _closure(self) -> dict[str, Any]:
        made = {"kind": "closure", "place": self._id("place"), **self._span()}
        if self._fields.get("instead", "").strip():
            made["instead"] = self._id("instead")
        return made

    def _windows(self) -> dict[str, Any]:
        return {"kind": "windows", "visit": self._id("task"), "windows": [self._span()]}

    def _swap(self) -> dict[str, Any]:
        return {
            "kind": "swap",
            "first": self._text("person"),
            "second": self._text("other"),
            **self._span(),
        }

    def _span(self) -> dict[str, str]:
        first = self._day("day")
        last = self._day("until") if self._fields.get("until", "").strip() else first
        start, end = self._clock("from", 0), self._clock("to", DAY)
        if (last, end) <= (first, start):
            self._fault("until" if last < first else "to", "form_ends_first")
        return {"from": _moment(first, start), "to": _moment(last, end)}

    def _clock(self, name: str, otherwise: int) -> int:
        """Minutes after midnight that a field tells, as a cell of the workbook does, or as 830, 9.30 or 9."""
        text = self._fields.get(name, "").strip()
        if not text:
            return otherwise
        digits = _DIGITS.fullmatch(text)
        horizon = self._instance.horizon
        try:
            minutes = Clock().read(
                f"{digits[1]}:{digits[2] or '00'}" if digits else text,
                CellContext(horizon.start, horizon.days),
            )
        except CellError:
            minutes = DAY + 1
        if minutes > DAY:
            self._fault(name, "form_clock")
            return otherwise
        return minutes

    def _day(self, name: str) -> str:
        text = self._fields.get(name, "").strip()
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self._fault(name, "form_unreadable" if text else "form_empty")
            return self._instance.horizon.start.isoformat()

    def _text(self, name: str) -> str:
        text = self._fields.get(name, "").strip()
        if not text:
            self._fault(name, "form_empty")
        return text or "-"

    def _id(self, name: str) -> str:
        """The id at the end of what a field shows (its name, `·`, its id), or of the only record called so."""
        text = self._text(name)
        week = self._instance
        names = {one.id: one.name for one in week.visits}
        names |= {one.id: one.name for one in week.shifts}
        if name in _PLACES:
            names = {one.id: one.name for one in week.places}
        shown = text.rpartition(" · ")[2].strip()
        if shown in names:
            return shown
        called = [id for id, one in names.items() if one == text]
        found = called or [id for id, one in names.items() if text in one]
        if len(found) == 1:
            return found[0]
        if self._fields.get(name, "").strip():
            code = "form_several" if found else "form_unknown"
            self._fault(name, code, {"count": str(len(found))})
        return text

    def _number(self, name: str, least: int, most: int) -> int:
        text = self._fields.get(name, "").strip()
        if text.isdecimal() and len(text) < 6 and least <= int(text) <= most:
            return int(text)
        slots = {"least": str(least), "most": str(most)}
        self._fault(name, "form_number" if text else "form_empty", slots)
        return least

    def _fault(self, name: str, code: str, slots: Mapping[str, str] | None = None) -> None:
        value = self._fields.get(name, "").strip()[:80]
        slots = dict(slots or {})
        self._faults.append(Problem(code=code, pointer=f"/{name}", value=value, slots=slots))


def _moment(day: str, minutes: int) -> str:
    start = date.fromisoformat(day) + timedelta(minutes // DAY)
    return f"{start}T{minutes % DAY // 60:02}:{minutes % 60:02}"
