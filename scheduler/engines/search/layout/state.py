"""Tables of S, the state."""

from scheduler.engines.search.layout.table import Table

# S: the state as a whole -------------------------------------------------------------------
FIRM_PEOPLE = 3
whole = Table()
COST = whole.column()  # points of the whole roster
START_POINTS = whole.column()  # the part of COST that stops pay for their own start times
WORST_LATE = whole.column()  # largest lateness in ticks
WORST_IDLE = whole.column()  # largest idle ticks of a person
FIRMEST = whole.column(FIRM_PEOPLE)  # people who must be idle most, whatever starts when
STOP_ROWS = whole.lines  # where the rows of stops begin
# S: what fills a slot: a stop on somebody's route
stop = Table()
STOP_PERSON = stop.column()
STOP_NEXT = stop.column()
STOP_PREV = stop.column()
STOP_START = stop.column()
STOP_ORDER = stop.column()  # its crew's order key
STOP_LATE = stop.column()  # ticks
STOP_POINTS = stop.column()  # of its start
STOP_PLACE = stop.column()
STOP_WIDTH = stop.lines
# S: the crew of a task
crew = Table()
CREW_OPTION = crew.column()
CREW_KEY = crew.column()  # routes and gaps are in the order of keys
CREW_FILLED = crew.column()  # how many slots
CREW_POINTS = crew.column()  # of people lacking
CREW_WIDTH = crew.width
# S: the route of a person-day
route = Table()
ROUTE_HEAD = route.column()
ROUTE_TAIL = route.column()
ROUTE_COUNT = route.column()  # stops
ROUTE_SERVICE = route.column()  # ticks of stops
ROUTE_ON_WAY = route.column()  # ticks of ways
ROUTE_POINTS = route.column()  # by when its stops start
ROUTE_WORK_POINTS = route.column()  # by its stops, work and ways, whenever they start
ROUTE_KINDS = route.column()  # bits
ROUTE_WIDTH = route.lines
# S: the idle time of a person
idle = Table()
IDLE_TICKS = idle.column()
IDLE_FIRM = idle.column()  # ticks that no change of times can take away
IDLE_WIDTH = idle.width
