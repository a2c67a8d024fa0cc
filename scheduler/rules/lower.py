"""Instance → Lowered: every rule that is on writes its meaning into the primitives."""

from scheduler.lowered import Lowered
from scheduler.lowered.index import index
from scheduler.lowered.into import Into
from scheduler.lowered.price import scale
from scheduler.model import Instance
from scheduler.rules import active
from scheduler.travel import Travel, travel


def lower(instance: Instance, travel_table: Travel | None = None) -> Lowered:
    """Lower every active rule, in order of `Rule.stage`, then of name.

    Raises InputError where travel cannot be built.
    """
    rules = active(instance)
    minutes = len(instance.people) * instance.horizon.days * 24 * 60
    worth = scale({rule.level for rule in rules}, minutes)
    into = Into(index(instance, travel_table or travel(instance)), worth)
    for rule in rules:
        into.level, into.weight = rule.level, rule.weight
        rule.lower(into)
    _round_starts(into)
    return into.build()


def _round_starts(into: Into) -> None:
    """Visits start at multiples of the settings' ticks; not those whose crew is spaced otherwise."""
    every = into.instance.settings.start_every
    for number, visit in into.visits():
        if all(ticks % every == 0 for slot in visit.slots for ticks in slot.after):
            into.window.start_every(number, every)
