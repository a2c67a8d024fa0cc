"""Orders to a search process: two kinds, told apart by name, with what is left of the limits."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from service.orders import ReplanOrder, SolveOrder, order_for, read_order
from service.settings import ServiceSettings

SETTINGS = ServiceSettings(data_dir=Path(), memory_mb=512, save_seconds=2.0, search_niceness=3)
REQUEST = {
    "limits": {"seconds": 60.0, "idle_seconds": 5.0, "steps": 1000},
    "seed": 7,
    "cores": 2,
}


@pytest.mark.parametrize("most_moved", [None, 0, 3])
def test_an_order_is_read_as_it_was_written(most_moved):
    order = order_for(REQUEST | {"most_moved": most_moved}, SETTINGS)
    assert isinstance(order, SolveOrder if most_moved is None else ReplanOrder)
    assert read_order(order.model_dump_json()) == order
    assert (order.save_seconds, order.niceness) == (2.0, 3)


def test_an_attempt_gets_what_those_before_it_left():
    order = order_for(REQUEST, SETTINGS, seconds=45.0, steps=400)
    assert (order.seconds, order.idle_seconds, order.steps) == (15.0, 5.0, 600)
    spent = order_for(REQUEST, SETTINGS, seconds=90.0, steps=4000)
    assert (spent.seconds, spent.steps) == (1.0, 1)


def test_what_has_no_limit_keeps_none():
    free = REQUEST | {"limits": {"seconds": None, "idle_seconds": None, "steps": None}}
    order = order_for(free, SETTINGS, seconds=45.0, steps=400)
    assert (order.seconds, order.idle_seconds, order.steps) == (None, None, None)


@pytest.mark.parametrize("change", [{"kind": "other"}, {"solver": "os:system"}])
def test_no_other_order_is_read(change):
    line = order_for(REQUEST, SETTINGS).model_dump() | change
    with pytest.raises(ValidationError):
        read_order(json.dumps(line))
