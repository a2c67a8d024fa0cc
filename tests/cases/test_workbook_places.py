"""Coordinates in one cell, in the other order, of another map; and the sheet of ways."""

import openpyxl
import pytest

from scheduler.formats import workbook
from scheduler.formats.workbook.cells.points import from_wgs84, to_wgs84
from scheduler.model import Point, StraightLine
from scheduler.travel import travel
from tests.cases.week_book import TITLES, at, filled, told

__all__ = ["filled"]
EAST, NORTH = "point.longitude", "point.latitude"


@pytest.mark.parametrize(
    "typed",
    [
        "104.12,30.61", "104.12，30.61", "30.61, 104.12", "(104.12 30.61)", "东经104.12 北纬30.61",
        "30.61N 104.12E", "104°7'12\"E, 30°36'36\"N", "经度:104.12、纬度:30.61",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["point", EAST, NORTH])
def test_a_point_in_one_cell(filled, typed, field):
    blank = {("places", name, 1): None for name in (EAST, NORTH)}
    week, problems = told(filled(blank | {("places", field, 1): typed}))
    assert problems == []
    assert week.places[0].point == Point(longitude=104.12, latitude=30.61)


def test_longitude_and_latitude_in_each_others_columns_are_swapped_with_a_notice(filled):
    week, problems = told(filled({("places", EAST, 1): 30.61, ("places", NORTH, 1): 104.12}))
    assert week.places[0].point == Point(longitude=104.12, latitude=30.61)
    assert [(one.code, one.severity, one.pointer) for one in problems] == [
        ("point_swapped", "warning", at("places", EAST, 1))
    ]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"point": "10, 20", EAST: None, NORTH: None}, "cell_point_unclear", "point"),
        ({"point": "小广场", EAST: None, NORTH: None}, "cell_not_point", "point"),
        ({NORTH: None}, "point_half", EAST),
        ({"point": "104.12, 30.62"}, "point_twice", EAST),
        ({EAST: "很东"}, "cell_not_number", EAST),
    ],
)
def test_a_point_that_is_not_clear_is_one_fault(filled, changes, code, field):
    _, problems = told(filled({("places", name, 1): value for name, value in changes.items()}))
    assert [(one.code, one.pointer) for one in problems] == [(code, at("places", field, 1))]


def test_coordinates_of_another_map_are_converted_and_said(filled):
    path = filled({})
    book = openpyxl.load_workbook(path)
    items = {row[0].value: row[1] for row in book[TITLES["settings"]].iter_rows()}
    items["坐标系"].value = "高德"
    book.save(path)
    week, problems = told(path)
    assert [(one.code, one.severity) for one in problems] == [("points_converted", "warning")]
    point = week.places[0].point
    # Around Chengdu GCJ-02 lies some 200 to 700 m off; both places are moved alike.
    assert 0.001 < 104.1 - point.longitude < 0.007
    east, north = from_wgs84(point.longitude, point.latitude)
    assert (round(east, 5), round(north, 5)) == (104.1, 30.6)


def test_the_conversion_gives_the_published_pairs():
    # Pairs that implementations of the formula publish among their tests.
    for wgs, gcj in (
        ((121.5272106, 31.1774276), (121.531541859, 31.175303984)),
        ((113.912316, 22.543847), (113.917176481, 22.540796132)),
    ):
        assert [round(value, 9) for value in from_wgs84(*wgs)] == list(gcj)
        assert to_wgs84(*gcj) == tuple(round(value, 6) for value in wgs)


def ways(book, *lines):
    sheet = book[TITLES["travel"]]
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value


def test_the_sheet_of_ways_is_read_by_id_or_name_and_written_back(filled, tmp_path):
    path = filled({("places", "id", 3): "亭子", ("places", "name", 3): "荷花亭"})
    book = openpyxl.load_workbook(path)
    ways(
        book,
        ["社区路程表"],
        ["从\\到", "小广场", "办公室", "荷花亭"],
        ["广场", 0, "10分钟", None],
        ["办公室", "半小时", None, "不通"],
        ["合计", None, None, None],
    )
    book.save(path)
    week, problems = told(path)
    assert [one.code for one in problems] == ["ways_by_default"]
    kind = week.settings.travel
    assert isinstance(kind, StraightLine)
    assert kind.known_minutes == {"广场": {"办公室": 10}, "办公室": {"广场": 30, "亭子": None}}
    minutes = travel(week)
    assert minutes.between("walk", "广场", "办公室") == 10
    assert minutes.between("walk", "办公室", "广场") == 30
    assert (
        minutes.between("walk", "广场", "亭子") == 15
    )  # by default: the pavilion has no coordinates
    assert not minutes.has_way("walk", "亭子", "办公室")
    for lang in ("zh", "en"):
        workbook.write_instance(tmp_path / "again.xlsx", week, lang)
        assert workbook.read_instance(tmp_path / "again.xlsx") == week


def test_what_is_wrong_on_the_sheet_of_ways_is_told_at_its_cell(filled):
    path = filled({})
    book = openpyxl.load_workbook(path)
    ways(book, ["", "广场", "办公厅"], ["广厂", 5, 5], ["办公室", "很远", 5])
    book.save(path)
    _, problems = told(path)
    assert [(one.code, one.pointer) for one in problems] == [
        ("unknown_place", "路程表!C1"),
        ("unknown_place", "路程表!A2"),
        ("cell_not_duration", "路程表!B3"),
    ]
    assert problems[0].slots["suggestion"] == "办公室"
