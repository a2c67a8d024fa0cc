"""``lianxin move``: a task to another day, time or place, with the people who do it."""

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
    from scheduler.model.changes import MoveWork


def run(
    week: Week,
    roster: Answer,
    task: TaskWord,
    lang: Lang,
    when: Annotated[str | None, typer.Argument(metavar="[WHEN]", help=helped("move_when"))] = None,
    place: Annotated[str | None, typer.Option(help=helped("move_place"))] = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    and_repair: AndRepair = False,
    seconds: Seconds = DEFAULT_SECONDS,
    out: Out = None,
    out_week: OutWeek = None,
) -> None:
    """Move a task to another day, time or place."""
    talk = Talk(lang)
    if when is None and place is None:
        raise typer.BadParameter(talk.word("by_hand.move_nowhere"))

    def worded(instance: "Expanded", published: "Roster") -> "Sequence[MoveWork]":
        from scheduler.formats import mentions
        from scheduler.model.changes import MoveWork

        chosen = mentions.task(instance, task).id
        start = None if when is None else _start(instance, published, chosen, when)
        where = None if place is None else mentions.place(instance, place).id
        return [MoveWork(task=chosen, start=start, place=where, reason=reason)]

    options = HandOptions(dry_run, seconds if and_repair else None, out, out_week)
    carry_out(talk, week, roster, worded, options)


def _start(instance: "Expanded", published: "Roster", task: str, when: str) -> int:
    """The moment that is written; of a day alone at the task's time of day, of a time alone on its day."""
    from scheduler.formats import mentions
    from scheduler.model import InputError, Shift

    record, ticks = instance.task_by_id[task], instance.horizon.day_ticks
    starts = [part.start for part in published.assignments if part.task == task]
    now = record.start if isinstance(record, Shift) else min(starts, default=0)
    try:
        spans = mentions.spans(instance, when)
    except InputError:
        spans = []
    if len(spans) == 1 and (spans[0].start % ticks, spans[0].end - spans[0].start) == (0, ticks):
        return spans[0].start + now % ticks
    try:
        return mentions.moment(instance, when)
    except InputError:
        day = f"{instance.horizon.date(instance.horizon.day_of(now)):%m-%d}"
        try:
            return mentions.moment(instance, f"{day} {when}")
        except InputError:
            pass
        raise
