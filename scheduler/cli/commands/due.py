"""``lianxin due``: the standing duties and series that fall due in a week, and how well duties are kept."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Lang, Week, expanded
from scheduler.cli.talk import Talk, helped


def run(
    week: Week,
    lang: Lang,
    roster: Annotated[Path | None, typer.Option(help=helped("due_roster"))] = None,
) -> None:
    """List what falls due."""
    from scheduler import due as dues
    from scheduler.cli.files import read_roster
    from scheduler.cli.tables import coverage_line, due_list

    talk = Talk(lang)
    with orderly(talk, week):
        instance = expanded(talk, week)
        falling_due = dues.due(instance)
        planned = None if roster is None else read_roster(roster, instance, talk)
        coverage = dues.coverage(instance, planned)
    if falling_due:
        talk.out.print(due_list(talk, instance, falling_due))
        talk.tell("due.count", count=len(falling_due))
    else:
        talk.tell("due.none")
    if instance.duties:
        talk.out.print(coverage_line(talk, coverage, planned is not None))
