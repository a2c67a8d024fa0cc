"""A neutral instance as it goes out: hidden records keep no more than a roster is made from; and the way back."""

from collections.abc import Callable, Sequence
from typing import Any

from scheduler.drawings.reader import Reader
from scheduler.messages.names import is_neutral
from scheduler.model import Instance, Place
from scheduler.model.history import PersonHistory
from scheduler.model.people import Person
from scheduler.model.settings import Matrix, StraightLine
from scheduler.model.work import Case, Duty, Household, Shift, Slot, Visit
from scheduler.report.neutral import Neutral

REASON = "—"
"""In the place of a reason that is not told."""


class Bare:
    """Makes the instance that goes out of a neutral one. reader: of the neutral instance."""

    def __init__(self, neutral: Neutral, instance: Instance):
        self._neutral, self._instance = neutral, instance
        self._reader = Reader(instance)
        self._spare = {id for id in neutral.aliases.values() if id not in instance.place_by_id}
        """Places that are named elsewhere, as hidden work calls them."""

    def instance(self) -> Instance:
        """The instance without what its hidden records say beyond times, headcounts and areas."""
        instance = self._instance
        spare = [place for place in instance.places if self._neutral.alias(place.id) in self._spare]
        return instance.changed(
            visits=tuple(self._visit(visit) for visit in instance.visits),
            shifts=tuple(self._shift(shift) for shift in instance.shifts),
            cases=tuple(self._case(case) for case in instance.cases),
            households=tuple(map(self._household, instance.households)),
            duties=tuple(map(self._duty, instance.duties)),
            places=(
                *(self._place(place, place.id) for place in instance.places),
                *(self._place(place, self._neutral.alias(place.id)) for place in spare),
            ),
            people=tuple(map(self._person, instance.people)),
            history={person: self._history(past) for person, past in instance.history.items()},
            pins=self._told(instance.pins),
            published=self._told(instance.published),
            exceptions=tuple(
                one.model_copy(update={"reason": REASON, "skill_until": {}})
                if is_neutral(one.task)
                else one
                for one in self._told(instance.exceptions)
            ),
            settings=self._settings(),
        )

    def record(self, record: Any) -> Any:
        """A record of one of the instance's tables as it goes out."""
        bare: dict[type, Callable[[Any], Any]] = {
            Visit: self._visit,
            Shift: self._shift,
            Case: self._case,
            Household: self._household,
            Duty: self._duty,
            Place: lambda place: self._place(place, place.id),
            Person: self._person,
        }
        return bare.get(type(record), lambda same: same)(record)

    def _aliases(self, places: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(self._neutral.alias, places))

    def _told(self, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            one.model_copy(update={"place": self._neutral.alias(one.place)})
            if is_neutral(one.task) and one.place is not None
            else one
            for one in records
        )

    def _visit(self, visit: Visit) -> Visit:
        if not is_neutral(visit.id):
            # A household that has a private matter is not told of by what is done there openly.
            bare = {name: None for name in ("household", "duty") if _neutral(getattr(visit, name))}
            return visit.model_copy(update=bare) if bare else visit
        return Visit(
            id=visit.id,
            name="",
            kind=_kind(visit.id),
            places=self._aliases(visit.places),
            windows=visit.windows,
            duration=visit.duration,
            slots=tuple(
                Slot(roles=slot.roles, duration=slot.duration, after=slot.after, must=slot.must)
                for slot in visit.slots
            ),
            least_crew=visit.least_crew,
            priority=visit.priority,
            due=visit.due,
            case=visit.case,
            private=visit.private,
            impartial=visit.impartial,
            must=visit.must,
            bundle=visit.bundle,
            tie=visit.tie,
        )

    def _shift(self, shift: Shift) -> Shift:
        if not is_neutral(shift.id):
            return shift
        return shift.model_copy(
            update={
                "name": "",
                "kind": _kind(shift.id),
                "place": self._neutral.alias(shift.place),
                "needs": tuple(need.model_copy(update={"skills": {}}) for need in shift.needs),
                "skill_mix": (),
            }
        )

    def _case(self, case: Case) -> Case:
        if not is_neutral(case.id):
            return case.model_copy(update={"household": None}) if _neutral(case.household) else case
        return Case(
            id=case.id,
            name="",
            kind=_kind(case.id),
            private=case.private,
            same_person=case.same_person,
            sessions=case.sessions,
            every_days=case.every_days,
            places=self._aliases(case.places) or self._aliases(self._homes(case.household)),
            duration=case.duration,
            roles=case.roles,
            priority=case.priority,
            hours=case.hours,
        )

    def _homes(self, household: str | None) -> list[str]:
        home = self._instance.household_by_id.get(household or "")
        return [] if home is None else [home.place]

    def _household(self, home: Household) -> Household:
        if not is_neutral(home.id):
            return home
        return Household(id=home.id, name="", place=self._neutral.alias(home.place))

    def _duty(self, duty: Duty) -> Duty:
        if not is_neutral(duty.id):
            return duty
        return Duty(
            id=duty.id,
            household=duty.household,
            name="",
            kind=_kind(duty.id),
            every_days=duty.every_days,
            last_done=duty.last_done,
            hours=duty.hours,
            priority=duty.priority,
        )

    def _place(self, place: Place, id: str) -> Place:
        if not is_neutral(id):
            return place
        if is_neutral(place.id):
            return Place(
                id=id, name=place.name, area=self._reader.area(place.id), private=place.private
            )
        area = self._reader.area(place.id)
        name = "" if area is None else self._reader.unmasked.area(area)
        return Place(id=id, name=name, area=area, private=place.private)

    def _person(self, person: Person) -> Person:
        if is_neutral(person.id):
            return Person(
                id=person.id,
                name=person.name,
                role=person.role,
                availability=person.availability,
                leave=person.leave,
                clearance=person.clearance,
            )
        bare: dict[str, Any] = {}
        if any(map(is_neutral, person.kin)):
            bare["kin"] = tuple(home for home in person.kin if not is_neutral(home))
        if _neutral(person.home):
            bare["home"] = None
        return person.model_copy(update=bare) if bare else person

    def _history(self, past: PersonHistory) -> PersonHistory:
        if not any(_neutral(stop.place) for stop in past.stops):
            return past
        stops = tuple(
            stop.model_copy(update={"place": None}) if _neutral(stop.place) else stop
            for stop in past.stops
        )
        return past.model_copy(update={"stops": stops})

    def _settings(self) -> Any:
        settings = self._instance.settings
        travel = settings.travel
        if isinstance(travel, StraightLine) and travel.known_minutes:
            known = {
                start: {end: minutes for end, minutes in row.items() if not is_neutral(end)}
                for start, row in travel.known_minutes.items()
                if not is_neutral(start)
            }
            return settings.model_copy(
                update={"travel": travel.model_copy(update={"known_minutes": known})}
            )
        if isinstance(travel, Matrix):
            return settings.model_copy(update={"travel": self._matrix(travel)})
        return settings

    def _matrix(self, travel: Matrix) -> Matrix:
        """Ways to a hidden place as the mean of those to the others of its area: from them it cannot be found."""
        places = travel.places
        seen = [number for number, place in enumerate(places) if not is_neutral(place)]
        stands: dict[int, list[int]] = {n: [n] for n in range(len(places))}
        for number, place in enumerate(places):
            if is_neutral(place):
                stands[number] = self._around(place, places, seen) or seen or [number]
        names = [*places, *sorted(self._spare)]
        for id in sorted(self._spare):
            owner = next(place for place, alias in self._neutral.aliases.items() if alias == id)
            around = self._around(owner, places, seen) or seen
            stands[len(stands)] = around or [0]
        update: dict[str, Any] = {"places": tuple(names)}
        for name, table in travel:
            if name in ("minutes", "metres") and table is not None:
                update[name] = _averaged(table, stands)
        return travel.model_copy(update=update)

    def _around(self, place: str, places: Sequence[str], seen: list[int]) -> list[int]:
        area = self._reader.area(place) if place in self._instance.place_by_id else None
        if area is None:
            return []
        inside = self._instance.area_and_above
        of = self._instance.place_by_id
        return [n for n in seen if places[n] in of and area in inside(of[places[n]].area)]


def _averaged(table: Any, stands: dict[int, list[int]]) -> Any:
    if isinstance(table, dict):
        return {name: _averaged(rows, stands) for name, rows in table.items()}
    if all(members == [number] for number, members in stands.items()):
        return table
    return tuple(
        tuple(0 if a == b else _mean(table, stands[a], stands[b]) for b in stands) for a in stands
    )


def _mean(table: Any, starts: list[int], ends: list[int]) -> int | None:
    cells = [table[a][b] for a in starts for b in ends if table[a][b] is not None]
    return round(sum(cells) / len(cells)) if cells else None


def _neutral(id: str | None) -> bool:
    return id is not None and is_neutral(id)


def _kind(id: str) -> str:
    return id.partition("/")[0]


def restored(posted: Any, bare: Any, true: Any, neutral: Neutral) -> Any:
    """JSON that somebody changed in its bare form, changed likewise in the true one.

    bare: what went out; true: what it was made from. What is as it went out is as it was; records are
    found again by their ids, whatever was put in between; the rest has its neutral ids translated.
    """
    if posted == bare:
        return true
    if isinstance(posted, dict) and isinstance(bare, dict) and isinstance(true, dict):
        return _restored_record(posted, bare, true, neutral)
    if isinstance(posted, list) and isinstance(bare, list) and isinstance(true, list):
        known = {one["id"]: one for one in bare if isinstance(one, dict) and "id" in one}
        real = {one["id"]: one for one in true if isinstance(one, dict) and "id" in one}
        items = []
        for item in posted:
            id = item.get("id") if isinstance(item, dict) else None
            before = known.get(id) if isinstance(id, str) else None
            was = real.get(neutral.real.get(id, id)) if isinstance(id, str) else None
            if before is not None and was is None:
                continue  # a place as hidden work calls it: the true instance has it under its own name
            items.append(
                neutral.inward(item) if before is None else restored(item, before, was, neutral)
            )
        return items
    return neutral.inward(posted)


def _restored_record(
    posted: dict[str, Any], bare: dict[str, Any], true: dict[str, Any], neutral: Neutral
) -> dict[str, Any]:
    result = {}
    for name, value in posted.items():
        own = neutral.real.get(name, name)
        if name not in bare or own not in true:
            if name in bare and value == bare[name]:
                continue
            result[own] = neutral.inward(value)
        else:
            result[own] = restored(value, bare[name], true[own], neutral)
    for name, value in true.items():
        shown = next((n for n, real in neutral.real.items() if real == name), name)
        if shown not in bare and name not in bare and name not in result:
            result[name] = value
    return result
