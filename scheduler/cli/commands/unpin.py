"""``lianxin unpin``: release the pins of a task, of a person, or all of them."""

from scheduler.cli.by_hand import DryRun, Everything, OfPerson, OfTask, OutWeek, pin_or_unpin
from scheduler.cli.options import Answer, Lang, Out, Week


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    task: OfTask = None,
    person: OfPerson = None,
    everything: Everything = False,
    dry_run: DryRun = False,
    out: Out = None,
    out_week: OutWeek = None,
) -> None:
    """Release pins."""
    pin_or_unpin(
        "unpin", lang, (week, roster), (task, person, everything), dry_run, (out, out_week)
    )
