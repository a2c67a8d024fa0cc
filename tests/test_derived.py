"""What is kept of an instance for those that are changed from it is what would be made of them anew."""

from collections.abc import Callable
from itertools import islice, pairwise
from typing import Any

import pytest

from scheduler.due import expand
from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.model import InputError, Instance, Roster
from scheduler.model.faults import errors
from scheduler.report.neutral import Neutral
from service.access.mask import CallerView
from service.weeks.tables.words import NAMED, Called
from tests.contract.tiny import TINY

_EVERY = 5
"""Of the tiny weeks so many are passed over: each of the others is changed in every field."""


def facts(week: Instance) -> Facts:
    return Facts(week, Roster(horizon=week.horizon, instance=week.id))


def places(week: Instance) -> Any:
    return [
        [one.name for one in CallerView(None).mask(week).blurred(lang).instance.places]
        for lang in LANGS
    ]


def travel(week: Instance) -> Any:
    table = facts(week).travel_table
    return table.index, table.ticks.tolist(), table.metres.tolist()


MADE: dict[str, Callable[[Instance], Any]] = {
    "due": lambda week: expand(week).model_dump(),
    "hidden": lambda week: (Neutral(week).ids, Neutral(week).aliases),
    "hidden beside private": lambda week: Neutral(week, private=True).ids,
    "neutral": lambda week: Neutral(week).instance(week).model_dump(),
    "blurred": places,
    "slots": lambda week: facts(week).task_slots,
    "travel": travel,
    "days": lambda week: {one.id: week.workdays.begins(one.id) for one in week.people},
    "presence": lambda week: {one.id: week.presence(one.id) for one in week.people},
    "limits": lambda week: {one.id: week.limits(one.id) for one in week.people},
    "past": lambda week: {
        one.id: (week.past(one.id).year, [*islice(week.past(one.id).weekends_before(), 3)])
        for one in week.people
    },
    "errors": lambda week: errors(week),
    "called": lambda week: [Called(week, lang).of(name) for name in NAMED for lang in LANGS],
}


def found(make: Callable[[Instance], Any], week: Instance) -> Any:
    """What is made of a week, or of which kind the error is where its records do not fit together."""
    try:
        return make(week)
    except (InputError, LookupError, ValueError) as error:
        return type(error)


@pytest.mark.parametrize("name", MADE)
def test_it_is_made_anew_when_a_field_changes_that_it_is_made_of(name: str) -> None:
    make, differing = MADE[name], 0
    weeks = [tiny() for tiny in [*TINY.values()][::_EVERY]]
    for week, other in pairwise([*weeks, weeks[0]]):
        before = found(make, week)
        for field in Instance.model_fields:
            changed = week.changed(**{field: getattr(other, field)})
            anew = Instance.model_construct(changed.model_fields_set, **dict(changed))
            wanted = found(make, anew)
            assert found(make, changed) == wanted, field
            differing += wanted != before
    assert differing
