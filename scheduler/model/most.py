"""How much of everything an input may hold; what lies above is a fault.

Twenty times the week of a large sub-district, and more than any instance of the literature.
"""

NODES = 4_000_000
"""Values of a JSON file, lists and objects among them."""
OBJECTS = 1_000_000
"""Objects of a JSON file."""
NAMES = 200_000
"""Different names of fields of a JSON file; ids that are names, as in the history, among them."""
TEXT = 100_000
"""Characters of one text."""
RECORDS = 200_000
"""Entries of any list or object; assignments of a roster."""

AREAS = 10_000
PLACES = 6_500
PEOPLE = 5_000
HOUSEHOLDS = 150_000
DUTIES = 150_000
CASES = 50_000
VISITS = 50_000
"""Also of those that fall due."""
SHIFTS = 50_000
GAPS = 50_000
PAIRS = 50_000
PINS = 200_000
"""Also of published parts and of exceptions."""
CHANGES = 20_000
NEW = 2_000
"""Records of one kind that one change brings."""

CHOICES = 10_000
"""Places where a visit may be, people it prefers or excludes."""
SPANS = 1_000
"""Windows of one visit; spans of presence, leave or opening; wishes, stops of a history."""
NEEDS = 100
"""Needs of a shift, ways of a duty, skills of a person or a slot."""
KINDS = 2_000
"""Kinds that one person agreed to, or that limits speak of."""
TASK_SLOTS = 400_000
"""People whom all work of a week takes at most."""
AREAS_DEEP = 20
"""Areas inside each other."""
DUE_DAYS = 500_000
"""Days on which all visits that fall due may be made, each visit's counted by itself."""
TABLE = 2_000
"""Places of a table of minutes, which holds the square of it."""
