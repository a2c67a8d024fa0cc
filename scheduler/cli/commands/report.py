"""``lianxin report``: a roster as a page that opens offline, or in any other format."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.talk import Talk, helped


def run(
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
        planned, _ = files.read_roster(roster, instance, talk)
        published = None
        if before is not None:
            old = instance if before_week is None else expanded(talk, before_week, "silent")
            published = (old, files.read_roster(before, old, talk)[0])
        files.write_roster(out, instance, planned, talk.lang, published)
    talk.tell("written", path=out)
