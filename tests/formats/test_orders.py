"""Lists of a city platform: how they are read, and what is told of them."""

from io import BytesIO
from typing import Any

import pandas as pd
import pytest

from scheduler.formats.json_file import read_instance
from scheduler.formats.orders import Order, read_map, read_orders, read_table
from scheduler.model import InputError, Instance, Problem
from tests.docs.pages import ROOT, blocks
from tests.formats.week import bytes_of, week

DAY = 1440
WEEK: Instance = read_instance(bytes_of(week()))
"""Monday 23 to Sunday 29 November 2026; places 小广场 and 社区工作站, visits visit-1 and -2, shift-1."""
HEAD = "工单编号,标题,类型,地址,紧急程度,时限,时间,状态"
MAP = """
new_places = true
hours = "周一至周五 9:00-17:00"
closed = ["已办结"]
[columns]
id = "工单编号"
name = "标题"
kind = "类型"
place = "地址"
priority = "紧急程度"
due = "时限"
when = "时间"
state = "状态"
[priorities]
"特急" = 5
[kinds."报修"]
kind = "repair"
minutes = 45
"""
ROW = "0017,漏水,报修,小广场,特急,2026-11-25 18:00,11月24日上午,处理中"


def read(
    *rows: str, head: str = HEAD, encoding: str = "utf-8", by: str = MAP
) -> tuple[list[Order], list[Problem]]:
    order_map = read_map(by.encode())
    text = "\n".join([head, *rows])
    return read_orders(WEEK, read_table(text.encode(encoding), order_map, "list.csv"), order_map)


def faults(*rows: str, **how: Any) -> list[tuple[str, str]]:
    """(code, place) of every fault."""
    with pytest.raises(InputError) as refused:
        read(*rows, **how)
    return [(problem.code, problem.pointer) for problem in refused.value.problems]


def changed(**cells: str) -> str:
    """The row with other cells; named as in the head."""
    names = HEAD.split(",")
    return ",".join({**dict(zip(names, ROW.split(","), strict=True)), **cells}[n] for n in names)


def test_a_row_is_an_order_with_what_the_list_and_the_map_say() -> None:
    [order], warnings = read(ROW)
    assert warnings == []
    assert (order.id, order.row, order.name, order.kind) == ("0017", 2, "漏水", "repair")
    assert (order.place, order.new_place, order.priority) == ("plaza", None, 5)
    assert order.due == 2 * DAY + 18 * 60
    [window] = order.windows or ()
    assert DAY <= window.start < window.end <= DAY + 12 * 60


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_list_is_read_in_any_encoding_and_with_any_delimiter(
    encoding: str, delimiter: str
) -> None:
    text = "\n".join([HEAD, ROW]).replace(",", delimiter)
    order_map = read_map(MAP.encode())
    table = read_table(text.encode(encoding), order_map, "list.csv")
    assert table.encoding == {"gbk": "gb18030"}.get(encoding, encoding)
    assert table.delimiter == delimiter
    assert [order.name for order in read_orders(WEEK, table, order_map)[0]] == ["漏水"]


def workbook(rows: list[list[Any]]) -> bytes:
    stream = BytesIO()
    pd.DataFrame(rows).to_excel(stream, header=False, index=False)
    return stream.getvalue()


def test_a_workbook_is_read_with_its_dates_and_numbers() -> None:
    cells: list[Any] = ROW.split(",")
    cells[0], cells[5], cells[6] = (
        17.0,
        pd.Timestamp("2026-11-25 18:00"),
        pd.Timestamp("2026-11-24"),
    )
    data = workbook([["导出清单"] + [None] * 7, HEAD.split(","), cells])
    order_map = read_map(MAP.encode())
    table = read_table(data, order_map, "list.xlsx")
    [order], _ = read_orders(WEEK, table, order_map)
    assert (table.encoding, order.id, order.row) == (None, "17", 3)
    assert order.due == 2 * DAY + 18 * 60
    # a day: the map's hours of it
    assert [(span.start, span.end) for span in order.windows or ()] == [(DAY + 540, DAY + 1020)]


def test_a_title_blank_rows_and_columns_that_nobody_maps_are_left_out() -> None:
    wide = f"{HEAD},电话"
    orders, _ = read(",,,,,,,,", f"{ROW},138", "", head=f"某平台导出\n{wide}")
    assert [(order.id, order.row) for order in orders] == [("0017", 4)]
    assert "138" not in str(orders)


def test_of_two_columns_of_one_name_the_first_counts() -> None:
    [order], _ = read(f"{ROW},另一个", head=f"{HEAD},标题")
    assert order.name == "漏水"


def test_the_same_row_twice_is_one_order_and_others_of_its_number_are_a_fault() -> None:
    orders, _ = read(ROW, ROW)
    assert [order.row for order in orders] == [2]
    assert faults(ROW, changed(标题="另一件")) == [("orders_twice", "A3 工单编号")]


def test_every_fault_is_told_at_once_with_its_cell_and_column() -> None:
    told = faults(
        changed(工单编号=""),
        changed(工单编号="1.2E+17"),
        changed(工单编号="shift-1"),
        changed(工单编号="1", 类型="其他"),
        changed(工单编号="2", 地址=""),
        changed(工单编号="3", 紧急程度="很急"),
        changed(工单编号="4", 时限="2026-02-30"),
        changed(工单编号="5", 时限="2026-11-25 25:00"),
        changed(工单编号="5b", 时限="2026-11-25 9:60"),
        changed(工单编号="6", 时间="改天"),
        changed(工单编号="7", 时间="2026-11-31"),
    )
    assert told == [
        ("orders_no_id", "A2 工单编号"),
        ("orders_spoilt_id", "A3 工单编号"),
        ("orders_of_a_shift", "A4 工单编号"),
        ("orders_kind", "C5 类型"),
        ("orders_no_place", "D6 地址"),
        ("orders_priority", "E7 紧急程度"),
        ("orders_no_date", "F8 时限"),
        ("orders_no_date", "F9 时限"),
        ("orders_no_date", "F10 时限"),
        ("unclear_span", "G11 时间"),
        ("orders_no_date", "G12 时间"),
    ]


def test_an_unknown_place_is_new_or_a_fault_as_the_map_says() -> None:
    [order], _ = read(changed(地址="佳宏路9号院"))
    assert (order.place, order.new_place) == (None, "佳宏路9号院")
    refusing = MAP.replace("new_places = true", "new_places = false")
    assert faults(changed(地址="佳宏路9号院"), by=refusing) == [("none_of_place", "D2 地址")]


def test_of_a_closed_order_nothing_else_is_read() -> None:
    [order], _ = read(changed(状态="已办结", 地址="", 类型="没有", 时限="?"))
    assert order.closed


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-11-25", 3 * DAY),  # a day's end
        ("2026/11/25", 3 * DAY),
        ("2026年11月25日 9:05", 2 * DAY + 545),
        ("2026-11-25T09:05:00", 2 * DAY + 545),
        ("2026-11-25 24:00", 3 * DAY),
        ("周三", 3 * DAY),
        ("周三 9:00", 2 * DAY + 540),
        ("2026-12-25", 33 * DAY),
        ("2026-11-02 9:00", 0),  # long past: late from the week's begin
        ("", None),
    ],
)
def test_a_due_date_without_a_time_is_the_days_end(text: str, due: int | None) -> None:
    [order], _ = read(changed(时限=text))
    assert order.due == due


def test_a_time_wanted_is_a_span_half_an_hour_or_the_maps_hours_of_a_day() -> None:
    def windows(text: str) -> list[tuple[int, int]]:
        [order], _ = read(changed(时间=text))
        return [(span.start, span.end) for span in order.windows or ()]

    assert windows("") == []
    assert windows("2026-11-23 10:00") == [(600, 630)]
    assert windows("2026-11-24") == [(DAY + 540, DAY + 1020)]
    # a Saturday has no hours in the map: the whole day
    assert windows("2026-11-28") == [(5 * DAY, 6 * DAY)]
    assert windows("周一 10:00-12:00") == [(600, 720)]
    [order], _ = read(
        changed(时间="2026-11-24"), by=MAP.replace("周一至周五 9:00-17:00", "0:00-8:00")
    )
    assert [(span.start, span.end) for span in order.windows or ()] == [(DAY, DAY + 480)]


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-30", "2026-11-30 9:00"])
def test_a_time_wanted_in_another_week_leaves_the_row_out_and_is_told(day: str) -> None:
    orders, [told] = read(changed(时间=day), changed(工单编号="2"))
    assert [order.id for order in orders] == ["2"]
    assert (told.code, told.pointer, told.severity) == ("orders_outside", "G2 时间", "warning")


def test_minutes_come_from_the_list_or_the_map() -> None:
    head, by_list = f"{HEAD},用时", MAP.replace('name = "标题"', 'name = "标题"\nminutes = "用时"')
    assert [
        read(f"{ROW},{text}", head=head, by=by_list)[0][0].duration for text in ("50", "50分钟", "")
    ] == [50, 50, None]
    assert faults(f"{ROW},半天", head=head, by=by_list) == [("orders_minutes", "I2 用时")]
    assert faults(f"{ROW},0", head=head, by=by_list) == [("orders_minutes", "I2 用时")]
    without = MAP.replace("minutes = 45", "")
    assert faults(ROW, by=without) == [("orders_no_minutes", "A2 工单编号")]
    # a visit that the week has already has its length
    assert read(changed(工单编号="visit-1"), by=without)[0][0].duration is None


def test_households_are_named_by_id_or_name() -> None:
    by_home = MAP.replace('place = "地址"', 'household = "地址"')
    assert read(changed(地址="住户01"), by=by_home)[0][0].household == "home-1"
    assert faults(changed(地址="住户99"), by=by_home) == [("orders_household", "D2 地址")]
    assert faults(changed(地址=""), by=by_home) == [("orders_no_place", "A2 工单编号")]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\x81", "list.csv", "orders_not_text"),
        (b"", "list.csv", "orders_no_head"),
        (b"a,b\n1,2", "list.csv", "orders_no_head"),
        ("工单编号,标题\n1,2".encode(), "list.csv", "orders_no_column"),
        (b"", "list.xls", "orders_ending"),
        (b"hello", "list.xlsx", "workbook_is_text"),
    ],
)
def test_what_is_no_list_of_the_map_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_table(data, read_map(MAP.encode()), name)
    assert refused.value.problems[0].code == code
    assert refused.value.source == name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("= 1", [("orders_not_toml", "")]),
        ("colums = 1", [("missing_field", "/columns"), ("unknown_field", "/colums")]),
        ('[columns]\nname = "x"\nplace = "y"\n[kinds.other]', [("orders_column_needed", "/columns/id")]),
        ('[columns]\nid = "x"\n[kinds.other]', [("orders_column_needed", "/columns/place")]),
        ('[columns]\nid = "x"\nplace = "y"', [("orders_kind_needed", "/kinds/other")]),
        ('closed = ["z"]\n[columns]\nid = "x"\nplace = "y"\n[kinds.other]', [("orders_column_needed", "/columns/state")]),
        ('[columns]\nid = "x"\nplace = "y"\n[kinds.other]\n[results]\nwho = "y"', [("orders_column_twice", "/results/who")]),
        ('[columns]\nid = "x"\nplace = "y"\n[kinds.other]\nminutes = 0', [("negative_duration", "/kinds/other/minutes")]),
    ],
)  # fmt: skip
def test_a_map_is_refused_with_every_fault(text: str, told: list[tuple[str, str]]) -> None:
    with pytest.raises(InputError) as refused:
        read_map(text.encode(), "map.toml")
    assert sorted((fault.code, fault.pointer) for fault in refused.value.problems) == sorted(told)


def test_chinese_keys_of_a_map_need_no_quotes() -> None:
    bare = MAP.replace('"特急"', "特急").replace('"报修"', "报修")
    bare += "skills = { 电工 = 1 }\n"
    assert bare.count('"特急"') == 0
    read = read_map(bare.encode())
    assert read.priorities == {"特急": 5}
    assert read.kinds["报修"].skills == {"电工": 1}


def test_the_sample_of_the_page_can_be_read() -> None:
    [sample], [listed] = (blocks(ROOT / "docs" / "orders.md", kind) for kind in ("toml", "csv"))
    order_map = read_map(sample.text.encode())
    table = read_table(listed.text.encode("gb18030"), order_map, "list.csv")
    orders, warnings = read_orders(WEEK, table, order_map)
    assert warnings == []
    assert [order.id for order in orders if not order.closed] == ["0012024", "0012025", "0012026"]
    assert orders[1].means.skills == {"negotiation": 1}
