"""What cells hold: how people write it, and how the workbook does. `kinds` says what a kind of cell is."""
