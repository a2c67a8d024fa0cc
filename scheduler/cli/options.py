"""What several commands take: the language, a week, a roster; and how a week is read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.talk import Language, Talk, helped, spoken
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


def expanded(talk: Talk, week: Path, *, warned: bool = False) -> "Expanded":
    """The week with a visit for everything that falls due in it; its warnings are printed.

    warned: do not print them; they were printed when the roster was made.
    """
    from scheduler.cli.files import read_instance
    from scheduler.cli.tables import problem_table
    from scheduler.due import expand
    from scheduler.model.faults import faults
    from scheduler.rules import rules

    instance = read_instance(talk, week)
    warnings = [problem for problem in faults(instance, rules()) if problem.severity == "warning"]
    if warnings and not warned:
        talk.err.print(problem_table(talk, warnings, str(week), most=8))
    return expand(instance)
