"""``lianxin pin``: what is published of a task, of a person, or all of it, stays as it is."""

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
    """Pin what is published."""
    pin_or_unpin("pin", lang, (week, roster), (task, person, everything), dry_run, (out, out_week))
