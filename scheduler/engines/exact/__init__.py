"""CP-SAT on Lowered: an encoding per primitive, joined into one model, solved to proof where small.

Beside it: bounds of instances of any size, and the smallest clashes.
"""

from scheduler.engines.exact.bounds import LowerBound, UnmetDemand, lower_bound
from scheduler.engines.exact.clash import Clash, clash
from scheduler.engines.exact.fillable import FillableSlots
from scheduler.engines.exact.model import RosterModel, build_model
from scheduler.engines.exact.requirements import Requirement
from scheduler.engines.exact.solve import ExactResult, price, solve_exact

__all__ = [
    "Clash",
    "ExactResult",
    "FillableSlots",
    "LowerBound",
    "Requirement",
    "RosterModel",
    "UnmetDemand",
    "build_model",
    "clash",
    "lower_bound",
    "price",
    "solve_exact",
]
