"""Minutes between places: by straight line and by table."""

from datetime import date

import pytest

from scheduler.model import (
    Horizon,
    InputError,
    Instance,
    Matrix,
    Place,
    Point,
    Settings,
    StraightLine,
)
from scheduler.travel import travel


def _instance(kind, *places: Place, ticks_per_minute: int = 1) -> Instance:
    return Instance(
        id="ways",
        horizon=Horizon(start=date(2026, 11, 23), days=1, ticks_per_minute=ticks_per_minute),
        places=places,
        people=(),
        settings=Settings(travel=kind),
    )


def _place(id: str, longitude: float = 104.0, latitude: float = 30.0) -> Place:
    return Place(id=id, name=id, point=Point(longitude=longitude, latitude=latitude))


def test_a_hundredth_of_a_degree_north_is_a_twenty_one_minute_walk():
    # 0.01 degrees x 111,195 m x detour 1.3 = 1,445.5 m; / 70 m a minute = 20.65, rounded up: 21.
    # By e-bike / 220 = 6.57, and 2 minutes to park: 8.57, rounded up: 9.
    ways = travel(_instance(StraightLine(), _place("a"), _place("b", latitude=30.01)))
    assert ways.between("walk", "a", "b") == ways.between("walk", "b", "a") == 21
    assert ways.between("e_bike", "a", "b") == 9
    assert ways.distance("a", "b") == 1446
    assert ways.between("e_bike", "a", "a") == 0


def test_two_places_at_one_point_need_no_parking():
    ways = travel(_instance(StraightLine(), _place("a"), _place("b")))
    assert ways.between("e_bike", "a", "b") == 0


def test_a_way_round_the_world_stays_below_32_bits():
    # 100 degrees east at 30 degrees north, x 111,195 m x 0.866 x 1.3 / 70 = 178,846 minutes, in
    # sixty-thousandths 10.7 thousand million: more than 2**31, and more than any horizon is gone.
    places = _place("a"), _place("b", longitude=4.0)
    ways = travel(_instance(StraightLine(), *places, ticks_per_minute=60_000))
    assert ways.between("walk", "a", "b") == ways.between("walk", "b", "a") == 10**9


def test_a_way_to_a_place_without_a_point_is_the_default_by_area():
    north = Place(id="n", name="n", area="north")
    twin = Place(id="t", name="t", area="north")
    south = Place(id="s", name="s", area="south")
    nowhere = Place(id="x", name="x"), Place(id="y", name="y")
    kind = StraightLine(same_area_minutes=4, other_area_minutes=12)
    known = _place("a").model_copy(update={"area": "north"})
    far = _place("b", latitude=30.01)
    ways = travel(_instance(kind, north, twin, south, *nowhere, known, far))
    for mode in ("walk", "e_bike"):
        assert ways.between(mode, "n", "t") == ways.between(mode, "a", "n") == 4
        assert ways.between(mode, "n", "s") == ways.between(mode, "s", "n") == 12
        assert ways.between(mode, "x", "y") == ways.between(mode, "n", "x") == 12
        assert ways.between(mode, "x", "x") == ways.between(mode, "n", "n") == 0
    assert ways.between("walk", "a", "b") == 21  # both have points: as the crow flies
    assert (ways.distance("n", "t"), ways.distance("a", "b")) == (0, 1446)
    ticks = travel(_instance(kind, north, south, ticks_per_minute=10))
    assert ticks.between("walk", "n", "s") == 120


def test_a_way_that_was_timed_comes_before_all_else_and_holds_both_ways_unless_both_are_given():
    known = {"a": {"b": 3, "c": None, "a": 9}, "b": {"a": 7}, "gone": {"a": 1}}
    places = (
        _place("a"),
        _place("b", latitude=30.01),
        Place(id="c", name="c"),
        Place(id="d", name="d"),
    )
    ways = travel(_instance(StraightLine(known_minutes=known), *places))
    assert (ways.between("walk", "a", "b"), ways.between("e_bike", "b", "a")) == (3, 7)
    assert not ways.has_way("walk", "a", "c")
    assert not ways.has_way("e_bike", "c", "a")
    assert ways.has_way("walk", "b", "c")
    assert ways.between("walk", "b", "c") == 15
    assert ways.between("walk", "a", "a") == 0


def test_a_table_is_read_in_its_own_order_and_need_not_be_symmetric():
    kind = Matrix(places=("b", "a"), minutes=((0, 7), (5, 0)))
    ways = travel(_instance(kind, _place("a"), _place("b")))
    assert ways.between("walk", "b", "a") == 7
    assert ways.between("e_bike", "a", "b") == 5


def test_a_table_tells_all_that_is_wrong_with_it():
    kind = Matrix(places=("a", "b"), minutes=((0, 1, 2),))
    with pytest.raises(InputError) as caught:
        travel(_instance(kind, _place("a"), _place("c")))
    assert [problem.code for problem in caught.value.problems] == [
        "matrix_row_length",
        "matrix_row_count",
        "place_not_in_matrix",
    ]


def test_null_in_a_table_is_no_way_and_no_minutes():
    kind = Matrix(places=("b", "a"), minutes=((None, None), (5, 0)))
    ways = travel(_instance(kind, _place("a"), _place("b")))
    assert not ways.has_way("walk", "b", "a")
    assert not ways.has_way("e_bike", "b", "a")
    assert ways.has_way("walk", "a", "b")
    assert ways.has_way("walk", "b", "b")
    assert ways.ticks.tolist() == [[[0, 5], [0, 0]]] * 2
    assert travel(_instance(Matrix(places=("a",), minutes=((0,),)), _place("a"))).no_way is None
