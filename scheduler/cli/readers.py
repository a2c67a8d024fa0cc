"""Whom a page is for, as a coordinator says it on the command line."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.talk import Talk, helped

if TYPE_CHECKING:
    from scheduler.model import Instance
    from scheduler.report import Audience

Person = Annotated[str | None, typer.Option("--person", help=helped("for_person"))]
Place = Annotated[str | None, typer.Option("--place", help=helped("for_place"))]
Community = Annotated[str | None, typer.Option("--community", help=helped("for_community"))]


def audience(
    instance: "Instance",
    person: str | None = None,
    place: str | None = None,
    community: str | None = None,
) -> "Audience | None":
    """The audience of at most one of the three options. Raises InputError where none or several are meant."""
    if person is place is community is None:
        return None
    from scheduler.formats import mentions
    from scheduler.report import Audience

    if person is not None:
        return Audience("person", mentions.person(instance, person).id)
    if place is not None:
        return Audience("place", mentions.place(instance, place).id)
    return Audience("area", mentions.area(instance, str(community)).id)


def check_one(talk: Talk, *options: object) -> None:
    """Refuse more than one of the options that name an audience."""
    if sum(option is not None for option in options) > 1:
        raise typer.BadParameter(talk.word("one_reader"))


def file_named(name: str | None, ending: str = ".html") -> Path:
    """The file of a page where none was said: after its reader, or ``week``."""
    safe = re.sub(r'[\\/:*?"<>|\s]+', "_", name or "").strip("._")
    return Path(f"{safe or 'week'}{ending}")
