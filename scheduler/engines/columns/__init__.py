"""Column generation on Lowered: whole-person rosters, priced by a labelling DP over days."""

from scheduler.engines.columns.shift_subproblem import held
from scheduler.engines.columns.solve import Columned, Columns, solve_columns
from scheduler.engines.columns.subproblem import Part, fits

__all__ = ["Columned", "Columns", "Part", "fits", "held", "solve_columns"]
