"""What has to be done: places, households, standing duties, cases, visits, shifts and their ties."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.people import Role, Window
from scheduler.model.time import Moment


class Area(Record):
    """A node of the tree street → community → grid → micro-grid (片区)."""

    id: str
    """Unique among areas; other records refer to it by this id."""
    name: str
    """Shown to people."""
    kind: Literal["street", "community", "grid", "micro_grid"]
    """Its floor of the tree."""
    parent: str | None = None
    """Area that it is a part of; None: the root."""


class Point(Record):
    """Where a place is, in WGS-84 degrees."""

    longitude: float = Field(ge=-180, le=180)
    """Degrees east."""
    latitude: float = Field(ge=-90, le=90)
    """Degrees north."""


class Place(Record):
    """Somewhere work happens (点位): a home, a plaza, a pavilion, a room."""

    id: str
    """Unique among places; other records refer to it by this id."""
    name: str
    """Shown to people."""
    area: str | None = None
    """Area that it lies in."""
    kind: str = "other"
    """home, plaza, pavilion, lobby, room, station, street … (free, shown to people)."""
    point: Point | None = None
    """Where it is. None: its ways are those that the settings give to places without a point."""
    capacity: int | None = Field(default=None, ge=1)
    """Most visits and shifts at one time; None: no limit."""
    private: bool = False
    """Fit for a confidential talk."""
    opening: tuple[Window, ...] | None = Field(default=None, max_length=most.SPANS)
    """When it is open: visits start and end inside one span. None: always."""


class Risk(StrEnum):
    """Risk class of a household; its rhythm of visits is in the settings."""

    HIGH = "high"
    KEY = "key"
    GENERAL = "general"


class Household(Record):
    """A home that is visited, under a pseudonym."""

    id: str
    """Unique among households; other records refer to it by this id."""
    name: str
    """Pseudonym, shown to people."""
    place: str
    """Place where it is visited."""
    risk: Risk = Risk.GENERAL
    """Risk class."""
    known_people: tuple[str, ...] = Field(default=(), max_length=most.PEOPLE)
    """People the household knows from earlier visits."""
    ratings: dict[str, Annotated[int, Field(ge=1, le=5)]] = {}
    """By person id: how the household last rated them, 5 the best. Seen by no one but the planner."""
    gender: Literal["f", "m"] | None = None
    """Gender asked for."""


class Slot(Record):
    """One person's part in a visit (岗位名额)."""

    roles: tuple[Role, ...] = Field(default=(), max_length=most.NEEDS)
    """Roles that may fill it; empty: any."""
    skills: dict[str, int] = Field(default={}, max_length=most.NEEDS)
    """Skills needed, each with its least level."""
    duration: int | None = Field(default=None, gt=0)
    """Length in ticks where it differs from the visit's."""
    after: tuple[int, int] = (0, 0)
    """Least and most ticks from the first slot's start to this one's; (0, 0) starts together."""
    people: tuple[str, ...] | None = Field(default=None, max_length=most.PEOPLE)
    """Only these people may fill it; None: anybody fit."""
    must: bool = False
    """The crew may not go without this slot, even where `least_crew` allows a smaller one."""


class SharedSkill(Record):
    """A skill that the people of a task have between them; one person may bring several."""

    skill: str
    """Skill id."""
    level: int = Field(default=1, ge=1)
    """Least level of those who count."""
    count: int = Field(default=1, ge=1, le=1000)
    """How many of them there have to be."""


class Visit(Record):
    """A piece of work with a flexible start (走访)."""

    id: str
    """Unique among visits and shifts; other records refer to it by this id."""
    name: str
    """Shown to people."""
    kind: str
    """Kind of work, such as counselling: what wishes, limits and volunteers' consent speak of."""
    places: tuple[str, ...] = Field(min_length=1, max_length=most.CHOICES)
    """Where it may be done; one is chosen."""
    windows: tuple[Window, ...] = Field(min_length=1, max_length=most.SPANS)
    """When it may start; one is chosen."""
    duration: int = Field(gt=0)
    """Length in ticks."""
    slots: tuple[Slot, ...] = Field(default=(Slot(),), min_length=1, max_length=8)
    """The crew. Slot 0 leads; the others start together with it or spaced after it."""
    least_crew: int | None = Field(default=None, ge=1)
    """How many filled slots are enough (1: one of two may go alone). None: all or nobody."""
    priority: int = Field(default=3, ge=1, le=5)
    """5 is the most urgent; what it costs to leave the visit undone is in the settings."""
    due: Moment | None = None
    """Late from here on, at a cost (a window's own due comes first)."""
    household: str | None = None
    """Household that is visited."""
    case: str | None = None
    """Case that it belongs to."""
    duty: str | None = None
    """Standing duty that it answers."""
    private: bool = False
    """Needs a private place and people with clearance."""
    impartial: bool = False
    """Nobody may do it for their own building or kin (counselling always counts so)."""
    must: bool = False
    """It has to be done: leaving any of it undone breaks a hard rule."""
    preferred: tuple[str, ...] = Field(default=(), max_length=most.PEOPLE)
    """People preferred; anybody else costs points."""
    excluded: tuple[str, ...] = Field(default=(), max_length=most.PEOPLE)
    """People who may not come."""
    bundle: str | None = None
    """Visits and shifts of one bundle are all done or none."""
    tie: str | None = None
    """Visits and shifts of one tie are led by the same person."""
    skill_mix: tuple[SharedSkill, ...] = Field(default=(), max_length=most.NEEDS)
    """Skills that the crew has between its members, whoever brings them."""


class Need(Record):
    """Headcount of a shift for one kind of people."""

    roles: tuple[Role, ...] = Field(default=(), max_length=most.NEEDS)
    """Roles that may fill it; empty: any."""
    skills: dict[str, int] = Field(default={}, max_length=most.NEEDS)
    """Skills needed, each with its least level."""
    minimum: int = Field(default=1, ge=0, le=1000)
    """Fewer than this is short, at medium level."""
    target: int | None = Field(default=None, ge=0, le=1000)
    """Fewer than this costs points; None: the minimum."""
    maximum: int | None = Field(default=None, ge=0, le=1000)
    """Never more than this; None: the target."""
    under_points: int | None = Field(default=None, ge=0)
    """Points for each person under the target; None: the settings' target_points."""
    over_points: int = Field(default=0, ge=0)
    """Points for each person over the target."""


class Shift(Record):
    """A piece of work with a fixed start (班次): a venue, a class, a patrol."""

    id: str
    """Unique among visits and shifts; other records refer to it by this id."""
    name: str
    """Shown to people."""
    kind: str
    """Kind of work, such as night_patrol: what wishes, limits and sequences speak of."""
    place: str
    """Where it is."""
    start: Moment
    """When it begins."""
    duration: int = Field(gt=0)
    """Length in ticks."""
    needs: tuple[Need, ...] = Field(min_length=1, max_length=most.NEEDS)
    """Whom it needs, kind by kind."""
    priority: int = Field(default=3, ge=1, le=5)
    """5 is the most urgent."""
    case: str | None = None
    """Case that it belongs to."""
    bundle: str | None = None
    """Visits and shifts of one bundle are all done or none."""
    tie: str | None = None
    """Visits and shifts of one tie are led by the same person."""
    skill_mix: tuple[SharedSkill, ...] = Field(default=(), max_length=most.NEEDS)
    """Skills that its people have between them, whoever brings them."""


class Pair(Record):
    """Two people who never work on one visit or shift, or only together where it takes several."""

    people: tuple[str, str]
    """Person ids."""
    together: Literal["never", "always"]
    """never: not both on one task. always: on a task with two slots or more, both or neither."""


class Gap(Record):
    """The time between two visits: at least `least`, at most `most`; the second waits for the first."""

    first: str
    """Visit id."""
    second: str
    """Visit id."""
    least_minutes: int | None = None
    """Ticks from the end of the first to the start of the second."""
    most_minutes: int | None = None
    """Ticks at most from the end of the first to the start of the second."""
    least_days: int | None = None
    """Calendar days from the first to the second."""
    most_days: int | None = None
    """Calendar days at most from the first to the second."""
    requires: bool = True
    """The second is not done unless the first is."""


class Case(Record):
    """A matter that several visits belong to: a counselling series, a staged project (个案)."""

    id: str
    """Unique among cases; other records refer to it by this id."""
    name: str
    """Shown to people."""
    kind: str
    """Kind of its visits, such as counselling."""
    household: str | None = None
    """Household that it is about."""
    private: bool = False
    """Its visits need a private place and people with clearance."""
    same_person: bool = True
    """The lead of every visit is the same person."""
    person: str | None = None
    """Who has led it so far."""
    sessions: int = Field(default=0, ge=0, le=1000)
    """Sessions still owed. Those that fall due in the horizon become visits."""
    every_days: tuple[int, int] = (7, 14)
    """Least and most days between two sessions."""
    last_done: date | None = None
    """Day of the last session; None: none yet."""
    places: tuple[str, ...] = Field(default=(), max_length=most.CHOICES)
    """Where its sessions may be; empty: at the household."""
    duration: int = Field(default=60, gt=0)
    """Length of a session in ticks."""
    skills: dict[str, int] = Field(default={}, max_length=most.NEEDS)
    """Skills that a session needs, each with its least level."""
    roles: tuple[Role, ...] = Field(default=(), max_length=most.NEEDS)
    """Roles that may lead a session; empty: any."""
    priority: int = Field(default=4, ge=1, le=5)
    """Of its sessions; 5 is the most urgent."""
    hours: tuple[int, int] | None = None
    """Ticks after midnight between which a session may start; None: the settings' visiting hours."""


class Way(Record):
    """A way of doing a standing duty that counts: at the door, by phone, through a neighbour."""

    kind: str
    """door, phone, neighbour … becomes the visit's kind."""
    duration: int = Field(gt=0)
    """Length in ticks."""
    roles: tuple[Role, ...] = Field(default=(), max_length=most.NEEDS)
    """Roles that may do it; empty: any."""
    skills: dict[str, int] = Field(default={}, max_length=most.NEEDS)
    """Skills needed, each with its least level."""
    crew: int = Field(default=1, ge=1, le=4)
    """How many people go together."""
    remote: bool = False
    """Done from the person's own base: no way to go."""


class Duty(Record):
    """A standing duty (走访职责): it never ends and is no order."""

    id: str
    """Unique among duties; other records refer to it by this id."""
    household: str
    """Household that it is owed to."""
    name: str
    """Shown to people."""
    kind: str = "welfare_check"
    """What is owed, such as welfare_check."""
    every_days: int | None = Field(default=None, ge=1)
    """Rhythm; None: the settings' rhythm of the household's risk class."""
    last_done: date | None = None
    """None: never yet, due at once."""
    last_outcome: str | None = None
    """Its follow-up in the settings comes before the rhythm."""
    great_change: Moment | None = None
    """When the household's life changed greatly; a visit is due within 24 hours of it."""
    ways: tuple[Way, ...] = Field(default=(), max_length=most.NEEDS)
    """Ways that count, best first; empty: the settings' ways of the risk class."""
    person: str | None = None
    """Only this person may do it, by the household's wish."""
    hours: tuple[int, int] | None = None
    """Ticks after midnight between which it may start; None: the settings' visiting hours."""
    priority: int | None = Field(default=None, ge=1, le=5)
    """Of its visits, 5 the most urgent; None: the settings' priority of the risk class."""


class Pin(Record):
    """A part of the roster that is settled beforehand (锁定). A field left out stays free."""

    task: str
    """Visit or shift id."""
    slot: int = Field(default=0, ge=0)
    """Index of the slot."""
    person: str | None = None
    """Who fills it."""
    place: str | None = None
    """Where it is done."""
    start: Moment | None = None
    """When it begins."""
    absent: bool = False
    """The slot stays empty."""


class Published(Record):
    """A part of a roster that people have been told of (已通知). Moving it costs points."""

    task: str
    """Visit or shift id."""
    slot: int = Field(default=0, ge=0)
    """Index of the slot."""
    person: str
    """Who was told to come."""
    place: str
    """Where it was to be done."""
    start: Moment
    """When it was to begin."""
    promised: bool = False
    """A resident was promised this time."""
    standing: Literal["firm", "loose", "lost"] = "firm"
    """What changes left of it. loose: they took what it needs, the rest of its crew or a visit before
    it, so that no freeze holds it; lost: they took it away, and only a promised time still binds."""


class Freeze(Record):
    """Until when the published roster stands, in grades; a grade left out freezes nothing.

    What is published to start before the moment of a grade stays as the grade says.
    """

    time: Moment | None = None
    """People, places and starts stay, and nothing else is done before this moment."""
    order: Moment | None = None
    """People and days stay, and so does the order of each person's tasks."""
    person: Moment | None = None
    """People and days stay."""
    day: Moment | None = None
    """Days stay."""
