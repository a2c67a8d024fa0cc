"""Column generation on Lowered: whole-person rosters, priced by a labelling DP over days."""

from scheduler.engines.columns.shift_subproblem import partial_subproblem
from scheduler.engines.columns.solve import ColumnResult, solve_columns
from scheduler.engines.columns.subproblem import Subproblem, full_subproblem

__all__ = ["ColumnResult", "Subproblem", "full_subproblem", "partial_subproblem", "solve_columns"]
