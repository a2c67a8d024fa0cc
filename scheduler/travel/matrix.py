"""Travel from a table in the instance."""

import numpy as np

from scheduler.model.errors import InputError, Problem
from scheduler.model.instance import Instance
from scheduler.model.settings import Matrix
from scheduler.travel.base import MODES, Travel


def matrix(instance: Instance, settings: Matrix) -> Travel:
    """Ticks from the table, the same for every mode; null is no way. Raises InputError for a table that does not fit."""
    side = len(settings.places)
    problems = [
        Problem(
            code="matrix_row_length",
            pointer=f"/settings/travel/minutes/{number}",
            value=str(len(row)),
            slots={"expected": str(side)},
        )
        for number, row in enumerate(settings.minutes)
        if len(row) != side
    ]
    if len(settings.minutes) != side:
        problems.append(
            Problem(
                code="matrix_row_count",
                pointer="/settings/travel/minutes",
                value=str(len(settings.minutes)),
                slots={"expected": str(side)},
            )
        )
    position = {place: number for number, place in enumerate(settings.places)}
    problems += [
        Problem(code="place_not_in_matrix", pointer=f"/places/{number}", value=place.id)
        for number, place in enumerate(instance.places)
        if place.id not in position
    ]
    if problems:
        raise InputError(problems)
    order = [position[place.id] for place in instance.places]
    entries = np.array(settings.minutes, dtype=float).reshape(side, side)[np.ix_(order, order)]
    closed = np.isnan(entries)
    np.fill_diagonal(closed, val=False)
    table = np.nan_to_num(entries).astype(np.int32)
    index = {place.id: number for number, place in enumerate(instance.places)}
    every = (len(MODES), len(order), len(order))
    return Travel(
        index,
        np.broadcast_to(table, every).copy(),
        np.zeros_like(table),
        np.broadcast_to(closed, every).copy() if closed.any() else None,
    )
