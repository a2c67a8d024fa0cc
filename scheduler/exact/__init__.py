"""CP-SAT on Lowered: an encoding per primitive, joined into one model, solved to proof where small."""

from scheduler.exact.model import Model, build
from scheduler.exact.solve import Exact, price, solve_exact

__all__ = ["Exact", "Model", "build", "price", "solve_exact"]
