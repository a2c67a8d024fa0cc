"""Every error that the library raises for a user to read.

LianxinError
├── InputError        the input is wrong; carries every problem found, not just the first
├── NotARosterError   a file is no roster of this instance (InputError)
└── StoppedError      stopped before a roster was found
"""

from collections.abc import Iterable
from typing import Literal

from scheduler.model.base import Record
from scheduler.model.pointer import Path, pointer, shortened

MOST_PROBLEMS = 200
"""Reading an input stops at so many faults, and says so by one further problem."""
_MORE = "more_problems"


class Problem(Record):
    """One fault of an input, in a form that a program can act on.

    Its sentences (cause and remedy, 中文 and English) are in the message catalogue under `code`.
    """

    code: str
    """Key in the message catalogue, such as ``unknown_id``."""
    pointer: str
    """JSON pointer such as ``/visits/3/windows/0/to``, or ``sheet!cell`` for a workbook."""
    value: str = ""
    """The faulty value, shortened."""
    severity: Literal["error", "warning"] = "error"
    """An input with nothing worse than warnings can be solved."""
    slots: dict[str, str] = {}
    """Further values that the sentences name, besides pointer and value."""


def warning(code: str, path: Path, value: str, slots: dict[str, str] | None = None) -> Problem:
    """What a coordinator will want to know of an input that can be solved."""
    return Problem(
        code=code,
        pointer=pointer(*path),
        value=shortened(value),
        severity="warning",
        slots=slots or {},
    )


def listed(problems: Iterable[Problem]) -> list[Problem]:
    """The first 200 problems, and one that says so where there are more; errors come before warnings.

    Takes no more of the problems than it needs: it stops at the error that is one too many.
    """
    kept: list[Problem] = []
    more, errors, warnings = False, 0, 0
    for problem in problems:
        if problem.code == _MORE:
            more = True
        elif problem.severity == "warning":
            warnings += 1
            if warnings <= MOST_PROBLEMS:
                kept.append(problem)
        elif errors == MOST_PROBLEMS:
            more = True
            break
        else:
            errors += 1
            kept.append(problem)
    room = MOST_PROBLEMS - errors
    shown = []
    for problem in kept:
        room -= problem.severity == "warning"
        if problem.severity == "error" or room >= 0:
            shown.append(problem)
    if more or errors + warnings > len(shown):
        shown.append(
            Problem(
                code=_MORE,
                pointer="",
                severity="error" if errors else "warning",
                slots={"most": str(MOST_PROBLEMS)},
            )
        )
    return shown


class LianxinError(Exception):
    """Base of all errors of this library."""


class InputError(LianxinError):
    """The input is wrong: `problems` holds the faults found, as `listed` lists them."""

    def __init__(self, problems: list[Problem], source: str = ""):
        self.problems = listed(problems)
        self.source = source
        super().__init__(f"{source}: {len(problems)} problems: {problems[:3]}")


class NotARosterError(InputError):
    """The roster names people, work or slots that the instance does not have."""


class StoppedError(LianxinError):
    """The search was stopped before it had any roster."""
