"""Instance → Lowered: every rule that is on writes its meaning into the primitives."""

from collections.abc import Callable

from scheduler.lowered import Lowered
from scheduler.lowered.index import index
from scheduler.lowered.into import Into
from scheduler.lowered.price import Scale, scale
from scheduler.model import Instance, Score
from scheduler.rules import active
from scheduler.rules.common.most_points import points_of_nothing, rough_most
from scheduler.travel import Travel, travel

NO_POINTS = Score()


def lower(
    instance: Instance,
    travel_table: Travel | None = None,
    worth: Scale | None = None,
    look: Callable[[], None] = lambda: None,
) -> Lowered:
    """Lower every active rule, in order of `Rule.stage`, then of name.

    worth: the levels' scale; by the points of a roster without work where it is not given. look: called
    after each rule. Raises InputError where travel cannot be built.
    """
    rules = active(instance)
    travel_table = travel_table or travel(instance)
    into = Into(index(instance, travel_table), worth or scale_for(instance, travel_table))
    for rule in rules:
        into.level, into.weight = rule.level, rule.weight
        rule.lower(into)
        look()
    _round_starts(into)
    return into.build()


def _round_starts(into: Into) -> None:
    """Visits start at multiples of the settings' ticks; not those whose crew is spaced otherwise."""
    every = into.instance.settings.start_every
    for number, visit in into.visits():
        if all(ticks % every == 0 for slot in visit.slots for ticks in slot.after):
            into.window.start_every(number, every)


def scale_for(instance: Instance, travel_table: Travel, begin: Score = NO_POINTS) -> Scale:
    """The levels' scale for a search that begins with no work, or with a roster of these points."""
    rules = active(instance)
    nothing = points_of_nothing(instance, travel_table, rules)
    pairs = zip(nothing.points, begin.points, strict=True)
    hard, medium, soft = (max(pair) for pair in pairs)
    return scale(Score(hard=hard, medium=medium, soft=soft), rough_most(instance, rules))
