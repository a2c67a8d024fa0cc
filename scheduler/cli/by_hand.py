"""What the commands that change a roster by hand share: options, the answer, and what is written."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.cli.ending import HARD_RULE_BROKEN, orderly
from scheduler.cli.options import expanded
from scheduler.cli.talk import Language, Talk, helped, printable

if TYPE_CHECKING:
    from scheduler.due import Expanded
    from scheduler.model import Problem, Roster
    from scheduler.model.changes import Change, Changes, PinWork, UnpinWork
    from scheduler.weeks.preview import Preview

DEFAULT_SECONDS = 5.0

Reason = Annotated[str, typer.Option("--reason", help=helped("hand_reason"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=helped("hand_dry_run"))]
AndRepair = Annotated[bool, typer.Option("--and-repair", help=helped("hand_repair"))]
Seconds = Annotated[float, typer.Option("--seconds", min=0, help=helped("hand_seconds"))]
OutWeek = Annotated[Path | None, typer.Option("--out-week", help=helped("out_week"))]
TaskWord = Annotated[str, typer.Argument(metavar="TASK", help=helped("hand_task"))]
OfTask = Annotated[str | None, typer.Option("--task", help=helped("pin_task"))]
OfPerson = Annotated[str | None, typer.Option("--person", help=helped("pin_person"))]
Everything = Annotated[bool, typer.Option("--all", help=helped("pin_all"))]

Worded = Callable[["Expanded", "Roster"], Sequence["Change"]]
"""Makes the changes of what a coordinator wrote. Raises InputError for what names nothing."""


@dataclass(frozen=True)
class HandOptions:
    """What becomes of a change by hand. seconds: of the search that follows; None: none does."""

    dry_run: bool
    seconds: float | None
    out: list[Path] | None
    out_week: Path | None


def carry_out(talk: Talk, week: Path, roster: Path, worded: Worded, options: HandOptions) -> None:
    """Change the roster as was said, show what that does, and write week and roster unless rules refuse it."""
    from scheduler.cli import files
    from scheduler.model.changes import Changes

    targets = options.out or [files.beside(roster, "changed")]
    week_target = options.out_week or files.beside(week, "changed")
    files.check_targets(talk, targets)
    files.check_week_target(talk, week_target)
    with orderly(talk, week):
        instance = expanded(talk, week, "silent")
        published = files.read_roster(roster, instance, talk)
    with orderly(talk), _as_typed(talk):
        made = tuple(worded(instance, published))
        answer = _answer(
            talk, instance, published, Changes(horizon=instance.horizon, changes=made), options
        )
    _show(talk, instance, answer)
    if answer.refused:
        talk.warn("by_hand.refused")
        raise typer.Exit(HARD_RULE_BROKEN)
    if options.dry_run:
        talk.tell("by_hand.dry_run")
    else:
        with orderly(talk, week):
            _write(talk, week_target, targets, (instance, published), answer)
    if answer.scores[1].hard:
        raise typer.Exit(HARD_RULE_BROKEN)


@contextmanager
def _as_typed(talk: Talk) -> Iterator[None]:
    """Faults of what was typed have no place in a file."""
    from scheduler.model import InputError

    try:
        yield
    except InputError as error:
        source = talk.word("replan.changes")
        raise InputError(_without_places(error.problems), source) from None


def _without_places(problems: "Sequence[Problem]") -> "list[Problem]":
    """The command line is the one change."""
    return [problem.model_copy(update={"pointer": ""}) for problem in problems]


def pin_or_unpin(
    verb: Literal["pin", "unpin"],
    lang: Language,
    files: tuple[Path, Path],
    about: tuple[str | None, str | None, bool],
    dry_run: bool,
    out: tuple[list[Path] | None, Path | None],
) -> None:
    """Pin or release what is meant. files: week and roster; about: task, person, everything."""
    talk = Talk(lang)
    task, person, everything = about
    if everything == (task is not None or person is not None):
        raise typer.BadParameter(talk.word("by_hand.pin_what"))

    def worded(instance: "Expanded", _: "Roster") -> "Sequence[PinWork | UnpinWork]":
        from scheduler.formats import mentions
        from scheduler.model.changes import PinWork, UnpinWork

        said = {
            "task": None if task is None else mentions.task(instance, task).id,
            "person": None if person is None else mentions.person(instance, person).id,
        }
        return [PinWork(**said) if verb == "pin" else UnpinWork(**said)]

    carry_out(talk, *files, worded, HandOptions(dry_run, None, *out))


def _answer(
    talk: Talk,
    instance: "Expanded",
    published: "Roster",
    changes: "Changes",
    options: HandOptions,
) -> "Preview":
    from scheduler.weeks.preview import preview, previewed

    if options.seconds is None:
        return preview(instance, published, changes)
    from scheduler.cli.live import watching
    from scheduler.stop import Stop
    from scheduler.weeks.replan.apply import tried
    from scheduler.weeks.replan.held import held_by_hand
    from scheduler.weeks.replan.search import search

    week = tried(instance, published, changes)
    if week.refused:
        return previewed(instance, published, week)
    week = held_by_hand(week)
    stop = Stop(seconds=options.seconds)
    with watching(talk, stop) as watch:
        roster = search(week, stop, on_progress=watch.take)
    return previewed(instance, published, week, roster)


def _show(talk: Talk, instance: "Expanded", answer: "Preview") -> None:
    """Points before and after, by rule; broken rules; and what each person must be told."""
    from scheduler.checker.sentences import sentence
    from scheduler.cli.notices import notices, tell_exceptions
    from scheduler.cli.tables import problem_list, rule_changes, score_line
    from scheduler.messages.names import Names

    if answer.notices:
        talk.err.print(problem_list(talk, answer.notices, talk.word("replan.changes")))
    talk.tell("replan.before")
    talk.out.print(score_line(talk, answer.scores[0]))
    talk.tell("replan.after")
    talk.out.print(score_line(talk, answer.scores[1]))
    if answer.rules:
        heads = (talk.word(f"by_hand.{head}") for head in ("before", "after"))
        talk.out.print(rule_changes(talk, answer.rules, *heads))
    if answer.refused:
        refused = _without_places(answer.refused)
        talk.err.print(problem_list(talk, refused, talk.word("replan.changes")))
        return
    names = Names(answer.instance, talk.lang)
    for finding in answer.broken:
        breach = printable(sentence(names, finding.rule, finding.violation))
        talk.tell("by_hand.exception", rule=finding.rule.rule.name.fill(talk.lang), breach=breach)
    tell_exceptions(talk, answer.instance)
    talk.out.print(notices(talk, answer.instance, instance, answer.difference))


def _write(
    talk: Talk,
    week: Path,
    rosters: Sequence[Path],
    published: "tuple[Expanded, Roster]",
    answer: "Preview",
) -> None:
    from scheduler.cli import files

    files.write_instance(week, answer.instance, talk.lang)
    for target in rosters:
        files.write_roster(target, answer.instance, answer.roster, talk.lang, published)
    for path in (week, *rosters):
        talk.tell("written", path=path)
