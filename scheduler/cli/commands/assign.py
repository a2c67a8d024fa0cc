"""``lianxin assign``: this person, or these, do this work."""

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
    from scheduler.model.changes import Assign

People = Annotated[list[str], typer.Argument(metavar="PERSON...", help=helped("assign_people"))]


def run(
    week: Week,
    roster: Answer,
    task: TaskWord,
    people: People,
    lang: Lang,
    slot: Annotated[int | None, typer.Option(min=0, help=helped("assign_slot"))] = None,
    start: Annotated[str | None, typer.Option(help=helped("assign_start"))] = None,
    place: Annotated[str | None, typer.Option(help=helped("assign_place"))] = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    and_repair: AndRepair = False,
    seconds: Seconds = DEFAULT_SECONDS,
    out: Out = None,
    out_week: OutWeek = None,
) -> None:
    """Give work to somebody."""

    def worded(instance: "Expanded", _: "Roster") -> "Sequence[Assign]":
        from scheduler.formats import mentions
        from scheduler.model.changes import Assign

        chosen = mentions.task(instance, task).id
        return [
            Assign(
                task=chosen,
                slot=slot,
                person=mentions.person(instance, person).id,
                start=None if start is None else mentions.moment(instance, start),
                place=None if place is None else mentions.place(instance, place).id,
                reason=reason,
            )
            for person in people
        ]

    options = HandOptions(dry_run, seconds if and_repair else None, out, out_week)
    carry_out(Talk(lang), week, roster, worded, options)
