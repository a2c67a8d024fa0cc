"""The commands. Each loads what it needs when it runs, so that help and errors come at once.

Those that ask about a roster or change one are a file each in `commands`.
"""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.commands import compare, explain, replan, roll, suggest
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.talk import BAD_INPUT, HARD_RULE_BROKEN, Talk, helped, orderly

_DEFAULT_SECONDS = 60.0

app = typer.Typer(
    help=helped("app"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.command(help=helped("solve"))
def solve(
    week: Week,
    lang: Lang,
    out: Annotated[list[Path] | None, typer.Option("--out", "-o", help=helped("out"))] = None,
    seconds: Annotated[float | None, typer.Option(min=0, help=helped("seconds"))] = None,
    idle_seconds: Annotated[float | None, typer.Option(min=0, help=helped("idle_seconds"))] = None,
    steps: Annotated[int | None, typer.Option(min=1, help=helped("steps"))] = None,
    seed: Annotated[int, typer.Option(min=0, help=helped("seed"))] = 0,
    cores: Annotated[int, typer.Option(min=1, help=helped("cores"))] = 1,
    start: Annotated[Path | None, typer.Option(help=helped("start"))] = None,
) -> None:
    """Solve a week and write its roster."""
    from scheduler import solver
    from scheduler.checker import check as judge
    from scheduler.cli import files
    from scheduler.cli.live import watching
    from scheduler.cli.tables import summary
    from scheduler.stop import Stop

    talk = Talk(lang)
    targets = sorted(out or [Path(f"{week.stem}.roster.json")], key=_json_first)
    files.check_targets(talk, targets)
    with orderly(talk, week):
        instance = expanded(talk, week)
        first = None if start is None else files.read_roster(start, instance)[0]
        if seconds is None and steps is None:
            seconds = _DEFAULT_SECONDS
        stop = Stop(seconds=seconds, idle_seconds=idle_seconds, steps=steps)
        with watching(talk, stop) as watch:
            roster = solver.solve(
                instance, stop, seed=seed, cores=cores, start=first, on_progress=watch.take
            )
        for target in targets:
            files.write_roster(target, instance, roster, talk.lang)
        report = judge(instance, roster)
        talk.out.print(summary(talk, instance, roster, report))
        for target in targets:
            talk.tell("written", path=target)
    if not report.feasible:
        raise typer.Exit(HARD_RULE_BROKEN)


@app.command(help=helped("check"))
def check(
    week: Week,
    roster: Answer,
    lang: Lang,
    everything: Annotated[bool, typer.Option("--all", help=helped("all"))] = False,
) -> None:
    """Price a roster rule by rule."""
    from scheduler.cli.files import read_roster
    from scheduler.cli.tables import finding_list, rule_table, score_line

    talk = Talk(lang)
    with orderly(talk, week):
        instance = expanded(talk, week)
        report = read_roster(roster, instance)[1]
    talk.out.print(rule_table(talk, instance, report.rules))
    talk.out.print(finding_list(talk, instance, report.findings, everything))
    talk.out.print(score_line(talk, report.score))
    talk.tell("check.feasible" if report.feasible else "check.broken")
    if not report.feasible:
        raise typer.Exit(HARD_RULE_BROKEN)


@app.command(help=helped("due"))
def due(
    week: Week,
    lang: Lang,
    roster: Annotated[Path | None, typer.Option(help=helped("due_roster"))] = None,
) -> None:
    """List what falls due."""
    from scheduler import due as dues
    from scheduler.cli.files import read_instance, read_roster
    from scheduler.cli.tables import coverage_line, due_table

    talk = Talk(lang)
    with orderly(talk, week):
        instance = read_instance(talk, week)
        found = dues.due(instance)
        expanded = dues.expand(instance)
        planned = None if roster is None else read_roster(roster, expanded)[0]
        coverage = dues.coverage(expanded, planned)
    if found:
        talk.out.print(due_table(talk, instance, found))
    talk.tell("due.count", count=len(found))
    if instance.duties:
        talk.out.print(coverage_line(talk, coverage, planned is not None))


@app.command(help=helped("template"))
def template(
    path: Annotated[Path, typer.Argument(metavar="WORKBOOK", help=helped("workbook"))], lang: Lang
) -> None:
    """Write an empty workbook."""
    from scheduler.cli.files import check_folder
    from scheduler.formats import workbook
    from scheduler.formats.atomic import replacing

    talk = Talk(lang)
    check_folder(talk, path)
    if path.suffix.lower() != ".xlsx":
        raise typer.BadParameter(talk.word("unknown_ending", path=path, known=".xlsx"))
    with orderly(talk), replacing(path) as partial:
        workbook.write_template(partial, talk.lang)
    talk.tell("written", path=path)


@app.command(help=helped("generate"))
def generate(
    name: Annotated[str, typer.Argument(help=helped("name"), show_default=False)],
    lang: Lang,
    seed: Annotated[int, typer.Option(min=0, help=helped("generate_seed"))] = 1,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=helped("generate_out"))] = None,
) -> None:
    """Write one of the weeks that come with Lianxin."""
    from instances.generate import NAMES
    from instances.generate import generate as make
    from scheduler.cli.files import check_folder
    from scheduler.formats.json_file import write_instance

    talk = Talk(lang)
    if name not in NAMES:
        raise typer.BadParameter(talk.word("unknown_name", name=name, known=", ".join(NAMES)))
    path = out or Path(f"{name.replace('/', '-')}.json")
    check_folder(talk, path)
    with orderly(talk):
        write_instance(path, make(name, seed))
    talk.tell("written", path=path)


@app.command(help=helped("report"))
def report(
    week: Week,
    roster: Answer,
    lang: Lang,
    out: Annotated[Path, typer.Option("--out", "-o", help=helped("report_out"))] = Path(
        "week.html"
    ),
    before: Annotated[Path | None, typer.Option(help=helped("before"))] = None,
    before_week: Annotated[Path | None, typer.Option(help=helped("before_week"))] = None,
) -> None:
    """Write a report that opens offline."""
    from scheduler.cli import files

    talk = Talk(lang)
    files.check_targets(talk, [out])
    with orderly(talk, week):
        instance = expanded(talk, week)
        planned, _ = files.read_roster(roster, instance)
        known = None
        if before is not None:
            old = instance if before_week is None else expanded(talk, before_week, warned=True)
            known = (old, files.read_roster(before, old)[0])
        files.write_roster(out, instance, planned, talk.lang, known)
    talk.tell("written", path=out)


@app.command(help=helped("serve"))
def serve(
    lang: Lang,
    host: Annotated[str, typer.Option(help=helped("host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=helped("port"))] = 8000,
    data: Annotated[Path, typer.Option(help=helped("data"))] = Path("lianxin-data"),
) -> None:
    """Run the job service."""
    talk = Talk(lang)
    try:
        from service.app import serve as run
    except ModuleNotFoundError as error:
        talk.warn("no_service", module=error.name)
        raise typer.Exit(BAD_INPUT) from None
    with orderly(talk):
        run(host, port, data)


app.command("replan", help=helped("replan"))(replan.run)
app.command("compare", help=helped("compare"))(compare.run)
app.command("explain", help=helped("explain"))(explain.run)
app.command("suggest", help=helped("suggest"))(suggest.run)
app.command("roll", help=helped("roll"))(roll.run)


def _json_first(path: Path) -> bool:
    # Should a writer of another format fail, the roster is safe already.
    return path.suffix.lower() != ".json"
