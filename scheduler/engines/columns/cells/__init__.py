"""Annealing on cells: a cell is a person's day, and a move changes some days in a row of one or two people."""
