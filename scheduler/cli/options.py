"""What several commands take: the language, a week, a roster; and how a week is read."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.cli.talk import Language, Talk, helped, printable, spoken
from scheduler.exports import FORMATS

if TYPE_CHECKING:
    from scheduler.due import Expanded

Lang = Annotated[
    Language,
    typer.Option("--lang", help=helped("lang"), default_factory=spoken, show_default=False),
]
Week = Annotated[Path, typer.Argument(metavar="WEEK", help=helped("week"), show_default=False)]
Out = Annotated[
    list[Path] | None,
    typer.Option("--out", "-o", help=helped("out", endings=" ".join(FORMATS))),
]
Answer = Annotated[
    Path, typer.Argument(metavar="ROSTER", help=helped("roster"), show_default=False)
]

Cores = Annotated[int | None, typer.Option(min=1, help=helped("cores"))]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help=helped("verbose"))]


def threads(cores: int | None, steps: int | None = None) -> int:
    """As many as are asked for, else as there are cores; one where steps are given, so that any machine gives the same."""
    if cores is None and steps is None:
        return (
            len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else os.cpu_count() or 1
        )
    return cores or 1


Warnings = Literal["all", "first", "counted", "silent"]
FIRST_WARNINGS = 8


def expanded(talk: Talk, week: Path, warnings: Warnings = "silent") -> "Expanded":
    """The week with a visit for everything that falls due in it.

    warnings: list them all or the first few, tell how many there are, or say nothing of them. They are
        told once: the solve lists them and the check counts them, other commands say nothing.
    """
    from scheduler.cli.files import read_instance
    from scheduler.cli.tables import problem_list
    from scheduler.due import expand

    instance, told = read_instance(talk, week)
    told = [problem for problem in told if problem.code != "no_work"]
    if told and warnings == "counted":
        talk.warn("problems.warned", count=len(told), source=printable(str(week)))
    elif told and warnings != "silent":
        most = FIRST_WARNINGS if warnings == "first" else len(told)
        talk.err.print(problem_list(talk, told, str(week), most))
    whole = expand(instance)
    if not whole.visits and not whole.shifts:
        talk.err.print(talk.say("problems.no_work.cause"), style="yellow")
    return whole
