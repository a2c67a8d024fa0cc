"""Kinds of cell for skills that people share, and for the last days of skills; see `kinds` for what a kind is."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.kinds import ITEMS, as_text
from scheduler.formats.workbook.cells.spans import read_days
from scheduler.formats.workbook.cells.text import plain, quoted, split, unquoted

_NAME = r'("(?:[^"]|"")*"|[^:]*?)'


@dataclass(frozen=True)
class SkillMix:
    """Skills that a crew has between its members, each with least level and head count: 急救:1×2; 驾驶."""

    name: str = "skill_mix"

    def read(self, cell: Any, context: CellContext) -> list[dict[str, Any]]:
        mix = []
        for part in split(plain(as_text(cell)), ITEMS):
            found = re.fullmatch(rf"{_NAME}\s*(?::\s*(\d+))?\s*(?:[×*]\s*(\d+))?", part, re.DOTALL)
            if found is None or not found[1]:
                raise CellError()
            level, count = int(found[2] or 1), int(found[3] or 1)
            mix.append({"skill": unquoted(found[1]), "level": level, "count": count})
        return mix

    def write(self, value: Any, context: CellContext) -> str | None:
        return "; ".join(f"{quoted(one.skill)}:{one.level}×{one.count}" for one in value) or None


@dataclass(frozen=True)
class LastDays:
    """Names with a day: 急救:2026-12-31; 驾驶:2027-06-30."""

    name: str = "last_days"

    def read(self, cell: Any, context: CellContext) -> dict[str, str]:
        last: dict[str, str] = {}
        for part in split(plain(as_text(cell)), ITEMS):
            found = re.fullmatch(rf"{_NAME}\s*:\s*(.+)", part, re.DOTALL)
            days = read_days(found[2], context) if found is not None and found[1] else []
            if found is None or len(days) != 1:
                raise CellError()
            label = unquoted(found[1])
            if label in last:
                raise CellError("named_twice", part=label)
            last[label] = days[0].isoformat()
        return last

    def write(self, value: dict[str, date], context: CellContext) -> str | None:
        return "; ".join(f"{quoted(label)}:{day}" for label, day in value.items()) or None
