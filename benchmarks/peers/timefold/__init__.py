"""Timefold Solver (timefold.ai), open edition, in Java: local search over each vehicle's list of jobs.

`stock` is what its vehicle-routing quickstart has and most users therefore run; `expert` the strongest
that we could make of the open edition. Both know headcounts of shifts and the limits of days and weeks.
"""
