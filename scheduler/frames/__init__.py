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

Importing this package loads pandas, so import it only where it is needed.
"""

from scheduler.frames.roster import assignments, coverage, loads
from scheduler.frames.sums import figures, rules
from scheduler.frames.week import people, places, slots, tasks
from scheduler.frames.weekly import use, weekly_loads

__all__ = [
    "assignments",
    "coverage",
    "figures",
    "loads",
    "people",
    "places",
    "rules",
    "slots",
    "tasks",
    "use",
    "weekly_loads",
]
