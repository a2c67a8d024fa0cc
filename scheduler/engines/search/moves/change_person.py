"""Change person: a slot goes to another able person at the same moment; an undone task is tried somewhere."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.mix import has_mix, mix_points, mix_points_with
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    HOPELESS,
    NOTHING,
    choose_crew,
    key_between,
    likely_start,
    move_crew,
    pick_host,
    pick_option,
    pick_slot,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import gap_at, replacement, transfer
from scheduler.engines.search.moves.insert import mend
from scheduler.engines.search.rows import (
    crew_key,
    filled_of,
    is_loose,
    option_of,
    person_of,
    task_of,
)
from scheduler.engines.search.state import link, person_day_at, unlink
from scheduler.lowered import Lowered


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 12.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def propose(P, T, S, W, limit):
    """Give a slot to a random able person; where that spoils who is together, with others in the crew."""
    slot = pick_slot(P, S, W)
    task = task_of(P, slot)
    begun = filled_of(P, S, task) > 0 or is_loose(P, task) == 1
    option = option_of(P, S, task) if begun else pick_option(P, W, task, at.NONE)
    person = pick_host(P, S, W, slot, option) if option >= 0 else at.NONE
    if person < 0:
        return NOTHING
    if begun:
        person_day = person_day_at(P, person, slot, option)
        before, after = gap_at(P, S, person_day, crew_key(P, S, task), task)
        spoils = has_mix(P, task) and (
            mix_points_with(P, S, task, slot, person) > mix_points(P, S, task)
        )
        if before == at.TIE:
            return NOTHING
        if not spoils and transfer(P, T, S, W, slot, person, before, after, limit):
            return HOPELESS
        if person_of(S, slot) >= 0:
            unlink(P, T, S, W, slot)
        link(P, T, S, W, slot, person, before)
        if spoils and not mend(P, T, S, W, task, slot, True):
            return FAILED
        return CHANGED
    if not choose_crew(P, S, W, task, option, slot, person, P[at.CREW_PEOPLE]):
        return NOTHING
    key = key_between(W, -at.FAR, at.FAR, likely_start(P, W, option))
    chance = replacement(P, T, S, W, task, option, key, at.NONE, at.NONE, at.NONE, limit)
    if chance != CHANGED:
        return chance
    moved = move_crew(P, T, S, W, task, option, key, P[at.CREW_PEOPLE])
    return CHANGED if moved else FAILED
