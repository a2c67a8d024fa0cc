"""What looks for rosters: annealing (search), CP-SAT (exact), column generation (columns), and the portfolio of them."""
