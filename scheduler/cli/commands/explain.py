"""``lianxin explain``: why work is left undone and what it would take, or why an assignment is as it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Lang, Week, expanded
from scheduler.cli.talk import Talk, helped

if TYPE_CHECKING:
    from scheduler.explain import Remedy

MOST_TASKS = 10
CLASH_SECONDS = 20.0
WORTH_SECONDS = 10.0


def run(
    week: Week,
    lang: Lang,
    roster: Annotated[Path | None, typer.Argument(metavar="ROSTER", help=helped("roster"))] = None,
    task: Annotated[str | None, typer.Option(help=helped("explain_task"))] = None,
    slot: Annotated[int, typer.Option(min=0, help=helped("explain_slot"))] = 0,
    people: Annotated[bool, typer.Option("--people", help=helped("explain_people"))] = False,
    most: Annotated[int, typer.Option(min=1, help=helped("explain_most"))] = MOST_TASKS,
    clash: Annotated[bool, typer.Option("--clash", help=helped("explain_clash"))] = False,
    seconds: Annotated[float, typer.Option(min=0, help=helped("explain_seconds"))] = CLASH_SECONDS,
    apply: Annotated[int | None, typer.Option(min=1, help=helped("explain_apply"))] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=helped("explain_out"))] = None,
    out_week: Annotated[Path | None, typer.Option(help=helped("out_week"))] = None,
) -> None:
    """Say why work is left undone, or why an assignment is as it is."""
    from scheduler.cli import files, reasons
    from scheduler.explain import empty_slots, prepared, why_unassigned
    from scheduler.facts import Facts
    from scheduler.formats import mentions

    talk = Talk(lang)
    if apply is not None and task is None:
        raise typer.BadParameter(talk.word("explain.apply_needs_task"))
    if (roster is None) != clash:
        raise typer.BadParameter(talk.word("explain.roster_or_clash"))
    with orderly(talk, week):
        instance = expanded(talk, week)
        if roster is None:
            talk.out.print(reasons.clashing(talk, instance, seconds))
            return
        answer, report = files.read_checked(roster, instance, talk)
        trials = prepared(Facts(instance, answer), report)
        if task is None:
            talk.out.print(reasons.undone(talk, trials, most))
            if empty_slots(trials):
                talk.out.print(reasons.hours_wanted(talk, instance, WORTH_SECONDS))
            return
        task = mentions.task(instance, task).id
        if slot in trials.facts.by_task[task]:
            talk.out.print(reasons.why_so(talk, trials, task, slot))
            return
        unassigned = why_unassigned(trials, task, slot)
        talk.out.print(reasons.why_unassigned(talk, trials, unassigned, people))
        if apply is not None:
            _apply(talk, unassigned.remedies, apply, out, out_week, roster, week)


def _apply(
    talk: Talk,
    remedies: "tuple[Remedy, ...]",
    number: int,
    out: Path | None,
    out_week: Path | None,
    roster: Path,
    week: Path,
) -> None:
    """Write the week and the roster of a remedy."""
    from scheduler.checker import check
    from scheduler.cli import files

    if number > len(remedies):
        raise typer.BadParameter(talk.word("explain.no_remedy", count=len(remedies)))
    remedy = remedies[number - 1]
    if not remedy.applicable:
        raise typer.BadParameter(talk.say("remedies.only_words"))
    target = out or files.beside(roster, "remedied")
    changed = out_week or files.beside(week, "remedied")
    files.check_targets(talk, [target])
    files.check_week_target(talk, changed)
    score = check(remedy.instance, remedy.roster).score
    files.write_instance(changed, remedy.instance, talk.lang)
    files.write_roster(
        target, remedy.instance, remedy.roster.model_copy(update={"score": score}), talk.lang
    )
    for path in (changed, target):
        talk.tell("written", path=path)
