"""``lianxin solve``: a week → its roster, with a panel that shows the search's progress."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import HARD_RULE_BROKEN, orderly
from scheduler.cli.options import Cores, Lang, Out, Verbose, Week, expanded, threads
from scheduler.cli.talk import Talk, helped

DEFAULT_SECONDS = 60.0


def run(
    week: Week,
    lang: Lang,
    out: Out = None,
    seconds: Annotated[float | None, typer.Option(min=0, help=helped("seconds"))] = None,
    idle_seconds: Annotated[float | None, typer.Option(min=0, help=helped("idle_seconds"))] = None,
    steps: Annotated[int | None, typer.Option(min=1, help=helped("steps"))] = None,
    seed: Annotated[int, typer.Option(min=0, help=helped("seed"))] = 0,
    cores: Cores = None,
    start: Annotated[Path | None, typer.Option(help=helped("start"))] = None,
    verbose: Verbose = False,
) -> None:
    """Solve a week and write its roster."""
    from scheduler import solver
    from scheduler.checker import check as judge
    from scheduler.cli import files
    from scheduler.cli.live import watching
    from scheduler.cli.tables import problem_list, summary
    from scheduler.messages.proofs import proof_in_words
    from scheduler.stop import Stop

    talk = Talk(lang)
    targets = sorted(out or [files.beside(week, "roster")], key=_json_first)
    files.check_targets(talk, targets)
    with orderly(talk, week):
        instance = expanded(talk, week, "first")
        first = None if start is None else files.read_roster(start, instance, talk)
        if seconds is None and steps is None:
            seconds = DEFAULT_SECONDS
        stop = Stop(seconds=seconds, idle_seconds=idle_seconds, steps=steps)
        with watching(talk, stop, verbose) as watch:
            roster = solver.solve(
                instance,
                stop,
                seed=seed,
                cores=threads(cores, steps),
                start=first,
                on_progress=watch.take,
            )
        for target in targets:
            files.write_roster(target, instance, roster, talk.lang)
        report = judge(instance, roster)
        talk.out.print(summary(talk, instance, roster, report))
        if roster.outcome and (
            proof := proof_in_words(report.score, roster.outcome.bound, talk.lang)
        ):
            talk.out.print(proof)
        if verbose and (outcome := roster.outcome) is not None:
            told = outcome.model_dump(include={"engine", "status", "steps", "seed"})
            talk.err.print(talk.word("live.outcome", **told), style="dim")
        if roster.outcome is not None and roster.outcome.notices:
            talk.err.print(problem_list(talk, roster.outcome.notices, week.name))
        for target in targets:
            talk.tell("written", path=target)
    if not report.feasible:
        raise typer.Exit(HARD_RULE_BROKEN)


def _json_first(path: Path) -> bool:
    # JSON first: should writing another format fail, the roster is saved already.
    return path.suffix.lower() != ".json"
