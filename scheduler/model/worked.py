"""The week as it was really worked: departures from a roster, read when the next week is planned."""

from pydantic import Field

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.instance import FileRoot
from scheduler.model.time import Moment


class Departure(Record):
    """What went otherwise than planned in a task, or what it left behind."""

    task: str
    """Visit or shift id."""
    slot: int | None = Field(default=None, ge=0)
    """Index of the slot; None: every slot that the roster fills, or the only slot of the task."""
    done: bool = True
    """False: the slot was not worked, whatever the roster says."""
    person: str | None = None
    """Who worked it, where it was not the person assigned."""
    start: Moment | None = None
    """When it really began; None: as planned."""
    end: Moment | None = None
    """When it really ended; None: as long after the start as planned."""
    outcome: str | None = None
    """How a visit of a standing duty left the household, such as ``unstable``."""
    rating: int | None = Field(default=None, ge=1, le=5)
    """How the household rated who came; 5 the best."""


class WorkedWeek(FileRoot):
    """Departures in any order; a slot that stands in none of them was worked as planned."""

    instance: str
    """Id of the instance whose roster was worked."""
    departures: tuple[Departure, ...] = Field(default=(), max_length=most.RECORDS)
    """What went otherwise than planned."""
