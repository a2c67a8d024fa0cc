"""A platform's orders in a week: added once, brought up to date, cancelled; and answered in their own columns."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from scheduler.exports.orders import results, write_results
from scheduler.formats.orders import read_map, read_orders, read_table
from scheduler.model import Gap, Instance, Pin
from scheduler.weeks.orders import ImportedWeek, with_orders
from tests.formats.test_orders import HEAD, MAP, ROW, WEEK, changed
from tests.rules.build import roster

ORDER_MAP = read_map(
    (
        MAP
        + 'crew = 2\nskills = { wiring = 1 }\n[results]\nwho = "谁"\nstart = "何时"\nstate = "状态"\n'
    ).encode()
)


def taken(week: Instance, *rows: str) -> ImportedWeek:
    table = read_table("\n".join([HEAD, *rows]).encode(), ORDER_MAP, "list.csv")
    return with_orders(week, read_orders(week, table, ORDER_MAP)[0], ORDER_MAP)


def test_a_new_number_is_a_visit() -> None:
    done = taken(WEEK, ROW, changed(工单编号="0018", 时间="", 地址="9号院"))
    assert (done.added, done.places) == (("0017", "0018"), ("9号院",))
    first, second = done.instance.visits[-2:]
    assert (first.id, first.kind, first.duration, first.priority) == ("0017", "repair", 45, 5)
    assert first.places == ("plaza",)
    assert [slot.skills for slot in first.slots] == [{"wiring": 1}, {}]
    # no time wanted: the map's hours, Monday to Friday
    assert len(second.windows) == 5
    assert done.instance.place_by_id[second.places[0]].name == "9号院"


def test_two_orders_of_one_new_address_share_a_place_also_when_imported_later() -> None:
    rows = [changed(工单编号=number, 地址="9号院") for number in ("1", "2", "3")]
    once = taken(WEEK, *rows[:2])
    again = taken(once.instance, *rows)
    assert (again.places, again.added, again.unchanged) == ((), ("3",), ("1", "2"))
    assert len({visit.places for visit in again.instance.visits[-3:]}) == 1


def test_the_same_list_again_changes_nothing() -> None:
    once = taken(WEEK, ROW).instance
    again = taken(once, ROW)
    assert (again.added, again.updated, again.unchanged) == ((), (), ("0017",))
    assert again.instance == once


def test_of_a_known_order_only_what_the_list_says_is_changed() -> None:
    once = taken(WEEK, ROW).instance
    mine = once.visits[-1].model_copy(update={"duration": 90, "slots": once.visits[-1].slots[:1]})
    edited = once.changed(visits=(*once.visits[:-1], mine))
    done = taken(edited, changed(紧急程度="2", 时间=""))
    assert (done.updated, len(done.instance.visits)) == (("0017",), len(once.visits))
    visit = done.instance.visits[-1]
    assert (visit.priority, visit.duration, len(visit.slots)) == (2, 90, 1)
    assert visit.windows == mine.windows


def test_a_closed_order_is_cancelled_with_its_pins_and_gaps() -> None:
    once = taken(WEEK, ROW).instance
    tied = once.changed(
        pins=(Pin(task="0017", slot=0, person="worker-1"),),
        gaps=(Gap(first="visit-1", second="0017", least_days=1),),
    )
    done = taken(tied, changed(状态="已办结"), changed(工单编号="99", 状态="已办结"))
    assert done.cancelled == ("0017",)
    assert done.instance == WEEK


def answered(*rows: str, encoding: str = "utf-8") -> pd.DataFrame:
    week = taken(WEEK, *rows).instance
    table = read_table("\n".join([HEAD + ",电话", *rows]).encode(encoding), ORDER_MAP, "list.csv")
    made = roster(
        week,
        ("0017", 0, "worker-1", "plaza", 1440 + 600),
        ("0017", 1, "worker-2", "plaza", 1440 + 600),
        ("short", 0, "worker-1", "plaza", 1440 + 660),
    )
    return results(week, made, table, ORDER_MAP)


def test_a_spaced_crew_goes_from_the_first_start_to_the_last_end() -> None:
    week = taken(WEEK, ROW).instance
    table = read_table("\n".join([HEAD, ROW]).encode(), SPACED, "list.csv")
    made = roster(
        week,
        ("0017", 0, "worker-1", "plaza", 1440 + 600),
        ("0017", 1, "worker-2", "plaza", 1440 + 630),
    )
    told = results(week, made, table, SPACED).iloc[0]
    assert (told["起"], told["止"], told["点"]) == (
        "2026-11-24 10:00",
        "2026-11-24 11:15",
        "小广场",
    )


SPACED = read_map((MAP + '[results]\nstart = "起"\nend = "止"\nplace = "点"\n').encode())
ROWS = (
    ROW,
    changed(工单编号="short"),
    changed(工单编号="open"),
    changed(工单编号="done", 状态="已办结"),
)


def test_results_have_the_lists_rows_and_only_columns_of_the_map() -> None:
    told = answered(*ROWS)
    assert list(told.columns) == [*HEAD.split(","), "谁", "何时"]
    assert list(told["工单编号"]) == ["0017", "short", "open", "done"]
    assert list(told["状态"]) == ["已安排", "部分安排", "未安排", "已办结"]
    assert list(told["谁"]) == ["专职网格员01、心理咨询员01", "专职网格员01", "", ""]
    assert list(told["何时"]) == ["2026-11-24 10:00", "2026-11-24 11:00", "", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_results_are_written_in_the_lists_encoding(tmp_path: Path, encoding: str) -> None:
    table = read_table("\n".join([HEAD, ROW]).encode(encoding), ORDER_MAP, "list.csv")
    write_results(tmp_path / "out.csv", answered(*ROWS), table)
    data = (tmp_path / "out.csv").read_bytes()
    lines = data.decode(encoding).split("\r\n")
    assert lines[0] == f"{HEAD},谁,何时"
    assert lines[1].startswith("0017,漏水,")
    assert data.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_results_is_a_formula(tmp_path: Path, sign: str) -> None:
    row = changed(标题=f"{sign}1+1")
    told = answered(row, *ROWS[1:])
    table = read_table("\n".join([HEAD, row]).encode(), ORDER_MAP, "list.csv")
    write_results(tmp_path / "out.csv", told, table)
    assert f"0017,'{sign}1+1," in (tmp_path / "out.csv").read_text(encoding="utf-8")
    write_results(tmp_path / "out.xlsx", told, table)
    cell = openpyxl.load_workbook(BytesIO((tmp_path / "out.xlsx").read_bytes())).active["B2"]
    assert (cell.value, cell.data_type) == (f"{sign}1+1", "s")
