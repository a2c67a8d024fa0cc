"""``lianxin report``: a roster as a page that opens offline, or in any other format; all of it, or one reader's part."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.readers import Community, Person, Place, audience, check_one, file_named
from scheduler.cli.talk import Talk, helped


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=helped("report_out"), show_default=False)
    ] = None,
    person: Person = None,
    place: Place = None,
    community: Community = None,
    before: Annotated[Path | None, typer.Option(help=helped("before"))] = None,
    before_week: Annotated[Path | None, typer.Option(help=helped("before_week"))] = None,
) -> None:
    """Write a report that opens offline."""
    from scheduler.cli import files
    from scheduler.exports import FORMATS

    talk = Talk(lang)
    check_one(talk, person, place, community)
    target = out or file_named(person or place or community)
    files.check_targets(talk, [target])
    if (person or place or community) and not FORMATS[target.suffix.lower()].parts:
        raise typer.BadParameter(talk.word("whole_only", path=target))
    if before is not None and (place or community) and target.suffix.lower() != ".ics":
        raise typer.BadParameter(talk.word("changes_of_people"))
    with orderly(talk, week):
        instance = expanded(talk, week)
        planned = files.read_roster(roster, instance, talk)
        published = None
        if before is not None:
            old = instance if before_week is None else expanded(talk, before_week)
            published = (old, files.read_roster(before, old, talk))
        reader = audience(instance, person, place, community)
        files.write_roster(target, instance, planned, talk.lang, published, reader)
    talk.tell("written", path=target)
