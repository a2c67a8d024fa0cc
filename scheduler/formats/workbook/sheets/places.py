"""The sheets of areas, places and the homes that are visited."""

from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.kinds import Choice, Number
from scheduler.formats.workbook.sheets.shared import (
    CODE,
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
        Column("point.longitude", Number()),
        Column("point.latitude", Number()),
        Column("capacity", INTEGER),
        Column("private", YES_NO),
        Column("opening", SPANS, width=30),
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
