"""Reading and writing by a file's ending."""

from collections.abc import Callable
from pathlib import Path

import typer

from scheduler.checker import Report, check
from scheduler.cli.talk import Talk
from scheduler.exports import FORMATS
from scheduler.formats.atomic import replacing
from scheduler.messages import Lang
from scheduler.model import Instance, NotARosterError, Roster


def read_instance(talk: Talk, path: Path) -> Instance:
    """The instance of a JSON file or a workbook. Raises InputError for all that is wrong with it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _unknown_ending(talk, path, sorted(READERS))
    return reader(path)


def read_roster(path: Path, instance: Instance) -> tuple[Roster, Report]:
    """A roster and what it costs. Raises InputError where it is none, or none of this instance."""
    from scheduler.formats import json_file

    roster = json_file.read_roster(path)
    try:
        return roster, check(instance, roster)
    except NotARosterError as error:
        raise NotARosterError(error.problems, str(path)) from None


def check_targets(talk: Talk, paths: list[Path]) -> None:
    """Refuse now what could not be written after a long search: endings, folders."""
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise _unknown_ending(talk, path, sorted(FORMATS))
        check_folder(talk, path)


def check_folder(talk: Talk, path: Path) -> None:
    """The folder to write to is there, and the name is no folder's."""
    if not path.parent.is_dir() or path.is_dir():
        raise typer.BadParameter(talk.word("no_folder", path=path))


def write_roster(
    path: Path,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    known: tuple[Instance, Roster] | None = None,
) -> None:
    """Write a roster in the format of the path's ending: whole, or not at all.

    known: the week and roster that people know, where one is being changed.
    """
    with replacing(path) as partial:
        FORMATS[path.suffix.lower()].write(partial, instance, roster, lang, known)


def _unknown_ending(talk: Talk, path: Path, known: list[str]) -> typer.BadParameter:
    return typer.BadParameter(talk.word("unknown_ending", path=path, known=", ".join(known)))


def _read_json(path: Path) -> Instance:
    from scheduler.formats import json_file

    return json_file.read_instance(path)


def _read_workbook(path: Path) -> Instance:
    from scheduler.formats import workbook

    return workbook.read_guarded(path.read_bytes(), str(path))


READERS: dict[str, Callable[[Path], Instance]] = {".json": _read_json, ".xlsx": _read_workbook}
