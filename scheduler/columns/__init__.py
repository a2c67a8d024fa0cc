"""Column generation on Lowered: whole-person rosters, priced by a labelling DP over days."""

from scheduler.columns.held import held
from scheduler.columns.part import Part, fits
from scheduler.columns.solve import Columned, Columns, solve_columns

__all__ = ["Columned", "Columns", "Part", "fits", "held", "solve_columns"]
