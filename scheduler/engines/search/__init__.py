"""Simulated annealing in compiled Python, over visits, shifts and weekly rules together."""
