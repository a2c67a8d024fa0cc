"""What is true: the domain's records, frozen, with ids and never indices."""

from scheduler.model.calendar import Calendar
from scheduler.model.errors import (
    InputError,
    LianxinError,
    NotARosterError,
    Problem,
    StoppedError,
)
from scheduler.model.exemption import Exemption
from scheduler.model.history import PastStop, PastSums, PersonHistory
from scheduler.model.horizon import Horizon
from scheduler.model.instance import Instance
from scheduler.model.past import Past
from scheduler.model.people import (
    VOLUNTEERS,
    Break,
    Limits,
    Person,
    Role,
    Window,
    Wish,
)
from scheduler.model.roster import Assignment, Outcome, Roster
from scheduler.model.score import Level, Score
from scheduler.model.settings import Duties, Matrix, Roads, RuleSetting, Settings, StraightLine
from scheduler.model.work import (
    Area,
    Case,
    Duty,
    Freeze,
    Gap,
    Household,
    Need,
    Pair,
    Pin,
    Place,
    Point,
    Published,
    Risk,
    SharedSkill,
    Shift,
    Slot,
    Visit,
    Way,
)
from scheduler.model.worked import Departure, WorkedWeek

__all__ = [
    "VOLUNTEERS",
    "Area",
    "Assignment",
    "Break",
    "Calendar",
    "Case",
    "Departure",
    "Duties",
    "Duty",
    "Exemption",
    "Freeze",
    "Gap",
    "Horizon",
    "Household",
    "InputError",
    "Instance",
    "Level",
    "LianxinError",
    "Limits",
    "Matrix",
    "Need",
    "NotARosterError",
    "Outcome",
    "Pair",
    "Past",
    "PastStop",
    "PastSums",
    "Person",
    "PersonHistory",
    "Pin",
    "Place",
    "Point",
    "Problem",
    "Published",
    "Risk",
    "Roads",
    "Role",
    "Roster",
    "RuleSetting",
    "Score",
    "Settings",
    "SharedSkill",
    "Shift",
    "Slot",
    "StoppedError",
    "StraightLine",
    "Visit",
    "Way",
    "Window",
    "Wish",
    "WorkedWeek",
]
