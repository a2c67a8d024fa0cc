"""Somebody is made responsible for one area more, or the place is counted to an area of theirs."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy
from scheduler.facts.visits import areas, places
from scheduler.model.tasks import household_of


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The first placements by people of other areas only."""
    household = household_of(vacancy.instance, vacancy.task)
    place = household.place if household else places(vacancy.task)[0]
    for placement in vacancy.breaking("area"):
        area = areas(vacancy.instance, place)[0]
        work, instance = placement.assignments, vacancy.instance
        strangers = list(
            dict.fromkeys(str(breach.violation.slots["person"]) for breach in placement.breaks)
        )
        people = tuple(
            person.model_copy(update={"areas": (*person.areas, area)})
            if person.id in strangers
            else person
            for person in instance.people
        )
        yield from vacancy.remedy(
            "area", instance.changed(people=people), work, subject=(area, *strangers)
        )
        for theirs in instance.person_by_id[strangers[0]].areas:
            moved = instance.place_by_id[place].model_copy(update={"area": theirs})
            listed = tuple(moved if other.id == place else other for other in instance.places)
            changed = instance.changed(places=listed)
            yield from vacancy.remedy("place_area", changed, work, subject=(place, theirs))
