"""``lianxin unassign``: take work from somebody, or from everybody."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.by_hand import (
    DEFAULT_SECONDS,
    AndRepair,
    DryRun,
    HandOptions,
    OutWeek,
    Reason,
    Seconds,
    TaskWord,
    carry_out,
)
from scheduler.cli.options import Answer, Lang, Out, Week
from scheduler.cli.talk import Talk, helped

if TYPE_CHECKING:
    from scheduler.due import Expanded
    from scheduler.model import Roster
    from scheduler.model.changes import Unassign


def run(
    week: Week,
    roster: Answer,
    task: TaskWord,
    lang: Lang,
    person: Annotated[
        str | None, typer.Argument(metavar="[PERSON]", help=helped("unassign_person"))
    ] = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    and_repair: AndRepair = False,
    seconds: Seconds = DEFAULT_SECONDS,
    out: Out = None,
    out_week: OutWeek = None,
) -> None:
    """Take work from somebody."""

    def worded(instance: "Expanded", _: "Roster") -> "Sequence[Unassign]":
        from scheduler.formats import mentions
        from scheduler.model.changes import Unassign

        chosen = mentions.task(instance, task).id
        who = None if person is None else mentions.person(instance, person).id
        return [Unassign(task=chosen, person=who, reason=reason)]

    options = HandOptions(dry_run, seconds if and_repair else None, out, out_week)
    carry_out(Talk(lang), week, roster, worded, options)
