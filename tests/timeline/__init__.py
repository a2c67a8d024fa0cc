"""An outside view of time: one person's work as a line, judged without any day of the calendar's grid.

The rules and the engines share what a working day is, so that tests of one against the other cannot see
an error in it. `oracle` shares no code with either: it sorts a person's pieces of work, walks the line
from one to the next, and judges presence, overlap, way, rest, length of spells, runs and weekends.
"""
