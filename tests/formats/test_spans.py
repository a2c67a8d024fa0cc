"""Days and times as people write them mean what they say, or are refused with both meanings."""

from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.numerals import minutes, number
from scheduler.formats.workbook.cells.span_texts import write_moment, write_spans
from scheduler.formats.workbook.cells.spans import (
    DAY,
    read_days,
    read_moment,
    read_spans,
    read_start,
)
from scheduler.model import Calendar

MONDAY = CellContext(date(2026, 11, 23), 7)
NATIONAL_DAY = CellContext(date(2026, 10, 5), 7, calendar=Calendar(country="cn"))
"""The holidays last until Wednesday the 7th; Saturday the 10th makes up for one of them."""


def read(text: str, context: CellContext = MONDAY) -> str:
    """The spans of a text, as the workbook writes them."""
    return write_spans(read_spans(text, context), context)


def refused(text: str, context: CellContext = MONDAY) -> tuple[str, str, str]:
    with pytest.raises(CellError) as error:
        read_spans(text, context)
    slots = error.value.slots
    return error.value.code, slots.get("first", ""), slots.get("second", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("周末 9:00-12:00", "11-28 09:00-12:00; 11-29 09:00-12:00"),
        ("工作日 9:00-12:00", "周一至周五 09:00-12:00"),
        ("周一至周五上午9:00-12:00", "周一至周五 09:00-12:00"),
        ("周一至周五 上午、下午", "周一至周五 08:30-12:00, 13:30-17:30"),
        ("周一三五 下午2点-5点", "周一、周三、周五 14:00-17:00"),
        ("周1至周5 9点~11点半", "周一至周五 09:00-11:30"),
        ("星期一到星期五早上8点到下午5点", "周一至周五 08:00-17:00"),
        ("每周一、三 9-11点", "11-23 09:00-11:00; 11-25 09:00-11:00"),
        ("周一上午9-11", "11-23 09:00-11:00"),
        ("每晚7点到9点", "每天 19:00-21:00"),
        ("每天 22:00-6:00", "每天 22:00-次日06:00"),
        ("周五 晚上10点到凌晨2点", "11-27 22:00-次日02:00"),
        ("周五 晚上10点-2点", "11-27 22:00-次日02:00"),
        ("周五 16:00-12:00", "11-27 16:00-次日12:00"),
        ("周五 22:00-(次日)6:00", "11-27 22:00-次日06:00"),
        ("周五 中午12点-1点半", "11-27 12:00-13:30"),
        ("周五 9am-5pm", "11-27 09:00-17:00"),
        ("周五 八点半至十一点", "11-27 08:30-11:00"),
        ("周五 8:30-12", "11-27 08:30-12:00"),
        ("周五 18:00以后", "11-27 18:00-24:00"),
        ("周五 10点前", "11-27 00:00-10:00"),
        ("周五全天", "11-27 00:00-24:00"),
        ("26号", "11-26 00:00-24:00"),
        ("25、26号上午9:00-10:00", "11-25 09:00-10:00; 11-26 09:00-10:00"),
        ("24-25号", "11-24 00:00-24:00; 11-25 00:00-24:00"),
        ("11月25日至26日", "11-25 00:00-24:00; 11-26 00:00-24:00"),
        ("11月25-26日", "11-25 00:00-24:00; 11-26 00:00-24:00"),
        ("11月25、26日 9:00-10:00", "11-25 09:00-10:00; 11-26 09:00-10:00"),
        ("11/24", "11-24 00:00-24:00"),
        ("11.24", "11-24 00:00-24:00"),
        ("20261124", "11-24 00:00-24:00"),
        ("11-24（周二）9：00－11：00", "11-24 09:00-11:00"),
        ("周二 11-24", "11-24 00:00-24:00"),
        ("周五\n9:00-10:00\n13:00-14:00", "11-27 09:00-10:00; 11-27 13:00-14:00"),
        ("周五 9:00-10:00；13:00-14:00", "11-27 09:00-10:00; 11-27 13:00-14:00"),
        ("周五 8:30-12:00，14:00-17:30；周六 9:00-10:00",
         "11-27 08:30-12:00; 11-27 14:00-17:30; 11-28 09:00-10:00"),
        ("周一至周五（除周三） 9:00-12:00", "周一、周二、周四、周五 09:00-12:00"),
        ("周一至周五，周三除外 9:00-12:00", "周一、周二、周四、周五 09:00-12:00"),
        ("周一至周三，周二、周三除外 9:00-12:00", "11-23 09:00-12:00"),
        ("除周一至周四、周末外 9:00-12:00", "11-27 09:00-12:00"),
        ("周一至周三 9:00-12:00（除周二）", "11-23 09:00-12:00; 11-25 09:00-12:00"),
        ("周五（节假日除外）9:00-12:00", "11-27 09:00-12:00"),
        ("周一或周三 9:00-10:00", "11-23 09:00-10:00; 11-25 09:00-10:00"),
        ("周五 9:00-10:00/13:00-14:00", "11-27 09:00-10:00; 11-27 13:00-14:00"),
        ("周五 9.30-12.00", "11-27 09:30-12:00"),
        ("周五 13.30-17.00", "11-27 13:30-17:00"),
        ("周五 0900-1130", "11-27 09:00-11:30"),
        ("11.24-11.25", "11-24 00:00-24:00; 11-25 00:00-24:00"),
        ("週五 9點半-11點", "11-27 09:30-11:00"),
        ("禮拜五 下午2時-3時30分", "11-27 14:00-15:30"),
        ("周五 24小时", "11-27 00:00-24:00"),
        ("周五 9:00-10:00 截止 周五 9:30", "11-27 09:00-10:00 截止 2026-11-27 09:30"),
    ],
)  # fmt: skip
def test_what_is_written_is_what_is_meant(typed, meant):
    days = [
        f"2026-{part.strip()}" if part.strip()[0].isdigit() else part for part in meant.split(";")
    ]
    dated = [(span[0], span[1]) for part in days for span in read_spans(part, MONDAY)]
    assert sorted(span[:2] for span in read_spans(typed, MONDAY)) == sorted(dated)


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("周五 9:00-5:00", "17:00", "次日5:00"),
        ("周五 12:30-1:30", "13:30", "次日1:30"),
        ("周五 9:00-9:00", "21:00", "次日9:00"),
        ("周五 上午9:00-5:00", "17:00", "次日5:00"),
        ("周五 8:30-12:00，2:00-5:30", "14:00-17:30", "02:00-05:30"),
        ("周五 晚上2点-4点", "02:00", "次日2:00"),
        ("周一 9-11", "09-11", "9:00-11:00"),
        ("周一至周五 9-11", "09-11", "9:00-11:00"),
        ("每天 9-11", "09-11", "9:00-11:00"),
        ("11-25（周二）9:00-11:00", "11-25", "周二"),
    ],
)
def test_what_may_mean_two_things_is_refused_with_both(typed, first, second):
    assert refused(typed) == ("two_meanings", first, second)


def test_the_eleventh_to_the_24th_or_the_24th_of_november_is_told_by_the_week():
    long = CellContext(date(2026, 11, 10), 20)
    assert read("11-24日") == "2026-11-24 00:00-24:00"
    assert refused("11-24日", long) == ("two_meanings", "11-24", "11至24")
    october = CellContext(date(2026, 10, 10), 20)
    assert len(read_spans("11-24日", october)) == 14
    assert read("25-27日") == "周三至周五 00:00-24:00"  # there is no 25th month


@given(
    spans=st.lists(
        st.tuples(
            st.integers(-DAY, 9 * DAY), st.integers(1, 3 * DAY), st.none() | st.integers(0, 8 * DAY)
        ),
        min_size=1,
        max_size=4,
    ),
    days=st.sampled_from([1, 5, 7, 14]),
    lang=st.sampled_from(["zh", "en"]),
    whole=st.booleans(),
)
def test_what_is_spoken_reads_back_as_the_same(spans, days, lang, whole):
    context = CellContext(date(2026, 11, 25), days, lang, spoken=True)
    meant = [
        (first // DAY * DAY, first // DAY * DAY + DAY, None)
        if whole
        else (first, first + length, due)
        for first, length, due in spans
    ]
    assert read_spans(write_spans(meant, context), context) == meant
    moment = spans[0][0]
    assert read_moment(write_moment(moment, context), context) == moment


def test_a_day_is_spoken_of_by_its_weekday_where_there_is_one_such_day():
    week, fortnight = (CellContext(date(2026, 11, 23), days, spoken=True) for days in (7, 14))
    tuesday = [(DAY, 2 * DAY, None)]
    assert write_spans(tuesday, week) == "周二 全天"
    assert write_spans(tuesday, fortnight) == "2026-11-24 全天"
    assert write_spans([(7 * DAY, 8 * DAY, None)], week) == "2026-11-30 全天"
    assert write_moment(DAY + 540, week) == "周二 09:00"
    assert (
        write_spans([(DAY + 540, DAY + 600, DAY + 570)], week) == "周二 09:00-10:00 截止 周二 09:30"
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("周五 14:00-13:00", "ends_before_start"),
        ("周五 15:59-12:00", "ends_before_start"),
        ("周五 16:00-12:01", "ends_before_start"),
        ("周五 13:00-13:00", "ends_before_start"),
        ("周五 上午14:00-15:00", "no_such_time"),
        ("11月31日", "no_such_day"),
        ("周五 9:60-10:00", "no_such_time"),
        ("下周五", ""),
        ("周一、周三除外", ""),
        ("除外", ""),
        ("周五 除 9:00-10:00", ""),
        ("11/24/26", ""),
        ("周五 9点", "without_end"),
        ("随时", ""),
    ],
)
def test_what_means_nothing_is_refused(typed, code):
    assert refused(typed)[0] == code


def test_workdays_and_weekends_follow_the_published_holidays():
    assert read("工作日", NATIONAL_DAY) == "周四至周六 00:00-24:00"
    assert NATIONAL_DAY.notes[0][0] == "by_the_calendar"
    assert read("周末", NATIONAL_DAY) == "2026-10-11 00:00-24:00"
    assert len(read_spans("休息日", NATIONAL_DAY)) == 4  # Monday to Wednesday, and Sunday
    assert len(read_spans("节假日", NATIONAL_DAY)) == 3
    plain = CellContext(date(2026, 10, 5), 7)
    assert read("工作日", plain) == "周一至周五 00:00-24:00"
    assert plain.notes == []


def test_a_part_of_the_day_says_which_hours_it_was_given():
    context = CellContext(date(2026, 11, 23), 7)
    assert read_spans("周一上午", context) == [(510, 720, None)]
    assert context.notes == [("part_of_day", {"part": "上午", "first": "8:30", "last": "12:00"})]
    assert read_spans("周一晚上", context) == [(1080, 1260, None)]
    assert read_spans("周一上午至下午", context) == [(510, 1050, None)]


def test_an_hour_past_midnight_says_how_it_was_read():
    context = CellContext(date(2026, 11, 23), 7)
    assert read_spans("周一 18:00-24:00", context) == [(1080, 1440, None)]
    assert context.notes == []
    assert read_spans("周一 18:00-25:00", context) == [(1080, 1500, None)]
    assert context.notes == [("past_midnight", {"part": "25:00", "last": "1:00"})]
    with pytest.raises(CellError) as raised:
        read_spans("周一 18:00-48:00", context)
    assert raised.value.code == "no_such_time"


def test_a_day_of_the_month_is_the_one_in_the_horizon_or_the_nearest():
    turn = CellContext(date(2026, 11, 30), 7)
    assert read_days("2号", turn) == [date(2026, 12, 2)]
    assert read_days("26号", turn) == [date(2026, 11, 26)]
    assert read_days("30、1号", turn) == [date(2026, 11, 30), date(2026, 12, 1)]
    months = CellContext(date(2026, 11, 23), 40)
    assert refused("26号", months) == ("two_meanings", "11-26", "12-26")


def test_a_moment_is_on_one_day():
    assert read_moment("周二 下午2点半", MONDAY) == DAY + 14 * 60 + 30
    assert read_moment("11月24日 晚上12点", MONDAY) == 2 * DAY
    fortnight = CellContext(date(2026, 11, 23), 14)
    with pytest.raises(CellError) as error:
        read_moment("周二 9:00", fortnight)
    assert error.value.slots | {"part": ""} == {"part": "", "first": "11-24", "second": "12-01"}
    with pytest.raises(CellError) as error:
        read_moment("9:00", MONDAY)
    assert error.value.code == "needs_day"


def test_a_start_may_say_its_end():
    assert read_start("11-24 18:30", MONDAY) == (DAY + 1110, None)
    assert read_start("11-24 18:30-20:30", MONDAY) == (DAY + 1110, DAY + 1230)
    assert read_start("11-24 22:00-6:00", MONDAY) == (DAY + 1320, 2 * DAY + 360)
    assert read_start("11-24 22:00-11-26 06:00", MONDAY) == (DAY + 1320, 3 * DAY + 360)


def test_numbers_and_durations_in_words():
    assert [int(number(text)) for text in ("十", "十二", "二十", "四十五", "一百二十", "两")] == [
        10, 12, 20, 45, 120, 2
    ]  # fmt: skip
    assert (number("1,200"), number("130%"), number("-3")) == (1200, number("1.3"), -3)
    assert [int(minutes(text)) for text in ("两个半小时", "2小时半", "1小时一刻", "90", "1h30")] == [
        150, 150, 75, 90, 90
    ]  # fmt: skip
    for nonsense in ("1,2", "12,00", "一二", "", "百度", "半天", "1小时半30分"):
        with pytest.raises(CellError):
            minutes(nonsense)
