"""Whom a roster is news to: people who are new in it, whose work changed, who have none any more, and all others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from scheduler.model import Instance, Roster
from scheduler.weeks.replan.difference import Difference, difference

ToldKind = Literal["new", "changed", "withdrawn", "unchanged"]
"""What a roster is to somebody who knew the one before."""


@dataclass(frozen=True)
class Telling:
    """kinds: of everybody with work in either roster, in the order of the instance; difference: what the news are."""

    kinds: Mapping[str, ToldKind]
    difference: Difference


def telling(instance: Instance, before: Roster, after: Roster, small: int) -> Telling:
    """Whom the second roster is news to who knew the first.

    instance: of the second, with everybody who has work in either (`with_people_of`). small: minutes; a
    start or end that moves by less is no change.
    """
    news = difference(instance, before, after, small=small)
    return Telling(dict(_kinds(instance, before, after, news)), news)


def with_people_of(instance: Instance, before: Instance) -> Instance:
    """The instance, with the people that only an earlier state of it has, so that they can be told."""
    gone = [one for one in before.people if one.id not in instance.person_by_id]
    return instance.changed(people=(*instance.people, *gone)) if gone else instance


def _kinds(
    instance: Instance, before: Roster, after: Roster, news: Difference
) -> Iterator[tuple[str, ToldKind]]:
    had = {part.person for part in before.assignments}
    has = {part.person for part in after.assignments}
    for person in (one.id for one in instance.people if one.id in had | has):
        if person not in had:
            yield person, "new"
        elif person not in has:
            yield person, "withdrawn"
        else:
            yield person, "changed" if person in news.by_person else "unchanged"
