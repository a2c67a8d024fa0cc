"""Reading and writing by a file's ending: every week, roster, batch of changes and worked week goes through here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from scheduler.checker import Report, check_read, roster_read
from scheduler.cli.talk import Talk, spoken
from scheduler.exports import FORMATS
from scheduler.formats.atomic import replacing
from scheduler.messages import Lang
from scheduler.model import InputError, Instance, NotARosterError, Problem, Roster

WORKBOOK = ".xlsx"
WEEK_ENDINGS = (".json", WORKBOOK)
ReadT = TypeVar("ReadT")

if TYPE_CHECKING:
    from scheduler.formats.parse import RecordT
    from scheduler.formats.workbook.source_cells import SourceCells
    from scheduler.model import WorkedWeek
    from scheduler.model.changes import Changes
    from scheduler.report import Audience


def read_instance(talk: Talk, path: Path) -> tuple[Instance, list[Problem]]:
    """The instance in a JSON file or a workbook, and its warnings. Raises InputError with every error in it."""
    from scheduler.formats.workbook.other_files import OFFICE_ENDINGS

    ending = path.suffix.lower()
    reader = READERS.get(ending, _read_workbook if ending in OFFICE_ENDINGS else None)
    if reader is None:
        raise _unknown_ending(talk, path, sorted(READERS))
    return reader(path)


def read_roster(path: Path, instance: Instance, talk: Talk | None = None) -> Roster:
    """A roster in a JSON file or a workbook.

    instance: expanded; talk: says what was edited in a workbook, in the environment's language where
    left out. Raises InputError where the file holds no roster, or one of another instance.
    """
    return _read_roster(path, instance, talk, roster_read)


def read_checked(path: Path, instance: Instance, talk: Talk | None = None) -> tuple[Roster, Report]:
    """The same, with the checker's report."""
    return _read_roster(path, instance, talk, check_read)


def _read_roster(
    path: Path, instance: Instance, talk: Talk | None, judged: Callable[[Instance, Roster], ReadT]
) -> ReadT:
    from scheduler.formats import json_file

    if not _is_workbook(path):
        return _judged(judged, instance, json_file.read_roster(path), str(path))
    from scheduler.formats.workbook.guard import read_roster_guarded

    roster, warnings, cells = read_roster_guarded(_bytes(path), instance, str(path))
    _tell(talk, warnings, path)
    try:
        return judged(instance, roster)
    except NotARosterError as error:
        raise NotARosterError([cells.located(p) for p in error.problems], str(path)) from None


def read_changes(
    path: Path, instance: Instance, talk: Talk
) -> "tuple[Changes, SourceCells | None]":
    """The changes in a JSON file or a workbook, and the cells that they come from.

    instance: the week that they change, expanded. Raises InputError with every error of their form.
    """
    if not _is_workbook(path):
        from scheduler.formats import json_file

        return json_file.read_changes(path, instance.horizon), None
    from scheduler.formats.workbook.guard import read_changes_guarded

    changes, warnings, cells = read_changes_guarded(_bytes(path), instance, str(path))
    _tell(talk, warnings, path)
    return changes, cells


def read_worked(
    path: Path, instance: Instance, talk: Talk
) -> "tuple[WorkedWeek, SourceCells | None]":
    """The worked week in a JSON file or a workbook, and its cells. Parameters as of `read_changes`."""
    if not _is_workbook(path):
        from scheduler.formats import json_file

        return json_file.read_worked(path), None
    from scheduler.formats.workbook.guard import read_worked_guarded

    worked, warnings, cells = read_worked_guarded(_bytes(path), instance, str(path))
    _tell(talk, warnings, path)
    return worked, cells


@contextmanager
def located(cells: "SourceCells | None", path: Path | None) -> Iterator[None]:
    """Tell what is wrong with a file's content at its cells, where it came from a workbook."""
    try:
        yield
    except InputError as error:
        problems = error.problems if cells is None else [cells.located(p) for p in error.problems]
        raise InputError(problems, error.source or str(path or "")) from None


def read_new(path: Path, model: "type[RecordT]", instance: Instance, talk: Talk) -> "RecordT":
    """A new visit or case: a JSON file of one, or a workbook with one row on the sheet of visits or cases."""
    if not _is_workbook(path):
        from scheduler.formats import json_file

        return json_file.read_record(path, model, instance.horizon)
    changes, _ = read_changes(path, instance, talk)
    name = f"{model.__name__.lower()}s"
    found = [record for one in changes.changes for record in getattr(one, name, ())]
    if len(found) != 1:
        slots = {"count": str(len(found))}
        raise InputError([Problem(code=f"one_of_{name}", pointer="", slots=slots)], str(path))
    record: RecordT = found[0]
    return record


def _judged(
    judged: Callable[[Instance, Roster], ReadT], instance: Instance, roster: Roster, source: str
) -> ReadT:
    try:
        return judged(instance, roster)
    except NotARosterError as error:
        raise NotARosterError(error.problems, source) from None


def _tell(talk: Talk | None, warnings: list[Problem], path: Path) -> None:
    from scheduler.cli.tables import problem_list

    if warnings:
        talk = talk or Talk(spoken())
        talk.err.print(problem_list(talk, warnings, str(path)))


def beside(path: Path, word: str) -> Path:
    """Where a command writes what nobody named a file for: a workbook after a workbook, else JSON."""
    return Path(f"{path.stem}.{word}{WORKBOOK if _is_workbook(path) else '.json'}")


def check_targets(talk: Talk, paths: list[Path]) -> None:
    """Refuse, before a long search, endings and folders that cannot be written to."""
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise _unknown_ending(talk, path, sorted(FORMATS))
        check_folder(talk, path)


def check_week_target(talk: Talk, path: Path) -> None:
    """Refuse, before a long search, a path to which no week can be written."""
    if path.suffix.lower() not in WEEK_ENDINGS:
        raise _unknown_ending(talk, path, sorted(WEEK_ENDINGS))
    check_folder(talk, path)


def check_folder(talk: Talk, path: Path) -> None:
    """Refuse a path whose folder is missing, or which is itself a folder."""
    if not path.parent.is_dir() or path.is_dir():
        raise typer.BadParameter(talk.word("no_folder", path=path))


def write_instance(path: Path, instance: Instance, lang: Lang) -> None:
    """Write a week as JSON or as a workbook, by the path's ending: whole, or not at all.

    Raises InputError where a workbook cannot hold it.
    """
    if not _is_workbook(path):
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


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() == WORKBOOK


def _bytes(path: Path) -> bytes:
    """The file's bytes. Raises InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        code = "file_not_found" if isinstance(error, FileNotFoundError) else "file_not_readable"
        raise InputError([Problem(code=code, pointer="", value=str(path))], str(path)) from None


def _unknown_ending(talk: Talk, path: Path, endings: list[str]) -> typer.BadParameter:
    return typer.BadParameter(talk.word("unknown_ending", path=path, known=", ".join(endings)))


def _read_json(path: Path) -> tuple[Instance, list[Problem]]:
    from scheduler.formats import json_file

    return json_file.read_warned(path)


def _read_workbook(path: Path) -> tuple[Instance, list[Problem]]:
    from scheduler.formats import workbook

    return workbook.inspect_guarded(_bytes(path), str(path))


READERS: dict[str, Callable[[Path], tuple[Instance, list[Problem]]]] = {
    ".json": _read_json,
    WORKBOOK: _read_workbook,
}
