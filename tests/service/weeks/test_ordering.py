"""What the form of the micro-list tells, and when an order's work may begin in a week."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.model import InputError, Instance
from service.pages.change_forms import order_of
from service.store.requests import RequestRow
from service.weeks.order_clock import OrderClock
from service.weeks.ordering import windows_in
from tests.service.weeks.conftest import DAYS, WEEK

MONDAY, TUESDAY = DAYS
SMALL = Instance.model_validate(WEEK)
FORM = {
    "name": " 修门 ",
    "visit_kind": "check",
    "place": "3栋",
    "day": MONDAY,
    "until": TUESDAY,
    "from": "930",
    "to": "11:00",
    "duration": "20",
    "priority": "4",
    "contact": " 王阿姨 ",
}


def test_a_filled_form_tells_the_same_hours_of_each_day():
    assert order_of(SMALL, FORM) == {
        "name": "修门",
        "kind": "check",
        "place": "home",
        "windows": [{"start": f"{day}T09:30", "end": f"{day}T11:00"} for day in DAYS],
        "duration": 20,
        "priority": 4,
        "private": False,
        "words": "王阿姨",
    }
    assert order_of(SMALL, {**FORM, "private": "yes"})["private"]
    whole = order_of(SMALL, {**FORM, "until": MONDAY, "from": "", "to": ""})
    assert whole["windows"] == [{"start": f"{MONDAY}T00:00", "end": f"{TUESDAY}T00:00"}]


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"name": " ", "place": "没有"}, ["/name", "/place"]),
        ({"to": "9:30"}, ["/to"]),
        ({"day": TUESDAY, "until": MONDAY}, ["/until"]),
        ({"duration": "0", "priority": "6"}, ["/duration", "/priority"]),
    ],
)
def test_each_field_has_its_fault(wrong, fields):
    with pytest.raises(InputError) as refused:
        order_of(SMALL, {**FORM, **wrong})
    assert [problem.pointer for problem in refused.value.problems] == fields


def within(*spans):
    found = windows_in(SMALL, [{"from": start, "to": end} for start, end in spans])
    return [(one["from"], one["to"]) for one in found]


def test_windows_end_with_the_week_and_an_earlier_weeks_come_at_its_weekdays():
    inside = (f"{MONDAY}T09:00", f"{MONDAY}T10:00")
    assert within(inside) == [inside]
    end = "2026-11-25T00:00"
    assert within(inside, (f"{TUESDAY}T22:00", "2026-11-25T08:00")) == [
        inside,
        (f"{TUESDAY}T22:00", end),
    ]
    # What begins where the week ends, or ends where it begins, is no time of it.
    assert within(inside, (end, "2026-11-25T08:00"), ("2026-11-22T09:00", f"{MONDAY}T00:00")) == [
        inside
    ]
    assert within(("2026-11-16T09:00", "2026-11-16T10:00")) == [inside]
    assert within(("2026-11-10T09:00", "2026-11-10T10:00")) == [
        (f"{TUESDAY}T09:00", f"{TUESDAY}T10:00")
    ]
    # The week has no such weekday: whenever it suits.
    assert within(("2026-11-20T09:00", "2026-11-20T10:00")) == [(f"{MONDAY}T00:00", end)]


TAKEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
PROMISED = {"accept": timedelta(days=1), "finish": timedelta(days=7)}


@pytest.mark.parametrize(
    ("stage", "days"),
    [
        ("ordered", 1),
        *((stage, 7) for stage in ("accepted", "planned", "missed", "dropped")),
        *((stage, None) for stage in ("done", "rated", "carried", "refused", "handled")),
    ],
)
@pytest.mark.parametrize("said", [{}, {"since": TAKEN.timestamp()}])
def test_an_order_is_late_once_what_was_promised_has_passed(stage, days, said):
    # Carried over from a week before, it was taken down long before its row was.
    created = (TAKEN + timedelta(days=5 if said else 0)).timestamp()
    row = RequestRow(said=said, created=created)

    def at(moment):
        return OrderClock(now=moment, **PROMISED)

    if days is None:
        assert at(TAKEN).due(stage, row) is None
        assert not at(TAKEN + timedelta(days=99)).is_late(stage, row)
        return
    due = TAKEN + timedelta(days=days)
    assert at(TAKEN).due(stage, row) == due
    assert not at(due).is_late(stage, row)
    assert at(due + timedelta(seconds=1)).is_late(stage, row)
