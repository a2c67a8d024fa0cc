"""CP-SAT on Lowered: an encoding per primitive, joined into one model, solved to proof where small.

Beside it: bounds of instances of any size, and the smallest clashes. Each name is loaded when it is
first asked for: OR-Tools takes half a second.
"""

from typing import TYPE_CHECKING

from scheduler.loading import handing_on

if TYPE_CHECKING:
    from scheduler.engines.exact.bounds import LowerBound as LowerBound
    from scheduler.engines.exact.bounds import RisingBound as RisingBound
    from scheduler.engines.exact.bounds import UnmetDemand as UnmetDemand
    from scheduler.engines.exact.bounds import is_bounded as is_bounded
    from scheduler.engines.exact.bounds import lower_bound as lower_bound
    from scheduler.engines.exact.clash import Clash as Clash
    from scheduler.engines.exact.fillable import FillableSlots as FillableSlots
    from scheduler.engines.exact.model import RosterModel as RosterModel
    from scheduler.engines.exact.model import build_model as build_model
    from scheduler.engines.exact.requirements import Requirement as Requirement
    from scheduler.engines.exact.solve import ExactResult as ExactResult
    from scheduler.engines.exact.solve import price as price
    from scheduler.engines.exact.solve import solve_exact as solve_exact

_HOMES = {
    "Clash": "clash",
    "ExactResult": "solve",
    "FillableSlots": "fillable",
    "LowerBound": "bounds",
    "Requirement": "requirements",
    "RisingBound": "bounds",
    "RosterModel": "model",
    "UnmetDemand": "bounds",
    "build_model": "model",
    "is_bounded": "bounds",
    "lower_bound": "bounds",
    "price": "solve",
    "solve_exact": "solve",
}

__all__ = tuple(_HOMES)
__getattr__ = handing_on(__name__, _HOMES)
