"""A few parts of the week that are settled beforehand."""

from instances.parts.draft import DAY, Draft
from scheduler.model import Person, Pin, Shift, Visit
from scheduler.model.people import VOLUNTEERS


def pins(draft: Draft, count: int = 2) -> None:
    """Pin a shift for each of `count` volunteers, and the start of a visit that was promised."""
    taken: set[str] = set()
    for shift in draft.shifts:
        if len(taken) == count:
            break
        if shift.kind != "venue_duty":
            continue
        volunteer = next(
            (
                person
                for person in draft.people
                if person.id not in taken and _may_fill(person, shift)
            ),
            None,
        )
        if volunteer is not None:
            taken.add(volunteer.id)
            draft.pins.append(Pin(task=shift.id, slot=0, person=volunteer.id))
    promised = next((visit for visit in draft.visits if _is_flexible_errand(visit)), None)
    if promised is not None:
        draft.pins.append(Pin(task=promised.id, start=promised.windows[0].start + 30))


def _is_flexible_errand(visit: Visit) -> bool:
    """Whether a visit is an errand with at least six hours on its first day, from Monday to Friday."""
    window = visit.windows[0]
    return (
        visit.kind in ("order_errand", "order_noise")
        and window.start < 5 * DAY
        and window.end - window.start >= 6 * 60
    )


def _may_fill(person: Person, shift: Shift) -> bool:
    end = shift.start + shift.duration
    return (
        person.role in VOLUNTEERS
        and person.role in shift.needs[0].roles
        and (person.agreed is None or shift.kind in person.agreed)
        and any(
            window.start + 30 <= shift.start and end <= window.end for window in person.availability
        )
        and not person.leave
        and not person.minor
    )
