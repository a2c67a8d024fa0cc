"""Slips of any kind in any cell: read as the very same week, or told at their cells in words for people."""

import io
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.formats.workbook import inspect, template
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.messages import LANGS
from scheduler.messages.problems import explain

WEEK = tomllib.loads(Path(template.__file__).with_name("example_week.toml").read_text("utf-8"))[
    "zh"
]
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
CELLS = [
    (sheet, row, field)
    for sheet, lines in WEEK.items()
    if sheet != "settings"
    for row, line in enumerate(lines)
    for field in line
]
SAME: dict[str, list[str]] = {
    "周一至周五 8:30-12:00, 13:30-17:30": [
        "周一至周五 08:30－12:00，13:30－17:30", "工作日8点半-12点、下午1点半-5点半", "周一到周五\n8:30-12:00\n13:30-17:30",
        "星期一至星期五上午8:30-12:00；下午1:30-5:30", "Mon-Fri 8:30am-12pm, 1:30pm-5:30pm", "周1至周5 8:30~12, 13:30~17:30",
    ],
    "周四": ["26号", "11月26日", "11/26", "11.26", "2026-11-26", "星期四", "礼拜四全天", "11-26（周四）", "20261126"],
    "每天 9:00-12:00": ["每日9点至12点", "周一至周日 9:00-12:00", "9:00-12:00", "每天上午9-12点", "工作日、周末 9:00-12:00"],
    "半小时": ["30", "30分钟", "0.5小时", "半个小时", "３０", " 30 分 "],
    "1小时": ["60", "一小时", "一个小时", "1h", "60分", "两刻钟+"],
    "1.5小时": ["90", "一个半小时", "1小时30分", "1小时半", "90分钟"],
    "40分钟": ["40", "四十分钟", "40 min"],
    "2人": ["2", "两人", "2.0", "２名", "二"],
    "周一 13:30-17:00": ["11-23 13:30-17:00", "周一下午1点半-5点", "23号 13:30至17:00", "2026-11-23 13：30～17：00"],
    "周二 晚上7点": ["11-24 19:00", "11月24日晚7点", "周二 7pm"],
    "专职网格员": ["专职", "社区专职网格员", " 专职网格员 ", "Grid Worker"],
    "咨询员": ["心理咨询师", "咨询师", "counsellor"],
    "楼栋长": ["楼长", "楼门长"],
    "党员志愿者": ["党员"],
    "是": ["√", "有", "Y", "yes", "对", "1"],
    "夜巡、文化课": ["夜巡/文化课", "夜巡 文化课", "夜巡,文化课", "夜巡；文化课", "夜巡\n文化课"],
    "专职网格员、楼栋长": ["专职网格员/楼栋长", "专职网格员 楼栋长", "专职网格员和楼长"],
    "1栋、5栋": ["1栋/5栋", "1栋 5栋", "1栋，5栋", "1栋和5栋", "１栋；５栋"],
    "消防检查:2; 急救": ["消防检查：2；急救", "急救、消防检查2级", "消防检查:2 急救", "急救 消防检查:2"],
    "电动车": ["电瓶车", "电动自行车"],
}  # fmt: skip
"""What the example week says → other ways of saying the same."""
SAME["1小时"].pop()
ORDERED = {"消防检查:2; 急救", "1栋、5栋", "夜巡、文化课", "专职网格员、楼栋长"}
"""Lists, whose order may differ."""


def book(changes: dict[tuple[str, int, str], object]) -> bytes:
    """The example week of 23 November 2026 with some cells changed."""
    written = openpyxl.Workbook()
    page = written.active
    page.title = BY_NAME["settings"].title("zh")
    for item, value in (("开始日期", date(2026, 11, 23)), ("天数", 7), ("公共假日", "中国")):
        page.append([item, value])
    for name, lines in WEEK.items():
        if name == "settings":
            continue
        sheet = BY_NAME[name]
        fields = list(dict.fromkeys(field for line in lines for field in line))
        page = written.create_sheet(sheet.title("zh"))
        columns = {column.field: sheet.header(column, "zh") for column in sheet.columns}
        page.append([columns[field] for field in fields])
        for row, line in enumerate(lines):
            page.append([changes.get((name, row, field), line.get(field)) for field in fields])
    packed = io.BytesIO()
    written.save(packed)
    return packed.getvalue()


ORIGINAL, _ = inspect(book({}))
assert ORIGINAL is not None


def sorted_lists(data: object) -> object:
    """Data in which the order of lists of text says nothing."""
    if isinstance(data, dict):
        return {key: sorted_lists(data[key]) for key in sorted(data)}
    if isinstance(data, list):
        parts = [sorted_lists(part) for part in data]
        return sorted(parts) if all(isinstance(part, str) for part in parts) else parts
    return data


def well_told(problems) -> None:
    """Every problem stands at a cell, in words without what only programmers know."""
    for problem in problems:
        sheet, _, cell = problem.pointer.rpartition("!")
        assert sheet, problem
        assert cell[0].isalpha(), problem
        for lang in LANGS:
            said = " ".join(explain(problem, lang))
            for leak in ("object at", "None", "/people/", "/visits/", "/shifts/", "Traceback"):
                assert leak not in said.replace("None of", ""), said
    faults = [one for one in problems if one.severity == "error"]
    assert len({(one.code, one.pointer, one.value) for one in faults}) == len(faults)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_other_words_for_the_same_are_the_same_week(data):
    places = [at for at in CELLS if WEEK[at[0]][at[1]][at[2]] in SAME]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=5, unique=True))
    changes = {at: data.draw(st.sampled_from(SAME[WEEK[at[0]][at[1]][at[2]]])) for at in chosen}
    week, problems = inspect(book(changes))
    assert week is not None, [(one.code, one.pointer, one.value) for one in problems]
    well_told(problems)
    lists = any(WEEK[at[0]][at[1]][at[2]] in ORDERED for at in chosen)
    if lists:
        assert sorted_lists(week.model_dump(mode="json")) == sorted_lists(
            ORIGINAL.model_dump(mode="json")
        )
    else:
        assert week == ORIGINAL


TYPED = st.one_of(
    st.text("周一二三五六日至到、,，;； /-:：0123456789点半号月日上下午晚小时人次前后无不详?？<>{}[]\"'\n+", max_size=14),
    st.sampled_from(
        ["#N/A", "#REF!", "待定", "见备注", "=1/0", "无", "/", "-", "——", "100%", "9:00-5:00",
         "周一 9-11", "网格员", "志愿者", "王五", "示例-某某", "11月31日", "25:70", "很久", "TRUE", "{0}", "{value}", "'周一"]
    ),
    st.integers(-5, 60_000),
    st.floats(-2, 2, allow_nan=False),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.times(),
)  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(st.dictionaries(st.sampled_from(CELLS), TYPED, min_size=1, max_size=4))
def test_whatever_is_typed_is_read_or_told_at_its_cell(changes):
    _, problems = inspect(book(changes))
    well_told(problems)
