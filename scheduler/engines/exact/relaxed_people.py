"""Rows of the relaxation about people: limits of a day, sums over days, days of work in a row."""

from collections.abc import Callable

import numpy as np

from scheduler.engines.exact.linear_program import BIG
from scheduler.engines.exact.relaxation import Entries, Relaxation
from scheduler.lowered.day import UNLIMITED
from scheduler.lowered.total import STOPS, WORK, TotalTable


def add_worked(relaxation: Relaxation) -> None:
    """A column for each day with feasible assignments, 1 where any is made."""
    for (person, day), _ in relaxation.grouped(relaxation.person, relaxation.day):
        relaxation.worked[person, day] = relaxation.program.column()


def add_days(relaxation: Relaxation) -> None:
    """A day holds no more work than presence and limits allow, and none on a day off."""
    length = relaxation.lowered.crew.duration[relaxation.slot]
    for (person, day), columns in relaxation.grouped(relaxation.person, relaxation.day):
        worked = relaxation.worked[person, day]
        service = [(column, int(length[column])) for column in columns]
        _add_presence(relaxation, person, day, service, worked)
        work = [*service, *relaxation.work_on_way(person, day)]
        _add_work(relaxation, person, day, work, worked)
        _add_stops(relaxation, person, day, columns, worked)


def _add_presence(
    relaxation: Relaxation, person: int, day: int, service: Entries, worked: int
) -> None:
    lowered = relaxation.lowered
    if lowered.day.outside[person, day] >= lowered.scale.hard:
        row = person * lowered.rows + day
        spans = lowered.day.spans[lowered.day.span_first[row] : lowered.day.span_first[row + 1]]
        present = sum(closes - opens for opens, closes in spans.tolist())
        within = relaxation.program.row(-BIG, 0, [*service, (worked, -present)])
        relaxation.hours[person, day].append(within)


def _add_work(relaxation: Relaxation, person: int, day: int, work: Entries, worked: int) -> None:
    limits, hard = relaxation.lowered.day, relaxation.lowered.scale.hard
    longest = int(limits.longest[person, day])
    if limits.too_long[person, day] >= hard and longest < UNLIMITED:
        relaxation.program.row(-BIG, 0, [*work, (worked, -longest)])
    ordinary, points = int(limits.ordinary[person, day]), int(limits.overtime[person, day])
    if points and ordinary < UNLIMITED:
        relaxation.charge_excess(work, ordinary, points)


def _add_stops(
    relaxation: Relaxation, person: int, day: int, columns: list[int], worked: int
) -> None:
    limits, hard = relaxation.lowered.day, relaxation.lowered.scale.hard
    most = int(limits.most[person, day])
    if limits.too_many[person, day] >= hard and most < len(columns):
        entries = [(column, 1) for column in columns]
        relaxation.program.row(-BIG, 0, [*entries, (worked, -most)])
    elif len(columns) == 1:
        relaxation.program.row(-BIG, 0, [(columns[0], 1), (worked, -1)])


def add_totals(relaxation: Relaxation) -> None:
    """Sums over days, upwards and downwards; days that count once when they are worked."""
    total, travel = relaxation.lowered.total, relaxation.lowered.travel
    columns = dict(relaxation.grouped(relaxation.person, relaxation.day))
    amount = _amounts(relaxation)
    by_option = _by_option(total)
    for row, person in enumerate(total.person.tolist()):
        any_day, groups = bool(total.any_day[row]), _groups(total, row)
        entries: Entries | None
        if any_day:
            entries = _groups_worked(relaxation, person, groups)
        else:
            entries = [
                (column, amount(column, measure))
                for measure, days in groups
                for day in days
                for column in columns.get((person, day), ())
            ]
            entries += [
                entry
                for measure, days in groups
                if measure == WORK
                for day in days
                for entry in relaxation.work_on_way(person, day)
            ]
        if entries is None:
            continue
        by_travel = travel.counts and any(measure == WORK for measure, _ in groups)
        exact = not any_day and not by_travel and not by_option
        _charge_pieces(relaxation, row, entries, exact=exact)


def _sum_of(relaxation: Relaxation, entries: Entries) -> int:
    """A column that is the sum of others."""
    program = relaxation.program
    column = program.column(sum(factor for _, factor in entries))
    program.row(0, 0, [*entries, (column, -1)])
    return column


def _charge_pieces(relaxation: Relaxation, row: int, entries: Entries, *, exact: bool) -> None:
    """exact: the entries are the whole sum; else the sum may be larger, so shortfalls are not charged."""
    total, base = relaxation.lowered.total, int(relaxation.lowered.total.base[row])
    first, end = total.piece_first[row], total.piece_first[row + 1]
    pieces = [piece for piece in total.pieces[first:end].tolist() if piece[2] > 0]
    if len(pieces) > 1 and all(factor > 0 for _, factor in entries):
        entries = [(_sum_of(relaxation, entries), 1)]
    for sense, limit, points in pieces:
        if sense > 0:
            relaxation.charge_excess(entries, limit - base, points)
        elif exact:
            below = [(column, -factor) for column, factor in entries]
            relaxation.charge_excess(below, base - limit, points)


def _amounts(relaxation: Relaxation) -> Callable[[int, int], int]:
    """(column, measure) → the least that an assignment adds to the measure."""
    total = relaxation.lowered.total
    options = np.diff(total.pair_first).tolist()
    tables: list[dict[int, int]] = [
        _least([dict(total.added(slot, number).tolist()) for number in range(count)])
        for slot, count in enumerate(options)
    ]
    slot = relaxation.slot.tolist()

    def amount(column: int, measure: int) -> int:
        return int(tables[slot[column]].get(measure, 0))

    return amount


def _least(tables: list[dict[int, int]]) -> dict[int, int]:
    """What a slot adds to each measure in whichever option."""
    shared = set.intersection(*map(set, tables)) if tables else set[int]()
    return {measure: min(table[measure] for table in tables) for measure in shared}


def _by_option(total: TotalTable) -> bool:
    """Whether some slot adds more in one option than in another."""
    cuts = total.pair_first[1:-1]
    changes = np.diff(total.amount_row) != 0
    changes[cuts[(cuts > 0) & (cuts < len(total.amount_row))] - 1] = False
    return bool(changes.any())


def _groups_worked(
    relaxation: Relaxation, person: int, groups: list[tuple[int, list[int]]]
) -> Entries | None:
    """A column for each group of days with work; None for measures that not every stop adds to."""
    all_count = all(measure in (WORK, STOPS) for measure, _ in groups)
    if not all_count or not (relaxation.lowered.crew.duration > 0).all():
        return None
    entries: Entries = []
    for _, days in groups:
        worked = [
            relaxation.worked[person, day] for day in days if (person, day) in relaxation.worked
        ]
        if len(worked) == 1:
            entries.append((worked[0], 1))
        elif worked:
            any_worked = relaxation.program.column()
            entries.append((any_worked, 1))
            for column in worked:
                relaxation.program.row(-BIG, 0, [(column, 1), (any_worked, -1)])
    return entries


def _groups(total: TotalTable, row: int) -> list[tuple[int, list[int]]]:
    """(measure, days) of each group."""
    return [
        (
            int(total.measure[group]),
            total.days[total.day_first[group] : total.day_first[group + 1]].tolist(),
        )
        for group in range(int(total.group_first[row]), int(total.group_first[row + 1]))
    ]


def add_runs(relaxation: Relaxation) -> None:
    """No more days of work in a row than a hard rule allows."""
    run, days = relaxation.lowered.run, relaxation.lowered.index.days
    hard = run.points >= relaxation.lowered.scale.hard
    for row in np.flatnonzero(hard & (run.sense > 0) & (run.on > 0) & (run.measure <= STOPS)):
        person, most, past = int(run.person[row]), int(run.bound[row]), int(run.past[row])
        for day in range(days):
            if past + day < most:
                continue
            stretch = [(person, before) for before in range(max(0, day - most), day + 1)]
            if all(before in relaxation.worked for before in stretch):
                entries = [(relaxation.worked[before], 1) for before in stretch]
                relaxation.program.row(-BIG, len(entries) - 1, entries)
