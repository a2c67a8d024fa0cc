"""The sheets of areas, places and the homes that are visited."""

from scheduler.formats.workbook.cells.kinds import Choice
from scheduler.formats.workbook.cells.points import Coordinates, Degrees
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets.shared import (
    CODE,
    DURATION,
    IDS,
    INTEGER,
    SKILLS,
    SPANS,
    TEXT,
    YES_NO,
    id_column,
)

AREAS = Sheet(
    "areas",
    (
        id_column(),
        Column("name", TEXT, required=True, width=20),
        Column("kind", Choice("area_kind"), required=True),
        Column("parent", CODE, refers="areas"),
    ),
)
PLACES = Sheet(
    "places",
    (
        id_column(),
        Column("name", TEXT, required=True, width=22),
        Column("area", CODE, refers="areas"),
        Column("kind", CODE),
        Column("point.longitude", Degrees()),
        Column("point.latitude", Degrees()),
        Column("capacity", INTEGER),
        Column("private", YES_NO),
        Column("opening", SPANS, width=30),
        Column("point", Coordinates(), width=20),
    ),
    required=True,
)
HOUSEHOLDS = Sheet(
    "households",
    (
        id_column(),
        Column("name", TEXT, required=True, width=18),
        Column("place", CODE, required=True, refers="places"),
        Column("risk", Choice("risk")),
        Column("known_people", IDS, width=20),
        Column("ratings", SKILLS, width=20),
        Column("gender", Choice("gender")),
    ),
)
TRAVEL = Sheet("travel", (Column("minutes", DURATION),), example=False)
"""Places down and across, and in each cell the minutes of a way; see `ways`."""
