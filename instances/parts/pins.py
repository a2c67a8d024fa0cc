"""A few parts of the week that are settled already."""

from instances.parts.draft import DAY, Draft
from scheduler.model import Person, Pin, Shift, Visit
from scheduler.model.people import VOLUNTEERS


def pins(draft: Draft, count: int = 2) -> None:
    """Volunteers who were promised a shift, one each, and one visit whose hour was promised."""
    taken: set[str] = set()
    for shift in draft.shifts:
        if len(taken) == count:
            break
        if shift.kind != "venue_duty":
            continue
        free = next((one for one in draft.people if one.id not in taken and _can(one, shift)), None)
        if free is not None:
            taken.add(free.id)
            draft.pins.append(Pin(task=shift.id, slot=0, person=free.id))
    promised = next((visit for visit in draft.visits if _by_day(visit)), None)
    if promised is not None:
        draft.pins.append(Pin(task=promised.id, start=promised.windows[0].start + 30))


def _by_day(visit: Visit) -> bool:
    """An errand whose first window is a working day, when there is staff enough to keep a word."""
    window = visit.windows[0]
    return (
        visit.kind in ("order_errand", "order_noise")
        and window.start < 5 * DAY
        and window.end - window.start >= 6 * 60
    )


def _can(person: Person, shift: Shift) -> bool:
    end = shift.start + shift.duration
    return (
        person.role in VOLUNTEERS
        and person.role in shift.needs[0].roles
        and (person.agreed is None or shift.kind in person.agreed)
        and any(one.start + 30 <= shift.start and end <= one.end for one in person.availability)
        and not person.leave
        and not person.minor
    )
