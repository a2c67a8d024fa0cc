"""A week and its roster as pandas tables, a call each, for analysts and for the exports.

``assignments(week, roster)``, ``loads(week, roster)`` and ``coverage(week, roster)`` look at a
roster, ``people``, ``places``, ``tasks`` and ``slots`` at a week alone, ``rules`` at the checker's
report, ``figures``, ``weekly_loads`` and ``use`` at many weeks. What falls due in a week is in its tables as a visit.

Every docstring lists the columns in their order, with dtype and unit. The columns and dtypes of a
table depend on the week and on `private` only, so that an empty roster gives them as well. Missing
is ``pd.NA`` (``pd.NaT`` in moments). Common to all:

- ids are those of the files and join the tables: person, place, area, task, (task, slot)
- moments are local and without a zone, exact to a microsecond, which is as fine as a tick gets
- minutes are whole, distances metres; where ticks are finer than a minute, minutes are rounded
- a day is counted from 0, the horizon's first; a task belongs to the day on which it starts
- people stand in the order of the instance, and nobody is ranked

Private visits are hidden as in the exports, unless `private` is true: id ``private/1`` and so on, kind
``private``, a neutral name in the language asked for, no place finer than an area, no household and
no case. Places that would give them away are left out. Who works when, and how long, stays.

Each table's name is loaded when it is first asked for, and pandas with it: it takes half a second.
"""

from typing import TYPE_CHECKING

from scheduler.loading import handing_on

if TYPE_CHECKING:
    from scheduler.frames.roster import assignments as assignments
    from scheduler.frames.roster import coverage as coverage
    from scheduler.frames.roster import loads as loads
    from scheduler.frames.sums import figures as figures
    from scheduler.frames.sums import rules as rules
    from scheduler.frames.week import people as people
    from scheduler.frames.week import places as places
    from scheduler.frames.week import slots as slots
    from scheduler.frames.week import tasks as tasks
    from scheduler.frames.weekly import use as use
    from scheduler.frames.weekly import weekly_loads as weekly_loads

_HOMES = {
    "assignments": "roster",
    "coverage": "roster",
    "figures": "sums",
    "loads": "roster",
    "people": "week",
    "places": "week",
    "rules": "sums",
    "slots": "week",
    "tasks": "week",
    "use": "weekly",
    "weekly_loads": "weekly",
}

__all__ = tuple(_HOMES)
__getattr__ = handing_on(__name__, _HOMES)
