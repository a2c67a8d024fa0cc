"""Telling people apart from publishing: what each was told last, what that is to them now, and the texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

from sqlalchemy.orm import Session

from scheduler.drawings.reader import Reader
from scheduler.facts import Facts
from scheduler.messages import Lang
from scheduler.model import Instance, Person, Roster
from scheduler.report.audience import Audience, Part
from scheduler.report.changes import Before
from scheduler.report.texts import change_texts, part_text
from scheduler.weeks.telling import ToldKind, telling, with_people_of
from service.access.within import lying_outside
from service.answers.recent import Recent
from service.store import publications
from service.store.publications import PublicationRow, TellingRow
from service.weeks import state
from service.weeks.publishing import WeekPublications
from service.weeks.state import WeekState

ToldState = Literal["not_told", "copied", "told", "received", "again"]
"""again: they were told, and it is otherwise by now."""
DONE = ("told", "received")
_kinds: Recent[Mapping[str, ToldKind]] = Recent(64)
_unseen: Recent[frozenset[str]] = Recent(16)


@dataclass(frozen=True)
class ToldPerson:
    """How somebody stands.

    kind: what is published is to them beside what they were told; since: number of the publication
    that they were told of, None: of none; row: what was noted last about what is published now
    """

    person: str
    kind: ToldKind
    state: ToldState
    since: int | None
    row: TellingRow | None


class Tellings:
    """Who was told what of a week.

    small: minutes, a start or end that moves by less is no change. now: what is compared with what they
    know; None: what is published
    """

    def __init__(
        self,
        session: Session,
        week: str,
        published: WeekPublications,
        small: int,
        now: WeekState | None = None,
    ):
        self._session = session
        self._published = published
        self.small = small
        self._rows: dict[str, list[TellingRow]] = {}
        for row in publications.tellings(session, week):
            self._rows.setdefault(row.person, []).append(row)
        self.now = published.state if now is None else now
        """What they are told of; None: nothing is published."""
        self._compared: dict[int, Mapping[str, ToldKind]] = {}

    @cached_property
    def people(self) -> Sequence[ToldPerson]:
        """Everybody with work in what is published, and whose work was taken away."""
        return tuple(self._people())

    @property
    def to_tell(self) -> list[ToldPerson]:
        """Those who do not know yet."""
        return [one for one in self.people if one.state not in DONE]

    def person(self, id: str) -> tuple[Instance, Person]:
        """Somebody in `people`, and the week that has them: an earlier one where they are gone."""
        states = (state.read(self._session, row) for row in reversed(self._published.rows))
        for found in chain([self._now], states):
            if id in found.instance.person_by_id:
                return found.instance, found.instance.person_by_id[id]
        raise KeyError(id)

    def state_of(self, number: int) -> WeekState:
        """What a publication published; 0: nothing."""
        if number == 0:
            now = self._now
            return now.changed(roster=now.roster.model_copy(update={"assignments": ()}))
        return state.read(self._session, self._publication(number))

    @property
    def _now(self) -> WeekState:
        assert self.now is not None
        return self.now

    def _publication(self, number: int) -> PublicationRow:
        return self._published.rows[number - 1]

    def _people(self) -> Iterator[ToldPerson]:
        if self.now is None:
            return
        for person in self._everybody():
            rows = self._rows.get(person, [])
            known = [row for row in rows if row.told is not None]
            since = known[-1].publication if known else 0
            kind = self._kind(person, since)
            if kind is None and not known:
                continue
            fresh = [row for row in rows if self._same(person, row.publication)]
            row = fresh[-1] if fresh else None
            if known and kind in (None, "unchanged"):
                row = known[-1]
                step: ToldState = "told" if row.received is None else "received"
            elif row is not None and row.copied is not None:
                step = "copied"
            else:
                step = "again" if known else "not_told"
            yield ToldPerson(person, kind or "withdrawn", step, since or None, row)

    def _everybody(self) -> Iterable[str]:
        named = [one.id for one in self._now.instance.people]
        return dict.fromkeys([*named, *sorted(self._rows)])

    def _same(self, person: str, number: int) -> bool:
        return self._kind(person, number) in (None, "unchanged")

    def _kind(self, person: str, number: int) -> ToldKind | None:
        """What is published now is to somebody who knows an earlier publication; None: no work in either."""
        if number not in self._compared:
            before = self.state_of(number) if number else None
            self._compared[number] = compared(before, self._now, self.small)
        return self._compared[number].get(person)


def compared(before: WeekState | None, now: WeekState, small: int) -> Mapping[str, ToldKind]:
    """Person → what a state is to them beside an earlier one (None: none); kept where both are in the database."""

    def made() -> Mapping[str, ToldKind]:
        bare = now.roster.model_copy(update={"assignments": ()})
        week = now.instance if before is None else with_people_of(now.instance, before.instance)
        return telling(week, bare if before is None else before.roster, now.roster, small).kinds

    if not now.is_kept:
        return made()
    return _kinds.get((None if before is None else before.key, now.key, small), made)


def unseen(state: WeekState, areas: frozenset[str] | None) -> frozenset[str]:
    """The people of a kept state whom who is for these areas does not see."""
    if areas is None:
        return frozenset()

    def made() -> frozenset[str]:
        return frozenset(lying_outside(state.instance, areas, state.roster)["person"])

    return _unseen.get((state.key, areas), made) if state.is_kept else made()


@dataclass(frozen=True)
class Texts:
    """What is sent about one person. change: what differs from what they were told, None: they are new to it."""

    week: tuple[str, ...]
    change: tuple[str, ...] | None


def texts(
    now: tuple[Instance, Roster],
    earlier: Mapping[int, tuple[Instance, Roster]],
    people: Iterable[ToldPerson],
    lang: Lang,
    small: int,
) -> dict[str, Texts]:
    """Person → texts, as they go into a chat: private visits are hidden in them.

    now: what is published; earlier: by number what people were told of. Weeks are expanded, and are
    as the asking account may see them.
    """
    week = now[0]
    for before, _ in earlier.values():
        week = with_people_of(week, before)
    facts, public = Facts(week, now[1]), Reader(week)
    changes = {
        number: {
            text.person: text.lines
            for text in change_texts(week, now[1], Before(*before), lang, small)
        }
        for number, before in earlier.items()
    }
    return {
        one.person: Texts(
            part_text(Part(facts, Audience("person", one.person), True, public), lang),
            changes.get(one.since or 0, {}).get(one.person),
        )
        for one in people
    }
