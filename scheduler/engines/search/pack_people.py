"""People → the arena: what holds beyond single days (see lowered/{total,run,recovery,follow}.py)."""

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.search import layout as at
from scheduler.engines.search.writer import Writer
from scheduler.lowered import Lowered
from scheduler.lowered.follow import WAYS_BETWEEN_DAYS


def pack_people(writer: Writer, head: NDArray[np.int64], lowered: Lowered) -> NDArray[np.bool_]:
    """Writes people and their Total rows; bool [person], whether anything beyond single days is priced."""
    travel, follow, total = lowered.travel, lowered.follow, lowered.total
    hard = lowered.scale.hard
    people = len(travel.mode)
    places = travel.ticks.shape[1]
    rows = np.zeros((people, at.PERSON_WIDTH), dtype=np.int64)
    rows[:, at.PERSON_MODE] = travel.mode * places * places
    rows[:, at.PERSON_HOME_START] = travel.start
    rows[:, at.PERSON_HOME_END] = travel.end
    rows[:, at.PERSON_TICK_POINTS] = travel.cost[travel.mode]
    order = np.argsort(total.person, kind="stable")
    rows[:, at.PERSON_FIRST_TOTAL] = np.searchsorted(total.person[order], np.arange(people), "left")
    rows[:, at.PERSON_END_TOTAL] = np.searchsorted(total.person[order], np.arange(people), "right")
    for column, values in (
        (at.PERSON_REST, follow.rest),
        (at.PERSON_REST_SHORT, follow.rest_short),
        (at.PERSON_WAY_SHORT, follow.way_short),
        (at.PERSON_REST_KEPT, np.where(follow.rest_short >= hard, follow.rest, 0)),
        (at.PERSON_PAST_END, follow.past_end),
        (at.PERSON_PAST_PLACE, follow.past_place),
        (at.PERSON_PAST_KINDS, follow.past_kinds),
        (at.PERSON_NO_WAY, travel.no_way_cost if travel.no_way.any() else 0),
    ):
        rows[:, column] = values
    longest = travel.ticks.reshape(len(travel.ticks), -1).max(axis=1, initial=0)
    rows[:, at.PERSON_LONGEST_WAY] = WAYS_BETWEEN_DAYS * longest[travel.mode].astype(np.int64)
    kept = np.maximum(rows[:, at.PERSON_REST_KEPT], rows[:, at.PERSON_LONGEST_WAY])
    kept = np.where(follow.way_short >= hard, kept, rows[:, at.PERSON_REST_KEPT])
    rows[:, at.PERSON_WAITS] = (kept > 0) & (_least_pause(lowered) < kept)
    head[at.ANY_WAITS] = int(rows[:, at.PERSON_WAITS].any())
    _runs(writer, head, lowered, rows)
    rows[:, at.PERSON_HAS_WEEK] = (
        (rows[:, at.PERSON_END_TOTAL] > rows[:, at.PERSON_FIRST_TOTAL])
        | (rows[:, at.PERSON_END_RUN] > rows[:, at.PERSON_FIRST_RUN])
        | (rows[:, at.PERSON_END_RECOVERY] > rows[:, at.PERSON_FIRST_RECOVERY])
        | (follow.rest_short + follow.way_short > 0)
        | (len(follow.bans) > 0)
    )
    head[at.NO_WAY] = writer.add(travel.no_way.reshape(-1) if travel.no_way.any() else [])
    head[at.PERSON_ROWS] = writer.add(rows)
    total_rows = np.zeros((len(order), at.TOTAL_WIDTH), dtype=np.int64)
    for place, number in enumerate(order):
        groups = range(total.group_first[number], total.group_first[number + 1])
        flat: list[int] = []
        for group in groups:
            days = total.days[total.day_first[group] : total.day_first[group + 1]]
            flat += [total.measure[group], len(days), *days]
        pieces = total.pieces[total.piece_first[number] : total.piece_first[number + 1]]
        row = total_rows[place]
        row[at.TOTAL_ANY] = total.any_day[number]
        row[at.TOTAL_BASE] = total.base[number]
        row[at.TOTAL_GROUPS], row[at.TOTAL_GROUP_COUNT] = writer.add(flat), len(groups)
        row[at.TOTAL_PIECES], row[at.TOTAL_PIECE_COUNT] = writer.add(pieces), len(pieces)
    head[at.TOTAL_ROWS] = writer.add(total_rows)
    head[at.BANS] = len(follow.bans)
    head[at.BAN_ROWS] = writer.add(follow.bans)
    return rows[:, at.PERSON_HAS_WEEK] > 0


def _least_pause(lowered: Lowered) -> NDArray[np.int64]:
    """int64 [person], ticks: the shortest time from a day's presence to the next's, or after the past."""
    day = lowered.day
    people = len(day.ordinary)
    least = np.full(people, 2**40, dtype=np.int64)
    for person in range(people):
        ended = int(lowered.follow.past_end[person])
        for row in (person * lowered.rows + row for row in lowered.rows_in_time):
            spans = day.spans[day.span_first[row] : day.span_first[row + 1]]
            if len(spans):
                least[person] = min(least[person], int(spans[0, 0]) - ended)
                ended = int(spans[-1, 1])
    return least


def _runs(
    writer: Writer, head: NDArray[np.int64], lowered: Lowered, people: NDArray[np.int64]
) -> None:
    """Writes rows of Run and Recovery, person by person, and where each person's begin and end."""
    run, recovery = lowered.run, lowered.recovery
    head[at.RUN_ROWS] = _by_person(
        writer, people, run.person, (at.PERSON_FIRST_RUN, at.PERSON_END_RUN),
        {
            at.RUN_MEASURE: run.measure, at.RUN_ON: run.on, at.RUN_FIRST: run.first,
            at.RUN_END: run.end, at.RUN_PAST: run.past, at.RUN_BEGINS: run.begins,
            at.RUN_ENDS: run.ends, at.RUN_SENSE: run.sense, at.RUN_BOUND: run.bound,
            at.RUN_POINTS: run.points, at.RUN_TOLD: run.told,
        },
    )  # fmt: skip
    head[at.RECOVERY_ROWS] = _by_person(
        writer, people, recovery.person, (at.PERSON_FIRST_RECOVERY, at.PERSON_END_RECOVERY),
        {
            at.RECOVERY_MEASURE: recovery.measure, at.RECOVERY_LENGTH: recovery.length,
            at.RECOVERY_TICKS: recovery.ticks, at.RECOVERY_POINTS: recovery.points,
            at.RECOVERY_PAST: recovery.past, at.RECOVERY_PAST_OFF: recovery.past_off,
            at.RECOVERY_PAST_END: recovery.past_end,
        },
    )  # fmt: skip


def _by_person(
    writer: Writer,
    people: NDArray[np.int64],
    owner: NDArray[np.int64],
    bounds: tuple[int, int],
    columns: dict[int, NDArray[np.int64]],
) -> int:
    """Where the rows of these columns begin, in order of their owners; `bounds`: columns of people."""
    order, numbers = np.argsort(owner, kind="stable"), np.arange(len(people))
    first, end = bounds
    people[:, first] = np.searchsorted(owner[order], numbers, "left")
    people[:, end] = np.searchsorted(owner[order], numbers, "right")
    rows = np.zeros((len(owner), len(columns)), dtype=np.int64)
    for column, values in columns.items():
        rows[:, column] = values[order]
    return writer.add(rows)
