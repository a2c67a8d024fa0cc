"""``lianxin lock``: what is published before a moment stands, and the week keeps that."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.by_hand import DryRun, HandOptions, OutWeek, carry_out
from scheduler.cli.options import Answer, Lang, Out, Week
from scheduler.cli.talk import Talk, helped

if TYPE_CHECKING:
    from scheduler.due import Expanded
    from scheduler.model import Roster
    from scheduler.model.changes import Lock


def run(
    week: Week,
    roster: Answer,
    before: Annotated[str, typer.Argument(metavar="BEFORE", help=helped("lock_before"))],
    lang: Lang,
    dry_run: DryRun = False,
    out: Out = None,
    out_week: OutWeek = None,
) -> None:
    """Lock what is published before a moment."""

    def worded(instance: "Expanded", _: "Roster") -> "Sequence[Lock]":
        from scheduler.formats import mentions
        from scheduler.model.changes import Lock

        return [Lock(before=mentions.moment(instance, before))]

    carry_out(Talk(lang), week, roster, worded, HandOptions(dry_run, None, out, out_week))
