"""The instance (排班任务): everything a roster is made from, in one frozen record."""

import operator
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Literal, TypeVar

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.exemption import Exemption
from scheduler.model.history import PersonHistory
from scheduler.model.horizon import Horizon
from scheduler.model.past import Past
from scheduler.model.people import VOLUNTEERS, Limits, Person
from scheduler.model.presence import joined, presence
from scheduler.model.settings import Settings
from scheduler.model.time import clock
from scheduler.model.work import (
    Area,
    Case,
    Duty,
    Freeze,
    Gap,
    Household,
    Pair,
    Pin,
    Place,
    Published,
    Shift,
    Visit,
)
from scheduler.model.workdays import EVE, Workdays

DerivedT = TypeVar("DerivedT")
SCHEMA_VERSION: Literal["1"] = "1"


class FileRoot(Record):
    """A record that is a whole file: its horizon turns the file's date-times into ticks and back."""

    horizon: Horizon
    """The days that the file is about; its moments are read against them."""

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler["FileRoot"]) -> "FileRoot":
        raw = data.get("horizon") if isinstance(data, dict) else None
        if raw is None:
            return handler(data)
        horizon = raw if isinstance(raw, Horizon) else Horizon.model_validate(raw)
        with clock(horizon.start, horizon.ticks_per_minute):
            return handler(data)

    @model_serializer(mode="wrap")
    def _write(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        with clock(self.horizon.start, self.horizon.ticks_per_minute):
            data: dict[str, Any] = handler(self)
            return data


class Instance(FileRoot):
    """A scheduling problem. Tuples keep the order of the file; ids are unique within their kind."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    """Version of this format."""
    id: str
    """Rosters refer to it by this id."""
    title: str = ""
    """Shown to people."""
    areas: tuple[Area, ...] = Field(default=(), max_length=most.AREAS)
    """The tree of areas."""
    places: tuple[Place, ...] = Field(max_length=most.PLACES)
    """Where work happens."""
    people: tuple[Person, ...] = Field(max_length=most.PEOPLE)
    """Who can be sent."""
    households: tuple[Household, ...] = Field(default=(), max_length=most.HOUSEHOLDS)
    """Homes that are visited."""
    duties: tuple[Duty, ...] = Field(default=(), max_length=most.DUTIES)
    """Standing duties, which become visits as they fall due."""
    cases: tuple[Case, ...] = Field(default=(), max_length=most.CASES)
    """Matters whose visits belong together."""
    visits: tuple[Visit, ...] = Field(default=(), max_length=most.VISITS)
    """Work with a flexible start."""
    shifts: tuple[Shift, ...] = Field(default=(), max_length=most.SHIFTS)
    """Work with a fixed start."""
    gaps: tuple[Gap, ...] = Field(default=(), max_length=most.GAPS)
    """Times between visits."""
    pairs: tuple[Pair, ...] = Field(default=(), max_length=most.PAIRS)
    """People who go together always, or never."""
    pins: tuple[Pin, ...] = Field(default=(), max_length=most.PINS)
    """Parts of the roster that a coordinator settled beforehand."""
    exceptions: tuple[Exemption, ...] = Field(default=(), max_length=most.PINS)
    """Hard rules that give way to pieces of work, for reasons."""
    published: tuple[Published, ...] = Field(default=(), max_length=most.PINS)
    """The roster that people were told of, as far as it still stands."""
    freeze: Freeze = Freeze()
    """Until when the published roster stands."""
    affected: tuple[str, ...] = Field(default=(), max_length=most.PEOPLE)
    """Ids of the people whom the changes since then touch: they do not count as moved."""
    history: dict[str, PersonHistory] = Field(default={}, max_length=most.PEOPLE)
    """By person id."""
    settings: Settings = Settings()
    """Rules, weights, limits, travel."""

    @cached_property
    def person_by_id(self) -> dict[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by id."""
        return {place.id: place for place in self.places}

    @cached_property
    def area_by_id(self) -> dict[str, Area]:
        """Areas by id."""
        return {area.id: area for area in self.areas}

    @cached_property
    def household_by_id(self) -> dict[str, Household]:
        """Households by id."""
        return {household.id: household for household in self.households}

    @cached_property
    def case_by_id(self) -> dict[str, Case]:
        """Cases by id."""
        return {case.id: case for case in self.cases}

    @cached_property
    def task_by_id(self) -> dict[str, Visit | Shift]:
        """Visits and shifts share one name space."""
        tasks: tuple[Visit | Shift, ...] = (*self.visits, *self.shifts)
        return {task.id: task for task in tasks}

    @cached_property
    def _exceptions(self) -> dict[str, tuple[Exemption, ...]]:
        by_rule: dict[str, list[Exemption]] = {}
        for exemption in self.exceptions:
            if exemption.task in self.task_by_id:
                by_rule.setdefault(exemption.rule, []).append(exemption)
        return {rule: tuple(exemptions) for rule, exemptions in by_rule.items()}

    @cached_property
    def _exceptions_by_person(self) -> dict[str | None, list[Exemption]]:
        by_person: dict[str | None, list[Exemption]] = {}
        for exemption in (one for exemptions in self._exceptions.values() for one in exemptions):
            by_person.setdefault(exemption.person, []).append(exemption)
        return by_person

    def exceptions_of(self, rule: str) -> tuple[Exemption, ...]:
        """The exceptions to a rule, for work that there is."""
        return self._exceptions.get(rule, ())

    def exceptions_for(self, person: str) -> Iterator[Exemption]:
        """The exceptions for a person's work."""
        return iter(self._exceptions_by_person.get(person, ()))

    def presence(self, person: str) -> list[tuple[int, int]]:
        """When a person is there: spans ``[start, end)`` in ticks, joined, leave taken out, exceptions put in."""
        granted = [
            (span.start, span.end)
            for exemption in self.exceptions_for(person)
            for span in exemption.hours
        ]
        own = self.derived(_own_presence, _PEOPLE)[person]
        return joined([*own, *granted]) if granted else list(own)

    @cached_property
    def workdays(self) -> Workdays:
        """When each person's working days change."""
        nobody = self.derived(_workdays_of_nobody, _WORKDAYS)
        if not self.exceptions:
            return nobody.of(self.derived(_own_presence, _PEOPLE))
        return nobody.of({person.id: self.presence(person.id) for person in self.people})

    def changed(self, **fields: Any) -> "Instance":
        """This instance with other values in some fields; nothing is validated again.

        Unlike a pydantic copy it keeps only those cached look-ups by id that are still right; a list of the same
        records is no other value. Raises TypeError for a name that is no field.
        """
        values = {name: getattr(self, name) for name in Instance.model_fields}
        if unknown := fields.keys() - values.keys():
            raise TypeError(f"no fields of an instance: {sorted(unknown)}")
        told = self.model_fields_set | fields.keys()
        fields = {name: now for name, now in fields.items() if not _is_same(values[name], now)}
        other = Instance.model_construct(told, **(values | fields))
        # Of work, exceptions alone say something of people.
        excepted = bool(self.exceptions or other.exceptions)
        for look_up, needs in _LOOK_UPS.items():
            work = () if excepted or look_up not in _BY_EXCEPTIONS else _WORK
            if look_up in self.__dict__ and (needs - {*work}).isdisjoint(fields):
                other.__dict__[look_up] = self.__dict__[look_up]
        other.__dict__["_derived"] = self._derived
        return other

    def part(self, **fields: Any) -> "Instance":
        """As `changed`, with some of the work left out; people's working days are those of the whole."""
        other = self.changed(**fields)
        other.__dict__["workdays"] = self.workdays
        return other

    @cached_property
    def _derived(self) -> "_Derived":
        return _Derived()

    def derived(self, make: Callable[["Instance"], DerivedT], needs: frozenset[str]) -> DerivedT:
        """What a function makes of an instance, made once for all that are `changed` from one another in other fields.

        needs: every field that it reads. What it makes is shared, and never changed.
        """
        made: DerivedT = self._derived.made(self, make, needs)
        return made

    @cached_property
    def _of_people(self) -> dict[Any, dict[str, Any]]:
        return {}

    def of_person(self, make: Callable[["Instance", str], DerivedT], person: str) -> DerivedT:
        """What a function makes of a person, their limits, their past and the horizon, kept like `derived`.

        It reads nothing of work, but by the exceptions for a person. What it makes is shared, and never changed.
        """
        known: dict[str, DerivedT] = self._of_people.setdefault(make, {})
        if person not in known:
            known[person] = make(self, person)
        return known[person]

    def area_and_above(self, area: str | None) -> Iterator[str]:
        """The area and every area that contains it, from the inside out."""
        while area is not None:
            yield area
            area = self.area_by_id[area].parent

    @cached_property
    def _limits(self) -> dict[str, Limits]:
        """Of whom was asked so far."""
        return {}

    def limits(self, person: str) -> Limits:
        """A person's work limits: their own, else their role's, else the default for paid roles.

        Where exceptions let them give way, as they do.
        """
        if person not in self._limits:
            self._limits[person] = self._resolved(self.person_by_id[person])
        return self._limits[person]

    def _resolved(self, person: Person) -> Limits:
        by_role = self.settings.limits
        layers = [by_role.get(person.role), person.limits]
        if person.role not in VOLUNTEERS:
            layers.insert(0, by_role.get("default"))
        merged: dict[str, Any] = {}
        layers += [exemption.limits for exemption in self.exceptions_for(person.id)]
        for layer in layers:
            if layer is not None:
                merged |= {k: getattr(layer, k) for k in layer.model_fields_set}
        return Limits.model_construct(**merged)

    @cached_property
    def _pasts(self) -> dict[str, Past]:
        told = {"": PersonHistory(), **self.history}
        calendar, weekends = self.settings.calendar, dict[int, list[int]]()
        return {
            person: Past(self.horizon, history, calendar, weekends)
            for person, history in told.items()
        }

    @cached_property
    def days_off(self) -> frozenset[int]:
        """Day indices off by the calendar: Saturday and Sunday, unless they make up for a holiday, and public holidays."""
        day_off, horizon = self.settings.calendar.day_off, self.horizon
        return frozenset(day for day in range(horizon.days) if day_off(horizon.date(day)))

    @cached_property
    def _weekends(self) -> list[list[int]]:
        weeks = ([day for day in week if day in self.days_off] for week in self.horizon.weeks())
        return [days for days in weeks if days]

    def weekends(self) -> list[list[int]]:
        """The days off, grouped by calendar week (Monday first); only weeks with any."""
        return [list(days) for days in self._weekends]

    def past(self, person: str) -> Past:
        """What the person did before the horizon."""
        return self._pasts.get(person, self._pasts[""])


def _is_same(was: Any, now: Any) -> bool:
    if isinstance(was, tuple) and isinstance(now, tuple):
        return len(was) == len(now) and all(map(operator.is_, was, now))
    return was is now


_PEOPLE = frozenset({"people"})


def _own_presence(instance: Instance) -> dict[str, list[tuple[int, int]]]:
    return {person.id: joined(presence(person)) for person in instance.people}


_WORKDAYS = frozenset({"horizon", "visits", "shifts", "settings", "history"})


def _workdays_of_nobody(instance: Instance) -> Workdays:
    """As far as people's presence plays no part."""
    setting = instance.settings.rules.get("availability")
    pasts = instance._pasts
    return Workdays(
        {},
        (*instance.visits, *instance.shifts),
        instance.horizon.days,
        instance.horizon.ticks_per_minute,
        always_present=setting is not None and not setting.on,
        before={person: past.by_day[EVE] for person, past in pasts.items() if EVE in past.by_day},
        until={
            person: told.day_until
            for person, told in instance.history.items()
            if told.day_until is not None
        },
    )


_VERSIONS = 6
"""Weeks changed from one another of which is kept what was made: of a week and of what it would be, true and masked."""


class _Derived:
    """What was made of instances that were changed from one another. Equal to no other."""

    def __init__(self) -> None:
        self._known: dict[Any, list[tuple[dict[str, Any], Any]]] = {}
        """Function → (the fields that it read, what it made), the last one asked for first."""

    def made(self, instance: "Instance", make: Callable[..., Any], needs: frozenset[str]) -> Any:
        """What a function makes of an instance: of the same values of these fields, the same."""
        known, fields = self._known.get(make, []), instance.__dict__
        for number, (read, made) in enumerate(known):
            if all(fields[name] is value for name, value in read.items()):
                if number:  # Never changed in place, as other threads may look.
                    self._known[make] = [known[number], *known[:number], *known[number + 1 :]]
                return made
        made = make(instance)
        self._known[make] = [({name: fields[name] for name in needs}, made), *known][:_VERSIONS]
        return made


_WORK = ("visits", "shifts")
_BY_EXCEPTIONS = {"_exceptions", "_exceptions_by_person", "_limits", "_of_people"}
_LOOK_UPS = {
    "person_by_id": {"people"},
    "place_by_id": {"places"},
    "area_by_id": {"areas"},
    "household_by_id": {"households"},
    "case_by_id": {"cases"},
    "task_by_id": {"visits", "shifts"},
    "_exceptions": {"exceptions", "visits", "shifts"},
    "_exceptions_by_person": {"exceptions", "visits", "shifts"},
    "_limits": {"people", "settings", "exceptions", "visits", "shifts"},
    "_of_people": {
        *("horizon", "people", "settings", "history"),
        *("exceptions", "visits", "shifts"),
    },
    "workdays": {"horizon", "people", "visits", "shifts", "settings", "exceptions", "history"},
    "_pasts": {"history", "horizon", "settings"},
    "days_off": {"horizon", "settings"},
    "_weekends": {"horizon", "settings"},
}
"""Cached look-ups and the fields that they are made from."""
