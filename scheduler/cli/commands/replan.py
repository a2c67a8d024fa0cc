"""``lianxin replan``: changes against a published roster → a new one, and who must be told what."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import HARD_RULE_BROKEN, orderly
from scheduler.cli.options import Answer, Cores, Lang, Out, Verbose, Week, expanded, threads
from scheduler.cli.talk import Talk, helped

if TYPE_CHECKING:
    from scheduler.due import Expanded
    from scheduler.formats.workbook.source_cells import SourceCells
    from scheduler.model import Instance, Roster
    from scheduler.model.changes import Changes
    from scheduler.weeks.replan.search import ReplanResult

DEFAULT_SECONDS = 5.0


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    changes: Annotated[
        Path | None, typer.Argument(metavar="CHANGES", help=helped("replan_changes"))
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help=helped("replan_to"))] = None,
    absent: Annotated[list[str] | None, typer.Option(help=helped("replan_absent"))] = None,
    cancel: Annotated[list[str] | None, typer.Option(help=helped("replan_cancel"))] = None,
    freeze_until: Annotated[datetime | None, typer.Option(help=helped("replan_freeze"))] = None,
    max_people_moved: Annotated[int | None, typer.Option(min=0, help=helped("most_moved"))] = None,
    seconds: Annotated[float, typer.Option(min=0, help=helped("replan_seconds"))] = DEFAULT_SECONDS,
    seed: Annotated[int, typer.Option(min=0, help=helped("seed"))] = 0,
    cores: Cores = None,
    out: Out = None,
    out_week: Annotated[Path | None, typer.Option(help=helped("out_week"))] = None,
    verbose: Verbose = False,
) -> None:
    """Re-plan a published roster."""
    from scheduler.cli import files
    from scheduler.cli.live import watching
    from scheduler.stop import Stop
    from scheduler.weeks.replan.apply import without_the_unable
    from scheduler.weeks.replan.search import replan

    talk = Talk(lang)
    targets = out or [files.beside(roster, "replanned")]
    changed_week = out_week or files.beside(week, "replanned")
    files.check_targets(talk, targets)
    files.check_week_target(talk, changed_week)
    with orderly(talk, week):
        instance = expanded(talk, week)
        published = files.read_roster(roster, instance, talk)
        base, found = _towards(talk, instance, to)
        batch, cells = _batch(
            talk, instance, changes, absent or [], cancel or [], freeze_until, found
        )
    with orderly(talk, changes or to), files.located(cells, changes):
        if to is not None:
            batch = without_the_unable(base, published, batch)
        stop = Stop(seconds=seconds)
        with watching(talk, stop, verbose) as watch:
            replanned = replan(
                base,
                published,
                batch,
                stop,
                most_moved=max_people_moved,
                seed=seed,
                cores=threads(cores),
                on_progress=watch.take,
            )
        files.write_instance(changed_week, replanned.instance, talk.lang)
        for target in targets:
            files.write_roster(
                target, replanned.instance, replanned.roster, talk.lang, (instance, published)
            )
    _print(talk, instance, published, replanned)
    for target in [changed_week, *targets]:
        talk.tell("written", path=target)
    if replanned.report.score.hard:
        raise typer.Exit(HARD_RULE_BROKEN)


def _print(
    talk: Talk, instance: "Instance", published: "Roster", replanned: "ReplanResult"
) -> None:
    """Print the scores before and after, and what each person must be told."""
    from scheduler.cli.notices import notices, tell_exceptions
    from scheduler.cli.tables import problem_list, score_line

    if replanned.notices:
        talk.err.print(problem_list(talk, replanned.notices, talk.word("replan.changes")))
    talk.tell("replan.before")
    talk.out.print(score_line(talk, replanned.report_before(instance, published).score))
    talk.tell("replan.after")
    talk.out.print(score_line(talk, replanned.report.score))
    tell_exceptions(talk, replanned.instance)
    talk.out.print(notices(talk, replanned.instance, instance, replanned.difference))


def _towards(
    talk: Talk, instance: "Expanded", to: Path | None
) -> "tuple[Expanded, Changes | None]":
    """The week with what another state of it says otherwise, and the changes that lead to that state."""
    if to is None:
        return instance, None
    from scheduler.cli.files import read_instance
    from scheduler.cli.found import tell_found
    from scheduler.due import expand
    from scheduler.weeks.changes_between import changes_between

    with orderly(talk, to):
        found = changes_between(instance, read_instance(talk, to)[0])
    tell_found(talk, found)
    return expand(found.base), found.changes


def _batch(
    talk: Talk,
    instance: "Instance",
    path: Path | None,
    absent: list[str],
    cancel: list[str],
    freeze_until: datetime | None,
    found: "Changes | None",
) -> "tuple[Changes, SourceCells | None]":
    """The file's changes and those of the options together, and the cells of the file's."""
    from scheduler.cli.files import read_changes
    from scheduler.formats import mentions
    from scheduler.model.changes import Absence, Cancel, Changes
    from scheduler.model.time import to_ticks

    horizon = instance.horizon
    base, cells = (
        (Changes(horizon=horizon), None) if path is None else read_changes(path, instance, talk)
    )
    more: list[Absence | Cancel] = []
    for absence in absent:
        name, _, when = absence.partition("=")
        if not when:
            raise typer.BadParameter(talk.word("replan.absent_form", value=absence))
        person = mentions.person(instance, name).id
        more += [
            Absence.model_validate({"person": person, "from": span.start, "to": span.end})
            for span in mentions.spans(instance, when)
        ]
    more += [Cancel(task=mentions.task(instance, task).id) for task in cancel]
    if found is not None:
        base = base.model_copy(update={"changes": (*found.changes, *base.changes)})
    if found is None and not base.changes and not more:
        raise typer.BadParameter(talk.word("replan.no_changes"))
    freeze = base.freeze
    if freeze_until is not None:
        moment = to_ticks(freeze_until, horizon.start, horizon.ticks_per_minute)
        freeze = freeze.model_copy(update={"time": moment})
    changed = {"changes": (*base.changes, *more), "freeze": freeze}
    return base.model_copy(update=changed), cells
