"""Column generation on Lowered: whole-person rosters, priced by a labelling DP over days."""

from scheduler.engines.columns.held import held
from scheduler.engines.columns.part import Part, fits
from scheduler.engines.columns.solve import Columned, Columns, solve_columns

__all__ = ["Columned", "Columns", "Part", "fits", "held", "solve_columns"]
