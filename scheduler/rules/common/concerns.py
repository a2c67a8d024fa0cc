"""The keys at which alone a rule may be broken, in the order of the instance: nobody asks it at the others.

For `Rule.concerns`. Most rules of tasks say nothing of a task that nobody does, and many look at what few
tasks have.
"""

from collections.abc import Callable, Iterable

from scheduler.facts import Facts
from scheduler.model import Freeze, Shift, Visit
from scheduler.model.tasks import tasks

Concerns = Callable[[Facts], Iterable[str]]
_NOTHING = Freeze()


def done(facts: Facts) -> list[str]:
    """Tasks of which somebody does a part."""
    return [task for task, filled in facts.by_task.items() if filled]


def crews(facts: Facts) -> list[str]:
    """Tasks that several people do."""
    return [task for task, filled in facts.by_task.items() if len(filled) > 1]


def visits(facts: Facts) -> list[str]:
    """Visits."""
    return [visit.id for visit in facts.instance.visits]


def shifts(facts: Facts) -> list[str]:
    """Shifts."""
    return [shift.id for shift in facts.instance.shifts]


def published(facts: Facts) -> list[str]:
    """Tasks of which people were told."""
    known = facts.published
    return [task for task in facts.by_task if task in known]


def news(facts: Facts) -> list[str]:
    """Tasks that are done, where people were told of any."""
    return done(facts) if facts.instance.published else []


def pinned(facts: Facts) -> list[str]:
    """Tasks of which a part is pinned."""
    known = facts.pins
    return [task for task in facts.by_task if task in known]


def frozen(facts: Facts) -> list[str]:
    """Every task, where anything is frozen."""
    return list(facts.by_task) if facts.instance.freeze != _NOTHING else []


def paired(facts: Facts) -> list[str]:
    """Tasks that are done, where people belong together or apart."""
    return done(facts) if facts.instance.pairs else []


def of_visits(facts: Facts) -> list[str]:
    """Households that somebody visits."""
    visits = facts.visits_by_household
    return [home.id for home in facts.instance.households if home.id in visits]


def where(holds: Callable[[Visit | Shift], object]) -> Concerns:
    """Tasks of which something is said."""

    def of(facts: Facts) -> list[str]:
        return [task.id for task in tasks(facts.instance) if holds(task)]

    return of
