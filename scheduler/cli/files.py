"""Reading and writing by a file's ending."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.checker import Report, check
from scheduler.cli.talk import Talk
from scheduler.exports import FORMATS
from scheduler.formats.atomic import replacing
from scheduler.messages import Lang
from scheduler.model import Instance, NotARosterError, Problem, Roster

if TYPE_CHECKING:
    from scheduler.report import Audience


def read_instance(talk: Talk, path: Path) -> tuple[Instance, list[Problem]]:
    """The instance in a JSON file or a workbook, and its warnings. Raises InputError with every error in it."""
    from scheduler.formats.workbook.other_files import OFFICE_ENDINGS

    ending = path.suffix.lower()
    reader = READERS.get(ending, _read_workbook if ending in OFFICE_ENDINGS else None)
    if reader is None:
        raise _unknown_ending(talk, path, sorted(READERS))
    return reader(path)


def read_roster(path: Path, instance: Instance) -> tuple[Roster, Report]:
    """A roster and the checker's report. Raises InputError where the file holds no roster, or one of another instance."""
    from scheduler.formats import json_file

    roster = json_file.read_roster(path)
    try:
        return roster, check(instance, roster)
    except NotARosterError as error:
        raise NotARosterError(error.problems, str(path)) from None


def check_targets(talk: Talk, paths: list[Path]) -> None:
    """Refuse, before a long search, endings and folders that cannot be written to."""
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise _unknown_ending(talk, path, sorted(FORMATS))
        check_folder(talk, path)


def check_folder(talk: Talk, path: Path) -> None:
    """Refuse a path whose folder is missing, or which is itself a folder."""
    if not path.parent.is_dir() or path.is_dir():
        raise typer.BadParameter(talk.word("no_folder", path=path))


def check_week_target(talk: Talk, path: Path) -> None:
    """Refuse, before a long search, a path to which no week can be written."""
    if path.suffix.lower() not in READERS:
        raise _unknown_ending(talk, path, sorted(READERS))
    check_folder(talk, path)


def write_instance(path: Path, instance: Instance, lang: Lang) -> None:
    """Write a week as JSON or as a workbook, by the path's ending: whole, or not at all.

    Raises InputError where a workbook cannot hold it.
    """
    if path.suffix.lower() == ".json":
        from scheduler.formats import json_file

        json_file.write_instance(path, instance)
        return
    from scheduler.formats import workbook

    with replacing(path) as partial:
        workbook.write_instance(partial, instance, lang)


def write_roster(
    path: Path,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    published: tuple[Instance, Roster] | None = None,
    audience: "Audience | None" = None,
) -> None:
    """Write a roster in the format of the path's ending: whole, or not at all.

    published: the published week and roster, where the roster is a re-plan of them.
    audience: whose part of it to write; None: all of it.
    """
    with replacing(path) as partial:
        form = FORMATS[path.suffix.lower()]
        form.write(partial, instance, roster, lang, published, audience)


def _unknown_ending(talk: Talk, path: Path, endings: list[str]) -> typer.BadParameter:
    return typer.BadParameter(talk.word("unknown_ending", path=path, known=", ".join(endings)))


def _read_json(path: Path) -> tuple[Instance, list[Problem]]:
    from scheduler.formats import json_file

    return json_file.read_warned(path)


def _read_workbook(path: Path) -> tuple[Instance, list[Problem]]:
    from scheduler.formats import workbook

    return workbook.inspect_guarded(path.read_bytes(), str(path))


READERS: dict[str, Callable[[Path], tuple[Instance, list[Problem]]]] = {
    ".json": _read_json,
    ".xlsx": _read_workbook,
}
