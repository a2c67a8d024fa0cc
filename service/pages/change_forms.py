"""The forms for what happens in a week: which fields each has, and the change that they make."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from scheduler.model import InputError, Instance, Problem

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_DAY_END = "24:00"


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

    def _absence(self) -> dict[str, Any]:
        return {"kind": "absence", "person": self._text("person"), **self._span()}

    def _late(self) -> dict[str, Any]:
        day = self._day("day")
        until = self._moment(day, "arrives", "10:00")
        return {
            "kind": "absence",
            "person": self._text("person"),
            "from": f"{day}T00:00",
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
        if date.fromisoformat(last) < date.fromisoformat(first):
            last = first
        return {
            "from": self._moment(first, "from", "00:00"),
            "to": self._moment(last, "to", _DAY_END),
        }

    def _moment(self, day: str, name: str, otherwise: str) -> str:
        text = self._fields.get(name, "").strip().replace("：", ":") or otherwise
        if not _CLOCK.fullmatch(text):
            return self._wrong(name, text, f"{day}T00:00")
        hours, minutes = map(int, text.split(":"))
        start = date.fromisoformat(day) + timedelta(hours // 24)
        return f"{start}T{hours % 24:02}:{minutes:02}"

    def _day(self, name: str) -> str:
        text = self._fields.get(name, "").strip()
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return self._wrong(name, text, self._instance.horizon.start.isoformat())

    def _text(self, name: str) -> str:
        text = self._fields.get(name, "").strip()
        return text or self._wrong(name, text, "-")

    def _id(self, name: str) -> str:
        """The id at the end of what a field shows: its name, `·`, its id."""
        return self._text(name).rpartition("·")[2].strip()

    def _number(self, name: str, least: int, most: int) -> int:
        text = self._fields.get(name, "").strip()
        if text.isdecimal() and text.isascii() and len(text) < 6 and least <= int(text) <= most:
            return int(text)
        self._wrong(name, text, "")
        return least

    def _wrong(self, name: str, text: str, otherwise: str) -> str:
        code = "form_unreadable" if text else "form_empty"
        self._faults.append(Problem(code=code, pointer=f"/{name}", value=text[:80]))
        return otherwise
