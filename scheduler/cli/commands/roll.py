"""`lianxin roll`: one week's history carried into the next, as it was really worked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.talk import Talk, helped, printable

if TYPE_CHECKING:
    from scheduler.model import Instance, Roster


def run(
    week: Week,
    roster: Answer,
    out: Annotated[Path, typer.Option("--out", "-o", help=helped("roll_out"), show_default=False)],
    lang: Lang,
    worked: Annotated[Path | None, typer.Option(help=helped("roll_worked"))] = None,
    following: Annotated[Path | None, typer.Option(help=helped("roll_following"))] = None,
    carry: Annotated[bool, typer.Option(help=helped("roll_carry"))] = True,
) -> None:
    """Carry one week's history into the next."""
    from scheduler.cli.files import (
        check_week_target,
        located,
        read_instance,
        read_roster,
        read_worked,
        write_instance,
    )
    from scheduler.weeks.roll import roll
    from scheduler.weeks.worked import worked_roster

    talk = Talk(lang)
    check_week_target(talk, out)
    with orderly(talk, week):
        instance = expanded(talk, week)
        planned = read_roster(roster, instance, talk)
        record, cells = (None, None) if worked is None else read_worked(worked, instance, talk)
        with located(cells, worked):
            done = worked_roster(instance, planned, record)
        coming = None if following is None else read_instance(talk, following)[0]
        rolled = roll(instance, planned, coming, record, carry=carry)
        write_instance(out, rolled, talk.lang)
    _print(talk, instance, done, rolled)
    talk.tell("written", path=out)


def _print(talk: Talk, instance: "Instance", done: "Roster", rolled: "Instance") -> None:
    """Print what the new week inherits: duties kept, what falls due, loads against fair shares, sessions left."""
    from scheduler import due as dues
    from scheduler.cli.tables import coverage_line, due_list
    from scheduler.messages.names import Names

    names = Names(rolled, talk.lang, instance)
    if instance.duties:
        coverage = dues.coverage(instance, done)
        talk.out.print(coverage_line(talk, coverage, True))
        missed = [printable(names.duty(duty)) for duty in coverage.missed]
        if missed:
            talk.tell("roll.missed", count=len(missed), names=names.listed(missed))
    falling_due = dues.due(rolled)
    if falling_due:
        talk.out.print(due_list(talk, rolled, falling_due))
    for person in rolled.people:
        past = rolled.past(person.id)
        if past.fair_minutes:
            rate = past.minutes / past.fair_minutes
            talk.tell("roll.load", name=printable(names.person(person.id)), rate=rate)
    for case in rolled.cases:
        if case.sessions:
            talk.tell("roll.sessions", name=printable(names.case(case.id)), count=case.sessions)
