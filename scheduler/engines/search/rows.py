"""Rows of the arenas' tables and the cells that are read most, for kernels and for Python alike.

Kernels that call these are compiled as if they stood there written out (see engines/expand.py).
"""

from scheduler.engines.expand import accessor
from scheduler.engines.search import layout as at


@accessor
def slot_row(P, slot):
    """Where a slot's row begins in P."""
    return P[at.SLOT_ROWS] + slot * at.SLOT_WIDTH


@accessor
def task_row(P, task):
    """Where a task's row begins in P."""
    return P[at.TASK_ROWS] + task * at.TASK_WIDTH


@accessor
def option_row(P, option):
    """Where an option's row begins in P."""
    return P[at.OPTION_ROWS] + option * at.OPTION_WIDTH


@accessor
def person_row(P, person):
    """Where a person's row begins in P."""
    return P[at.PERSON_ROWS] + person * at.PERSON_WIDTH


@accessor
def day_row(P, person_day):
    """Where a person-day's row begins in P; person_day: person * DAYS + day."""
    return P[at.DAY_ROWS] + person_day * at.DAY_WIDTH


@accessor
def total_row(P, total):
    """Where a total's row begins in P."""
    return P[at.TOTAL_ROWS] + total * at.TOTAL_WIDTH


@accessor
def run_row(P, run):
    """Where a priced run's row begins in P."""
    return P[at.RUN_ROWS] + run * at.RUN_WIDTH


@accessor
def recovery_row(P, recovery):
    """Where the row of a rest owed after a run begins in P."""
    return P[at.RECOVERY_ROWS] + recovery * at.RECOVERY_WIDTH


@accessor
def group_row(P, group):
    """Where a group's row begins in P."""
    return P[at.GROUP_ROWS] + group * at.GROUP_WIDTH


@accessor
def gap_row(P, gap):
    """Where a gap's row begins in P."""
    return P[at.GAP_ROWS] + gap * at.GAP_WIDTH


@accessor
def place_row(P, place):
    """Where a place's row begins in P."""
    return P[at.PLACE_ROWS] + place * at.PLACE_WIDTH


@accessor
def bundle_row(P, bundle):
    """Where a bundle's row begins in P."""
    return P[at.BUNDLE_ROWS] + bundle * at.BUNDLE_WIDTH


@accessor
def ban_row(P, ban):
    """Where a ban's row begins in P."""
    return P[at.BAN_ROWS] + ban * at.BAN_WIDTH


@accessor
def mix_row(P, mix):
    """Where a mix's row begins in P."""
    return P[at.MIX_ROWS] + mix * at.MIX_WIDTH


@accessor
def stop_row(slot):
    """Where the row of a slot's stop begins in S."""
    return at.STOP_ROWS + slot * at.STOP_WIDTH


@accessor
def crew_row(P, task):
    """Where the row of a task's crew begins in S."""
    return P[at.CREW_ROWS] + task * at.CREW_WIDTH


@accessor
def route_row(P, person_day):
    """Where the row of a person-day's route begins in S."""
    return P[at.ROUTE_ROWS] + person_day * at.ROUTE_WIDTH


@accessor
def idle_row(P, person):
    """Where the row of a person's idle time begins in S."""
    return P[at.IDLE_ROWS] + person * at.IDLE_WIDTH


@accessor
def length(P, first):
    """How many items a list in P has; it stands as [count, items...]."""
    return P[first]


@accessor
def item(P, first, number):
    """An item of a list in P."""
    return P[first + 1 + number]


@accessor
def task_of(P, slot):
    """Task of a slot."""
    return P[slot_row(P, slot) + at.SLOT_TASK]


@accessor
def duration_of(P, slot):
    """Ticks that a slot's stop takes."""
    return P[slot_row(P, slot) + at.SLOT_DURATION]


@accessor
def fit_of(P, slot, person):
    """Points of a person in a slot."""
    return P[P[slot_row(P, slot) + at.SLOT_FIT] + person]


@accessor
def first_slot(P, task):
    """First slot of a task; the others come right behind it."""
    return P[task_row(P, task) + at.TASK_FIRST_SLOT]


@accessor
def slot_count(P, task):
    """How many slots a task has."""
    return P[task_row(P, task) + at.TASK_SLOT_COUNT]


@accessor
def is_loose(P, task):
    """Whether a task's slots are filled one by one at a fixed moment, 1 or 0."""
    return P[task_row(P, task) + at.TASK_LOOSE]


@accessor
def day_of(P, option):
    """Calendar day of an option."""
    return P[option_row(P, option) + at.OPTION_DAY]


@accessor
def tick_points(P, person):
    """Points of a tick that a person is on the way."""
    return P[person_row(P, person) + at.PERSON_TICK_POINTS]


@accessor
def person_of(S, slot):
    """Who fills a slot, or NONE."""
    return S[stop_row(slot) + at.STOP_PERSON]


@accessor
def next_of(S, slot):
    """The slot whose stop comes behind a filled slot's, or NONE."""
    return S[stop_row(slot) + at.STOP_NEXT]


@accessor
def prev_of(S, slot):
    """The slot whose stop comes before a filled slot's, or NONE."""
    return S[stop_row(slot) + at.STOP_PREV]


@accessor
def start_of(S, slot):
    """When a filled slot's stop starts."""
    return S[stop_row(slot) + at.STOP_START]


@accessor
def end_of(P, S, slot):
    """When a filled slot's stop ends."""
    return start_of(S, slot) + duration_of(P, slot)


@accessor
def key_of(S, slot):
    """Order key of a filled slot's crew."""
    return S[stop_row(slot) + at.STOP_ORDER]


@accessor
def option_of(P, S, task):
    """Option that a task is or was last done at."""
    return S[crew_row(P, task) + at.CREW_OPTION]


@accessor
def crew_key(P, S, task):
    """Order key of a task's crew, filled or not."""
    return S[crew_row(P, task) + at.CREW_KEY]


@accessor
def filled_of(P, S, task):
    """How many slots of a task are filled."""
    return S[crew_row(P, task) + at.CREW_FILLED]


@accessor
def head_of(P, S, person_day):
    """First slot of a person-day's route, or NONE."""
    return S[route_row(P, person_day) + at.ROUTE_HEAD]


@accessor
def week_points(P, S, person):
    """Points of a person's totals and runs."""
    return S[P[at.WEEK_CELLS] + person]


@accessor
def follow_cell(P, person):
    """Where in S the points of what follows what in a person's week stand."""
    return P[at.FOLLOW_CELLS] + person


@accessor
def rested_at(P, S, slot):
    """Whether the rest owed lies before a filled slot's start, 1 or 0; or UNKNOWN."""
    return S[P[at.RESTED_CELLS] + slot]


@accessor
def idle_of(P, S, person):
    """Idle ticks of a person."""
    return S[idle_row(P, person) + at.IDLE_TICKS]


@accessor
def firm_of(P, S, person):
    """Idle ticks of a person that no change of times can take away."""
    return S[idle_row(P, person) + at.IDLE_FIRM]


@accessor
def measure_cell(P, person_day, measure):
    """Where in S a measure of a person-day stands."""
    return P[at.MEASURE_CELLS] + person_day * P[at.MEASURES] + measure


@accessor
def change_row(number):
    """Where the row of a noted change of a day begins in W."""
    return at.CHANGE_ROWS + number * at.CHANGE_WIDTH


@accessor
def outcome_row(kind):
    """Where the counts of how a kind of move ended begin in W."""
    return at.OUTCOME_ROWS + kind * at.OUTCOME_WIDTH


@accessor
def entry_row(P, number):
    """Where an entry of the undo log begins in W."""
    return P[at.ENTRY_ROWS] + number * at.ENTRY_WIDTH


@accessor
def fall_row(P, number):
    """Where the row of a noted fall begins in W."""
    return P[at.FALL_ROWS] + number * at.FALL_WIDTH


@accessor
def fallen_row(P, slot):
    """Where the row of by how much a slot's stop falls begins in W."""
    return P[at.FALLEN_ROWS] + slot * at.FALLEN_WIDTH
