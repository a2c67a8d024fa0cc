"""Where the arenas of annealing on cells have what: P, never written; S, a state; W, scratch.

All are flat int64 arrays. P begins with a header of counts and of where its tables begin, and so do the
tables of S and W, whose places stand in P's header too.
"""

NONE = -1

# P's header
PEOPLE, DAYS, ITEMS, HARD, WORTH = 0, 1, 2, 3, 4  # WORTH: points of a hard point while annealing
BASE = 5  # points of nobody at work, beside what rows below price
ITEM_ROWS = 6
MARGIN_CELLS = 7
COST_CELLS = 8  # [person, item], points of a day with that item alone
OFF_CELLS = 9  # [person, day], points of a day off
PAIR_CELLS = 10  # [person, day], points where either this day is worked or the one before, not both
ABLE_FIRST = 11  # [person * day + 1]
ABLE_CELLS = 12  # items that somebody may work on a day
RIVAL_CELLS = 13  # items of each task
FOLLOW_FIRST = 14  # [profile, day]
FOLLOW_CELLS = 15  # [item of the day before, item of the day], points
PERSON_ROWS = 16
STEP_CELLS = 17  # [run, letter, 2]: the next run, points
LETTER_CELLS = 18  # [table, item + 1]; the last is a day off
ENTRY_FIRST = 19  # [person * day + 1]
ENTRY_ROWS = 20
AMOUNT_CELLS = 21
TOTAL_ROWS = 22
PIECE_ROWS = 23
ROSTER_CELLS = 24  # S: [person, day], item or NONE
RUN_CELLS = 25  # S: [person, day], the run before that day
HEAD_CELLS = 26  # S: [item], people in it
VALUE_CELLS = 27  # S: [row of Total], its value
PRICE_CELLS = 28  # S: [row of Total], its points
GROUP_CELLS = 29  # S: [group of Total], its amount
NEW_ITEMS = 30  # W: [2, day], what a move gives two people
NEW_RUNS = 31  # W: [2, day + 1]
ROW_MARKS = 32  # W: [row of Total], the number of the move that touched it last
TOUCHED_ROWS = 33  # W: rows that a move touched
LOG_CELLS = 34  # W: [entry, 2], a cell of S and what stood there
S_SIZE, W_SIZE = 35, 36
HEADER = 40

ITEM_DAY, ITEM_MARGIN, ITEM_ROOM = (
    0,
    1,
    2,
)  # where its margins begin, and how many people it has room for
ITEM_PLACE = 3  # its number among the items of its day
ITEM_LIKE = 4  # the same item on the next day, or NONE
ITEM_RIVAL, ITEM_RIVALS = 5, 6  # items of its task: where they begin, and how many
ITEM_DAY_ITEMS = 7  # how many items its day has
ITEM_WIDTH = 8

PERSON_START, PERSON_LETTERS, PERSON_STEPS = (
    0,
    1,
    2,
)  # first run; letters; where the automaton begins
PERSON_TABLE, PERSON_PROFILE = 3, 4  # where the letters of items begin; the row of FOLLOW_FIRST
PERSON_WIDTH = 8

ENTRY_ROW, ENTRY_GROUP, ENTRY_AMOUNTS = (
    0,
    1,
    2,
)  # a row, its group or NONE, where amounts by item begin
ENTRY_WIDTH = 4

TOTAL_PIECE, TOTAL_PIECES, TOTAL_BASE = 0, 1, 2
TOTAL_WIDTH = 4
PIECE_SENSE, PIECE_BOUND, PIECE_POINTS = 0, 1, 2
PIECE_WIDTH = 4

# S's header
COST = 0
STATE_HEADER = 8

# W's header
RANDOM, MOVE, LOGGED, TOUCHED = 0, 1, 2, 3  # MOVE: its number
PERSON, OTHER, FIRST, END, REACH, OTHER_REACH = 4, 5, 6, 7, 8, 9  # of the move that is tried
CHANGE = 10  # its points
UPHILL, RISE, TAKEN = 11, 12, 13  # moves that cost more, what they cost together; moves taken
SCRATCH_HEADER = 16

LONGEST = 14
"""Most days of a move."""
