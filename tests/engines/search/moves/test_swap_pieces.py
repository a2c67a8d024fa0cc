from scheduler.engines.search.moves import swap_pieces
from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window

EIGHT, NINE, TEN = ((window(0, f"{hour:02}:00", f"{hour:02}:02"),) for hour in (8, 9, 10))
NOON = (window(0, "12:00", "12:02"),)


def _board(*visits, homes=("P", "P")):
    """Anna and Bert, who begin and end at their homes; between P and Q are 20 ticks."""
    anna, bert = (
        person(name, start_place=home, end_place=home)
        for name, home in zip(("anna", "bert"), homes, strict=True)
    )
    week = instance(anna, bert, place("P"), place("Q"), *visits, days=1, ways={("P", "Q"): 20})
    return Board(week, left_out=("availability",))


def test_two_stops_in_a_row_go_between_two_of_another_route():
    # Bert goes to Q and back for two visits that Anna is beside: alone each would cost Bert as much as before.
    board = _board(
        visit("a", places="Q", windows=EIGHT, duration=30),
        visit("b", places="Q", windows=NINE, duration=30),
        visit("c", places="Q", windows=TEN, duration=30),
        visit("d", places="Q", windows=NOON, duration=30),
        homes=("Q", "P"),
    )
    board.put("a", "anna", at(0, "08:00"))
    board.put("b", "bert", at(0, "09:00"))
    board.put("c", "bert", at(0, "10:00"))
    board.put("d", "anna", at(0, "12:00"))
    assert board.cost == 40
    assert board.move("swap_pieces") == -40
    assert [task for task, _ in board.routes["anna"]] == ["a", "b", "c", "d"]
    assert board.routes["bert"] == []


def test_pieces_change_routes_and_what_comes_behind_stays():
    # Each of the two goes to the other's place and back in between; what is first and last is where they live.
    board = _board(
        visit("a", places="P", windows=EIGHT, duration=30),
        visit("b", places="Q", windows=NINE, duration=30),
        visit("c", places="Q", windows=TEN, duration=30),
        visit("d", places="P", windows=NOON, duration=30),
        visit("e", places="Q", windows=EIGHT, duration=30),
        visit("f", places="P", windows=NINE, duration=30),
        visit("g", places="P", windows=TEN, duration=30),
        visit("h", places="Q", windows=NOON, duration=30),
        homes=("P", "Q"),
    )
    for task, hour in (("a", "08:00"), ("b", "09:00"), ("c", "10:00"), ("d", "12:00")):
        board.put(task, "anna", at(0, hour))
    for task, hour in (("e", "08:00"), ("f", "09:00"), ("g", "10:00"), ("h", "12:00")):
        board.put(task, "bert", at(0, hour))
    assert board.cost == 80
    while board.cost:
        board.move("swap_pieces")
    assert [task for task, _ in board.routes["anna"]] == ["a", "f", "g", "d"]
    assert [task for task, _ in board.routes["bert"]] == ["e", "b", "c", "h"]


def test_a_week_of_days_has_no_use_for_it():
    week = instance(person("anna"), visit("v", windows=NINE), days=2)
    assert not Board(week).has_room_for("swap_pieces")


def test_it_is_drawn_on_large_days_alone():
    def share(count):
        return swap_pieces.share(
            _board(*(visit(f"v{n}", windows=NINE) for n in range(count))).lowered
        )

    assert share(swap_pieces.LEAST_TASKS - 1) == 0
    assert share(swap_pieces.LEAST_TASKS) > 0
