"""CP-SAT on Lowered: an encoding per primitive, joined into one model, solved to proof where small.

Beside it: bounds of instances of any size, and the smallest clashes.
"""

from scheduler.engines.exact.bounds import Bound, Unmet, bound
from scheduler.engines.exact.clash import Clash, clash
from scheduler.engines.exact.model import Model, build
from scheduler.engines.exact.requirements import Requirement
from scheduler.engines.exact.solve import Exact, price, solve_exact

__all__ = [
    "Bound",
    "Clash",
    "Exact",
    "Model",
    "Requirement",
    "Unmet",
    "bound",
    "build",
    "clash",
    "price",
    "solve_exact",
]
