"""Start and length of a shift, which people also write as 11-24 18:30-20:30, or the hours as its length."""

from typing import Any

from scheduler.formats.workbook.cells.spans import DAY

Values = dict[str, Any]


def settle(values: Values) -> str:
    """Make a start and a duration of both cells' values; the code of the fault where they disagree, else ""."""
    start, length = values.get("start"), values.get("duration")
    if isinstance(start, list):
        values["start"], said = start[0], start[1] - start[0]
        if isinstance(length, list):
            same = [clock % DAY for clock in length] == [clock % DAY for clock in start]
            values["duration"] = said
            return "" if same else "start_and_length"
        values["duration"] = said if length is None else length
        return "" if length in (None, said) or not isinstance(length, int) else "start_and_length"
    if isinstance(length, list):
        values["duration"] = length[1] - length[0]
        if isinstance(start, int) and start % DAY != length[0]:
            return "start_and_length"
    return ""
