"""People who go home within a day: their own tables of ways, over places and the spells in which they are.

A way between two stops of one day leads home and back where another spell of the person lies between
(see ``model/spells.py``). So each option has a node: its place, together with the spells in which
everybody is then. Each of these people travels in a mode of their own, whose table has the whole
way between nodes of two of their spells. Engines need not know of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered.travel import TravelTable
from scheduler.lowered.window import WindowTable

NOWHERE = -(2**20)
"""Spell of the nodes where people's days begin and end: from there all ways lead straight on."""


@dataclass(frozen=True)
class OverSpells:
    """The tables with nodes in the place of places, and of each person the node of the past place (-1: none)."""

    travel: TravelTable
    window: WindowTable
    past_place: NDArray[np.int64]


def over_spells(
    travel: TravelTable,
    window: WindowTable,
    past_place: NDArray[np.int64],
    later: Sequence[Sequence[int]],
    begins: NDArray[np.int64],
) -> OverSpells:
    """later: [person], when later spells of a day begin, at which options are cut; begins: as in `DayTable`."""
    parted = [person for person, moments in enumerate(later) if moments]
    spells = np.stack(
        [_spell(window.earliest, later[person], begins[person]) for person in parted], axis=1
    )
    places = travel.ticks.shape[1]
    place_of, spell_of = list(range(places)), [(0,) * len(parted)] * places
    known = {(place, spell_of[place]): place for place in range(places)}

    def node(place: int, spell: tuple[int, ...]) -> int:
        if place < 0:
            return -1
        if (place, spell) not in known:
            known[place, spell] = len(place_of)
            place_of.append(place)
            spell_of.append(spell)
        return known[place, spell]

    pairs = zip(window.place.tolist(), map(tuple, spells.tolist()), strict=True)
    nodes = np.array([node(place, spell) for place, spell in pairs], dtype=np.int64)
    nowhere = (NOWHERE,) * len(parted)
    ends = [column.copy() for column in (travel.start, travel.end, past_place)]
    for column in ends:
        column[parted] = [node(place, nowhere) for place in column[parted].tolist()]
    start, end, past = ends
    of_node, table = np.array(place_of), np.array(spell_of)
    common = np.ix_(np.arange(len(travel.ticks)), of_node, of_node)
    ticks, no_way = [*travel.ticks[common]], [*travel.no_way[common]]
    mode, in_mode = travel.mode.copy(), [np.zeros(len(of_node), dtype=np.int64)] * len(ticks)
    for number, person in enumerate(parted):
        old, spell = int(travel.mode[person]), table[:, number]
        home = (spell[:, None] != spell[None, :]) & (spell != NOWHERE) & (spell != NOWHERE)[:, None]
        back, out = travel.end[person], travel.start[person]
        between = int(travel.ticks[old, back, out])
        for tables, straight, more in (
            (ticks, travel.ticks[old], between),
            (no_way, travel.no_way[old], 0),
        ):
            by_home = straight[of_node, back][:, None] + straight[out, of_node][None, :] + more
            tables.append(np.where(home, by_home, tables[old]))
        mode[person] = len(ticks) - 1
        in_mode.append(spell)
    costs = [travel.cost, travel.cost[travel.mode[parted]]]
    return OverSpells(
        replace(
            travel,
            ticks=np.stack(ticks),
            no_way=np.stack(no_way),
            mode=mode,
            cost=np.concatenate(costs),
            start=start,
            end=end,
            spell=np.stack(in_mode),
        ),
        replace(window, node=nodes),
        past,
    )


def _spell(
    moments: NDArray[np.int64], later: Sequence[int], begins: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many later spells of a person's working day have begun by each moment."""
    day = np.maximum(np.searchsorted(begins, moments, side="right") - 1, 0)
    before = np.searchsorted(later, begins[day], side="left")
    return np.searchsorted(later, moments, side="right") - before
