"""``lianxin compare``: two rosters side by side, or one and the roster of a changed week."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Cores, Lang, Out, Verbose, Week, expanded, threads
from scheduler.cli.talk import Talk, helped

if TYPE_CHECKING:
    from scheduler.model import Instance, Roster
    from scheduler.stop import Stop

DEFAULT_SECONDS = 20.0


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    other: Annotated[Path | None, typer.Argument(metavar="OTHER", help=helped("other"))] = None,
    other_week: Annotated[Path | None, typer.Option(help=helped("other_week"))] = None,
    change: Annotated[list[str] | None, typer.Option("--set", help=helped("set"))] = None,
    seconds: Annotated[
        float, typer.Option(min=0, help=helped("what_if_seconds"))
    ] = DEFAULT_SECONDS,
    seed: Annotated[int, typer.Option(min=0, help=helped("seed"))] = 0,
    cores: Cores = None,
    out: Out = None,
    out_week: Annotated[Path | None, typer.Option(help=helped("out_week"))] = None,
    verbose: Verbose = False,
) -> None:
    """Compare two rosters, or one with what a change of the week would bring."""
    from scheduler.cli import files
    from scheduler.cli.notices import notices
    from scheduler.cli.tables import comparison
    from scheduler.due import expand
    from scheduler.formats.amend import amended
    from scheduler.stop import Stop
    from scheduler.weeks.compare import compare

    talk = Talk(lang)
    if (other is None) == (not change):
        raise typer.BadParameter(talk.word("compare.one_of"))
    files.check_targets(talk, out or [])
    if out_week is not None:
        files.check_week_target(talk, out_week)
    with orderly(talk, week):
        instance = expanded(talk, week)
        first = files.read_roster(roster, instance, talk)
    if other is not None:
        with orderly(talk, other_week or week):
            changed = instance if other_week is None else expanded(talk, other_week)
            second = files.read_roster(other, changed, talk)
    else:
        with orderly(talk, week):
            changed = expand(amended(instance, change or []))
            second = _solved(
                talk, changed, first, Stop(seconds=seconds), seed, threads(cores), verbose
            )
            for target in out or []:
                files.write_roster(target, changed, second, talk.lang, (instance, first))
            if out_week is not None:
                files.write_instance(out_week, changed, talk.lang)
    rosters = compare(instance, first, changed, second)
    talk.out.print(comparison(talk, rosters))
    talk.out.print(notices(talk, changed, instance, rosters.difference))
    for path in [*(out or []), *([out_week] if out_week else [])]:
        talk.tell("written", path=path)


def _solved(
    talk: Talk,
    instance: "Instance",
    start: "Roster",
    stop: "Stop",
    seed: int,
    cores: int,
    verbose: bool,
) -> "Roster":
    from scheduler.cli.live import watching
    from scheduler.solver import solve

    with watching(talk, stop, verbose) as watch:
        return solve(instance, stop, seed=seed, cores=cores, start=start, on_progress=watch.take)
