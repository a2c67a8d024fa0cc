"""Instance → Lowered: every rule that is on writes its meaning into the primitives."""

from dataclasses import dataclass

from scheduler.lowered.capacity import Capacity
from scheduler.lowered.crew import Crew
from scheduler.lowered.day import Day
from scheduler.lowered.distinct import Distinct
from scheduler.lowered.empty import Empty
from scheduler.lowered.fit import Fit
from scheduler.lowered.follow import Follow
from scheduler.lowered.gap import Gap
from scheduler.lowered.index import Index, index
from scheduler.lowered.into import Into
from scheduler.lowered.price import Scale, scale
from scheduler.lowered.run import Run
from scheduler.lowered.total import Total
from scheduler.lowered.travel import Travel
from scheduler.lowered.window import Window
from scheduler.model import Instance
from scheduler.rules import active
from scheduler.travel import Travel as Ways
from scheduler.travel import travel


@dataclass(frozen=True)
class Lowered:
    """All that an engine may know. `index` is for reading rosters back, not for deciding."""

    index: Index
    scale: Scale
    fit: Fit
    window: Window
    empty: Empty
    crew: Crew
    gap: Gap
    travel: Travel
    day: Day
    total: Total
    run: Run
    follow: Follow
    distinct: Distinct
    capacity: Capacity


def lower(instance: Instance, ways: Ways | None = None) -> Lowered:
    """Lower every active rule, in order of `Rule.stage`, then of name.

    Raises InputError where travel cannot be built.
    """
    rules = active(instance)
    minutes = len(instance.people) * instance.horizon.days * 24 * 60
    worth = scale({rule.level for rule in rules}, minutes)
    into = Into(index(instance, ways or travel(instance)), worth)
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
        follow=into.follow.build(),
        distinct=into.distinct.build(),
        capacity=into.capacity.build(),
    )
