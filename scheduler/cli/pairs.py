"""Weeks and rosters in any number and order: which roster belongs to which week."""

from collections.abc import Iterable
from pathlib import Path

from scheduler.cli.files import read_roster
from scheduler.cli.options import expanded
from scheduler.cli.talk import Talk, printable
from scheduler.model import (
    Assignment,
    InputError,
    Instance,
    Problem,
    Roster,
)
from scheduler.model.tasks import slots


def pairs(talk: Talk, paths: Iterable[Path]) -> list[tuple[Instance, Roster]]:
    """The weeks with their rosters; without a file of its own, with the roster that was published.

    A week that has neither is left out, and told. Raises InputError for a roster without its week, for
    two of one week, and where there is no roster at all.
    """
    given = list(dict.fromkeys(paths))
    read = {path: _week(talk, path) for path in given}
    rosters = [path for path, week in read.items() if week is None]
    weeks = {path: week for path, week in read.items() if week is not None}
    found: dict[str, Roster] = {}
    for path in rosters:
        roster = _roster(talk, path, list(weeks.values()))
        if roster.instance in found:
            raise InputError(
                [Problem(code="roster_twice", pointer="", value=roster.instance)], str(path)
            )
        found[roster.instance] = roster
    for path, week in weeks.items():
        if week.id not in found and week.published:
            found[week.id] = published(week)
        elif week.id not in found:
            talk.warn("loads.no_roster", path=printable(str(path)))
    if not found:
        raise InputError([Problem(code="no_roster", pointer="")], str(given[0]))
    by_id = {week.id: week for week in weeks.values()}
    return [(by_id[id], roster) for id, roster in found.items()]


def _week(talk: Talk, path: Path) -> Instance | None:
    """The week in a file, None for a roster. Raises InputError for what is neither."""
    try:
        return expanded(talk, path)
    except InputError as error:
        if any(problem.slots.get("given_file") == "roster" for problem in error.problems):
            return None
        raise


def published(week: Instance) -> Roster:
    """What people were told of an expanded week, as far as it was not lost since."""
    parts = [
        part for part in week.published if part.standing != "lost" and part.task in week.task_by_id
    ]
    return Roster(
        instance=week.id,
        horizon=week.horizon,
        assignments=tuple(
            Assignment(
                task=part.task,
                slot=part.slot,
                person=part.person,
                place=part.place,
                start=part.start,
                end=part.start + slots(week.task_by_id[part.task])[part.slot].duration,
            )
            for part in parts
        ),
    )


def _roster(talk: Talk, path: Path, weeks: list[Instance]) -> Roster:
    """The roster of a file, of the week that it is of."""
    for week in weeks:
        try:
            return read_roster(path, week, talk)
        except InputError as error:
            if all(problem.code != "roster_of_another_instance" for problem in error.problems):
                raise
    raise InputError([Problem(code="roster_without_week", pointer="", value=path.name)], str(path))
