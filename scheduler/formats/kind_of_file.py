"""Which kind of file this is, so that swapped arguments are told as that and not field by field."""

from typing import Any, Literal

from scheduler.model import Problem

FileKind = Literal["week", "roster", "changes", "worked"]

_TELLING: dict[FileKind, frozenset[str]] = {
    "roster": frozenset({"assignments"}),
    "changes": frozenset({"changes"}),
    "worked": frozenset({"departures"}),
    "week": frozenset({"places", "people"}),
}
"""Fields that only this kind of JSON file has."""


def another_kind_of_json(data: dict[str, Any], wanted: FileKind) -> Problem | None:
    """The problem of a file whose fields are those of another kind; None where they may be this kind's."""
    if data.keys() & _TELLING[wanted]:
        return None
    given = next((kind for kind, fields in _TELLING.items() if fields <= data.keys()), None)
    return None if given is None else another_kind(given, wanted)


def another_kind(given: FileKind, wanted: FileKind) -> Problem:
    """That one kind of file stands where another belongs."""
    return Problem(
        code="another_kind_of_file",
        pointer="",
        slots={"given_file": given, "wanted_file": wanted},
    )
