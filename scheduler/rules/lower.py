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
    return Lowered(
        index=into.index,
        scale=into.scale,
        fit=into.fit.build(),
        window=into.window.build(),
        empty=into.empty.build(),
        crew=into.crew.build(),
        gap=into.gap.build(),
        travel=into.travel.build(),
        day=into.day.build(),
        total=into.total.build(),
        run=into.run.build(),
        recovery=into.recovery.build(),
        follow=into.follow.build(),
        distinct=into.distinct.build(),
        capacity=into.capacity.build(),
    )
