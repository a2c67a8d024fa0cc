"""Kernel sources made plain: the same values, with fewer words."""

import ast
import inspect

import numpy as np

from scheduler.engines.expand import accessor, expanded
from scheduler.engines.search import layout as at
from scheduler.engines.search.rows import day_of, item, slot_row, stop_row

THREE = 3


@accessor
def twice(P, number):
    """Two cells of a list."""
    return P[number] + item(P, 0, number)


def reads(P, S, slot, option):
    """Several accessors, one of which calls another."""
    place = P[slot_row(P, slot) + at.SLOT_DURATION] + day_of(P, option)
    S[stop_row(slot) + at.STOP_START] = place + THREE
    return twice(P, 4) + P[at.SLOT_ROWS] + S[stop_row(slot) + at.STOP_START]


def shadows(P, at, THREE):
    """Parameters named as a module and a number."""
    return P[at + THREE]


def _names(function) -> set[str]:
    return set(function.__code__.co_names)


def test_an_expanded_function_computes_the_same():
    P = np.arange(400, dtype=np.int64)
    first, second = np.zeros(200, dtype=np.int64), np.zeros(200, dtype=np.int64)
    assert reads(P, first, 5, 7) == expanded(reads)(P, second, 5, 7)
    assert (first == second).all()


def test_nothing_of_accessors_and_the_layout_is_left():
    assert _names(reads) >= {"at", "slot_row", "twice", "THREE"}
    assert _names(expanded(reads)) == set()


def test_parameters_are_no_names_of_the_layout():
    assert expanded(shadows)(np.arange(10), 2, 4) == 6


def test_every_accessor_is_a_single_return():
    from scheduler.engines.search import rows

    accessors = [f for f in vars(rows).values() if hasattr(f, "is_accessor")]
    assert len(accessors) > 30
    for function in accessors:
        body = ast.parse(inspect.getsource(function)).body[0].body
        assert [type(statement) for statement in body] == [ast.Expr, ast.Return]
