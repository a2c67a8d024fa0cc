"""Lianxin's library: a week and its rules in, a checked roster out.

The names that a user needs, each loaded when it is first asked for: ``import scheduler`` costs
nothing. A name here is never that of a module or package of `scheduler`, which Python would put
in its place once that is imported.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.checker import check as check
    from scheduler.due import expand as expand
    from scheduler.explain import prepared as prepared
    from scheduler.explain import why_so as why_so
    from scheduler.explain import why_unassigned as why_unassigned
    from scheduler.explain.clashes import clashes as clashes
    from scheduler.explain.suggest import suggest as suggest
    from scheduler.facts import Facts as Facts
    from scheduler.formats.json_file import read_changes as read_changes
    from scheduler.formats.json_file import read_instance as read_instance
    from scheduler.formats.json_file import read_roster as read_roster
    from scheduler.formats.json_file import write_instance as write_instance
    from scheduler.formats.json_file import write_roster as write_roster
    from scheduler.model import Instance as Instance
    from scheduler.model import Roster as Roster
    from scheduler.solver import solve as solve
    from scheduler.stop import Stop as Stop
    from scheduler.weeks.compare import compare as compare
    from scheduler.weeks.preview import change as change
    from scheduler.weeks.preview import preview as preview
    from scheduler.weeks.replan.search import replan as replan
    from scheduler.weeks.roll import roll as roll

_HOMES = {
    "Facts": "scheduler.facts",
    "Instance": "scheduler.model",
    "Roster": "scheduler.model",
    "Stop": "scheduler.stop",
    "change": "scheduler.weeks.preview",
    "check": "scheduler.checker",
    "clashes": "scheduler.explain.clashes",
    "compare": "scheduler.weeks.compare",
    "expand": "scheduler.due",
    "prepared": "scheduler.explain",
    "preview": "scheduler.weeks.preview",
    "read_changes": "scheduler.formats.json_file",
    "read_instance": "scheduler.formats.json_file",
    "read_roster": "scheduler.formats.json_file",
    "replan": "scheduler.weeks.replan.search",
    "roll": "scheduler.weeks.roll",
    "solve": "scheduler.solver",
    "suggest": "scheduler.explain.suggest",
    "why_so": "scheduler.explain",
    "why_unassigned": "scheduler.explain",
    "write_instance": "scheduler.formats.json_file",
    "write_roster": "scheduler.formats.json_file",
}
"""Name → module that defines it."""

__all__ = tuple(_HOMES)


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
