"""What-if: single values of a copy."""

import pytest

from scheduler.formats.amend import amended
from scheduler.model import InputError
from tests.weeks.replan.week import week


def test_a_path_leads_by_field_and_by_id() -> None:
    found = amended(
        week(), ["settings/rules/travel/weight=2", "people/B/limits/weekly_minutes=2700"]
    )
    assert found.settings.rules["travel"].weight == 2
    assert found.limits("B").weekly_minutes == 2700
    assert found.limits("A").weekly_minutes == week().limits("A").weekly_minutes
    assert week().limits("B").weekly_minutes != 2700


def test_every_wrong_path_and_value_is_told() -> None:
    with pytest.raises(InputError) as caught:
        amended(week(), ["people/Z/minor=true", "peple/A/minor=true", "nothing"])
    assert [one.code for one in caught.value.problems] == [
        "no_such_path",
        "no_such_path",
        "not_a_change",
    ]
    with pytest.raises(InputError) as caught:
        amended(week(), ["people/A/limits/weekly_minutes=many"])
    assert [one.pointer for one in caught.value.problems] == ["/people/0/limits/weekly_minutes"]
