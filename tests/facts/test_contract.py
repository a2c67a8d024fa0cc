"""The share of a horizon: by contract, and by the presence that leave leaves."""

import pytest

from scheduler.facts.contract import contract, fair_share, share
from scheduler.model import Instance, Limits, PersonHistory, RuleSetting, Window
from tests.rules.build import at, instance, person, window

FORTY_HOURS = 2400


def office(*days: int, start: str = "08:00", end: str = "18:00") -> tuple[Window, ...]:
    return tuple(window(day, start, end) for day in days)


def whole(*days: int) -> tuple[Window, ...]:
    return tuple(Window(start=at(day), end=at(day + 1)) for day in days)


def week(
    hours: tuple[Window, ...],
    leave: tuple[Window, ...] = (),
    minutes: int | None = FORTY_HOURS,
    days: int = 7,
    **more,
) -> Instance:
    who = person("a", availability=hours, leave=leave, limits=Limits(contract_minutes=minutes))
    return instance(who, days=days, **more)


MON_FRI = range(5)
NIGHTS = tuple(Window(start=at(day, "22:00"), end=at(day + 1, "06:00")) for day in MON_FRI)


@pytest.mark.parametrize(
    ("hours", "leave", "asked"),
    [
        (office(*MON_FRI), (), 2400),
        (office(*MON_FRI), whole(0, 1, 2, 3), 480),  # Friday's fifth
        (office(*MON_FRI), whole(4), 1920),
        (office(*MON_FRI), whole(*MON_FRI), 0),
        # Ten hours less two leave the fifth of eight; less four they leave six.
        (office(*MON_FRI), office(0, start="16:00"), 2400),
        (office(*MON_FRI), office(0, start="14:00"), 2280),
        # There day and night: a weekend's leave takes nothing, a Monday's a fifth.
        (whole(*range(7)), whole(5, 6), 2400),
        (whole(*range(7)), whole(0, 5), 1920),
        (whole(*range(7)), whole(*MON_FRI), 0),
        # Three long days: each is a third of the contract.
        (office(0, 1, 2, start="06:00", end="22:00"), whole(2), 1600),
        # Weekends only, and one of the two days away.
        (office(5, 6), (), 2400),
        (office(5, 6), whole(6), 1200),
        # Three days, and one of them away.
        (office(2, 3, 4), (), 2400),
        (office(2, 3, 4), whole(4), 1600),
        # Five nights from 22:00 to 06:00, 120 minutes of Monday and 480 of each day to Friday: leave
        # on Tuesday takes 480 of 2040.
        (NIGHTS, (), 2400),
        (NIGHTS, whole(1), 2400 * (2040 - 480) // 2040),
        ((), (), 0),
        ((), whole(0), 0),
        # What lies outside the horizon counts neither as presence nor as leave.
        ((*office(*MON_FRI), *whole(8)), whole(-1, 8), 2400),
        ((Window(start=at(-3), end=at(1)),), (), 2400),
    ],
)  # fmt: skip
def test_a_share(hours, leave, asked):
    assert share(week(hours, leave), "a") == asked


def test_a_small_contract_is_met_in_less_than_a_day():
    # A fifth of four hours is 48 minutes: three hours an evening leave room for it in any one.
    evenings = office(*MON_FRI, start="18:00", end="21:00")
    assert share(week(evenings, minutes=240), "a") == 240
    assert share(week(evenings, office(0, start="18:00", end="20:00"), 240), "a") == 240
    assert share(week(evenings, whole(0, 1), 240), "a") == 144
    assert share(week(evenings, whole(0, 1), 0), "a") == 0


def test_a_part_of_a_week_asks_for_its_part():
    assert share(week(office(0, 1), days=2), "a") == 960
    assert share(week(office(0, 1), whole(1), days=2), "a") == 480


def test_everybody_is_there_where_nobody_asks_for_presence():
    off = {"availability": RuleSetting(on=False)}
    soft = {"availability": RuleSetting(level="soft")}
    assert share(week((), whole(0), weights=off), "a") == 2400
    assert share(week(office(0), whole(0), weights=soft), "a") == 0


def test_without_a_contract_there_is_no_share():
    assert share(week(office(0), minutes=None), "a") is None
    assert fair_share(week(office(0), minutes=None), "a") is None


def test_the_contract_itself_knows_no_leave():
    assert contract(week(office(*MON_FRI), whole(0, 1)), "a") == 2400


def test_what_history_lacks_is_added_to_the_share_and_not_to_the_contract():
    history = {"a": PersonHistory(minutes=900, fair_minutes=1000)}
    assert fair_share(week(office(*MON_FRI), whole(0, 1, 2, 3), history=history), "a") == 580
    more = {"a": PersonHistory(minutes=2000, fair_minutes=1000)}
    assert fair_share(week(office(*MON_FRI), whole(0, 1, 2, 3), history=more), "a") == 0
