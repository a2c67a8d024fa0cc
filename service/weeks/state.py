"""The state of a week: its instance, with all that falls due, and its roster. Kept in parts, by content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from scheduler.due import Expanded, expand
from scheduler.model import Horizon, Instance, Roster
from scheduler.model.time import clock
from service.answers.recent import Recent
from service.settings import MEGABYTE
from service.store import contents, weeks
from service.store.publications import PublicationRow
from service.store.weeks import Made, RevisionRow, WeekRow

ROSTER = "roster"
"""Name of the part that is the roster; the others are named as the instance's fields."""
_HORIZON = "horizon"


@dataclass(frozen=True)
class _Part:
    value: Any
    bytes: int


_parts: Recent[_Part] = Recent(400, 16 * MEGABYTE, lambda part: part.bytes)
_states: Recent["WeekState"] = Recent(8)


@dataclass(frozen=True)
class WeekState:
    """A week as a revision has it. instance: with all that falls due. digests: of the parts as they are kept."""

    instance: Expanded
    roster: Roster
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)

    @staticmethod
    def of(instance: Instance, roster: Roster | None = None) -> "WeekState":
        """A state that is not kept yet. roster: None: nothing is assigned."""
        week = expand(instance)
        return WeekState(week, roster or Roster(horizon=week.horizon, instance=week.id))

    @property
    def key(self) -> str:
        """Equal for equal kept states, whichever revisions they are of."""
        return _digest(self.digests)

    @property
    def instance_key(self) -> str:
        """Equal for kept states of equal instances, whatever their rosters."""
        return _digest({name: one for name, one in self.digests.items() if name != ROSTER})

    @property
    def is_kept(self) -> bool:
        """Whether all of it is in the database, so that `key` tells it apart."""
        return len(self.digests) == len(Instance.model_fields) + 1

    def part(self, name: str) -> Any:
        """A part by its name."""
        return self.roster if name == ROSTER else getattr(self.instance, name)

    def changed(
        self, instance: Instance | None = None, roster: Roster | None = None
    ) -> "WeekState":
        """This state with another instance or roster; digests of parts that are the same are kept."""
        other = replace(
            self,
            instance=self.instance if instance is None else Expanded(instance),
            roster=self.roster if roster is None else roster,
        )
        same = {
            name: digest
            for name, digest in self.digests.items()
            if self.part(name) is other.part(name) or self.part(name) == other.part(name)
        }
        return replace(other, digests=same)


def _digest(digests: Mapping[str, str]) -> str:
    return hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()


def begin(
    session: Session, state: WeekState, made: Made, title: str, about: Mapping[str, Any]
) -> tuple[WeekRow, RevisionRow]:
    """Keep a new week, whose first revision has this state."""
    week = weeks.begin(session, state.instance.horizon.start, title, about)
    return week, revise(session, week, 0, state, made)


def revise(session: Session, week: WeekRow, head: int, state: WeekState, made: Made) -> RevisionRow:
    """Keep a state as the revision after `head`. Raises StaleError where that is not the last any more."""
    names = [*Instance.model_fields, ROSTER]
    kept = dict(state.digests)
    changed = {name: _written(state, name) for name in names if name not in kept}
    areas = {area.id for area in state.instance.areas}
    row = weeks.follow(session, week, head, kept, changed, areas, made)
    # By content: whoever reads this revision next in this process need not read it from the database.
    digests: dict[str, str] = row.contents
    for name, body in changed.items():
        _parts.keep((name, digests[name]), _Part(state.part(name), len(body)))
    _states.keep(tuple(sorted(digests.items())), replace(state, digests=digests))
    return row


def keep(session: Session, week: WeekRow, state: WeekState) -> dict[str, str]:
    """Keep what a state is made of. Returns the digests of its parts, by which `read` finds it."""
    names = [*Instance.model_fields, ROSTER]
    digests = dict(state.digests)
    for name in names:
        if name not in digests:
            digests[name] = contents.put(session, week.id, week.secret, _written(state, name))
    return digests


def read(session: Session, row: RevisionRow | PublicationRow) -> WeekState:
    """The state of a revision, or that was published; what this process read lately is read from its memory."""
    digests: dict[str, str] = row.contents
    return _states.get(tuple(sorted(digests.items())), lambda: _read(session, digests))


def horizon(session: Session, row: RevisionRow | PublicationRow) -> Horizon:
    """The days of a revision, or of what was published, without the rest of it."""
    found: Horizon = _part(session, row.contents, _HORIZON, None)
    return found


def _part(session: Session, digests: Mapping[str, str], name: str, horizon: Horizon | None) -> Any:
    def parsed() -> _Part:
        body = contents.body(session, digests[name])
        return _Part(_parsed(name, body, horizon), len(body))

    return _parts.get((name, digests[name]), parsed).value


def _read(session: Session, digests: Mapping[str, str]) -> WeekState:
    days = _part(session, digests, _HORIZON, None)
    values = {name: _part(session, digests, name, days) for name in digests}
    roster = values.pop(ROSTER)
    instance = Instance.model_construct(set(values), **values)
    return WeekState(Expanded(instance), roster, digests)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    kind: Any = Roster if name == ROSTER else Instance.model_fields[name].annotation
    return TypeAdapter(kind)


def _parsed(name: str, body: str, horizon: Horizon | None) -> Any:
    if horizon is None or name == ROSTER:
        return _adapter(name).validate_json(body)
    with clock(horizon.start, horizon.ticks_per_minute):
        return _adapter(name).validate_json(body)


def _written(state: WeekState, name: str) -> str:
    horizon = state.instance.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        return _adapter(name).dump_json(state.part(name), exclude_unset=True).decode()
