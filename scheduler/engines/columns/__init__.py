"""Column generation on Lowered: whole-person rosters, priced by a labelling DP over days; and routes of days.

Each name is loaded when it is first asked for, and the linear solver only with `solve_columns`.
"""

from typing import TYPE_CHECKING

from scheduler.loading import handing_on

if TYPE_CHECKING:
    from scheduler.engines.columns.in_turn import first_rosters as first_rosters
    from scheduler.engines.columns.routes.pricing import compile_routes as compile_routes
    from scheduler.engines.columns.routes.problem import route_parts as route_parts
    from scheduler.engines.columns.routes.search import RouteSearch as RouteSearch
    from scheduler.engines.columns.shift_subproblem import partial_subproblem as partial_subproblem
    from scheduler.engines.columns.solve import ColumnResult as ColumnResult
    from scheduler.engines.columns.solve import solve_columns as solve_columns
    from scheduler.engines.columns.subproblem import Subproblem as Subproblem
    from scheduler.engines.columns.subproblem import full_subproblem as full_subproblem

_HOMES = {
    "ColumnResult": "solve",
    "RouteSearch": "routes.search",
    "Subproblem": "subproblem",
    "compile_routes": "routes.pricing",
    "first_rosters": "in_turn",
    "full_subproblem": "subproblem",
    "partial_subproblem": "shift_subproblem",
    "route_parts": "routes.problem",
    "solve_columns": "solve",
}

__all__ = tuple(_HOMES)
__getattr__ = handing_on(__name__, _HOMES)
