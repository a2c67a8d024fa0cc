"""``lianxin swap``: two people do each other's work, in a span or one task for another."""

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
    carry_out,
)
from scheduler.cli.options import Answer, Lang, Out, Week
from scheduler.cli.talk import Talk, helped

if TYPE_CHECKING:
    from scheduler.due import Expanded
    from scheduler.model import Roster
    from scheduler.model.changes import SwapWork

PersonWord = Annotated[str, typer.Argument(metavar="PERSON", help=helped("swap_person"))]


def run(
    week: Week,
    roster: Answer,
    first: PersonWord,
    second: PersonWord,
    lang: Lang,
    when: Annotated[str | None, typer.Option(help=helped("swap_when"))] = None,
    task: Annotated[str | None, typer.Option(help=helped("swap_task"))] = None,
    other: Annotated[str | None, typer.Option(help=helped("swap_other"))] = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    and_repair: AndRepair = False,
    seconds: Seconds = DEFAULT_SECONDS,
    out: Out = None,
    out_week: OutWeek = None,
) -> None:
    """Let two people do each other's work."""
    talk = Talk(lang)
    if when is not None and (task or other):
        raise typer.BadParameter(talk.word("by_hand.when_or_task"))

    def worded(instance: "Expanded", _: "Roster") -> "Sequence[SwapWork]":
        from scheduler.formats import mentions
        from scheduler.model.changes import SwapWork

        said = {
            "first": mentions.person(instance, first).id,
            "second": mentions.person(instance, second).id,
            "task": None if task is None else mentions.task(instance, task).id,
            "other": None if other is None else mentions.task(instance, other).id,
            "reason": reason,
        }
        if when is None:
            return [SwapWork.model_validate(said)]
        return [
            SwapWork.model_validate(said | {"from": span.start, "to": span.end})
            for span in mentions.spans(instance, when)
        ]

    options = HandOptions(dry_run, seconds if and_repair else None, out, out_week)
    carry_out(talk, week, roster, worded, options)
