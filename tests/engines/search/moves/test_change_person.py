from scheduler.lowered.price import HARD
from scheduler.model import Need, Pair, Slot
from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, shift, visit, window


def test_a_visit_goes_to_somebody_who_lives_nearer():
    # Anna sets out from Q, 20 ticks from P; Bert from P.
    week = instance(
        person("anna", start_place="Q"),
        person("bert", start_place="P"),
        place("P"),
        place("Q"),
        visit("v", windows=(window(0, "08:00", "10:00"),)),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("v", "anna", at(0, "08:00"))
    assert board.cost == 20
    assert board.move("change_person") == -20
    assert board.routes == {"anna": [], "bert": [("v", at(0, "08:00"))]}


def test_an_undone_visit_is_tried_somewhere():
    # Undone it costs one medium point (priority 1); done at its first moment nothing.
    week = instance(
        person("anna"), visit("v", priority=1, windows=(window(0, "08:00", "08:02"),)), days=1
    )
    board = Board(week)
    assert board.cost == 2**24
    assert board.move("change_person") == -(2**24)
    assert board.routes == {"anna": [("v", at(0, "08:00"))]}


def test_one_of_a_crew_hands_over_and_the_others_stay():
    # Bert sets out from Q, 20 ticks from P; Anna and Cleo from P.
    week = instance(
        person("anna", start_place="P"),
        person("bert", start_place="Q"),
        person("cleo", start_place="P"),
        place("P"),
        place("Q"),
        visit("v", Slot(), Slot(), windows=(window(0, "08:00", "08:02"),)),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("v", ("anna", "bert"), at(0, "08:00"))
    assert board.cost == 20
    assert board.move("change_person") == -20
    together = [("v", at(0, "08:00"))]
    assert board.routes == {"anna": together, "bert": [], "cleo": together}


def test_somebody_joins_a_crew_that_is_short_when_it_is_there():
    # One of two slots empty costs one medium point (priority 1).
    week = instance(
        person("anna"),
        person("bert"),
        visit(
            "v", Slot(), Slot(), priority=1, least_crew=1, windows=(window(0, "08:00", "10:00"),)
        ),
        days=1,
    )
    board = Board(week)
    board.put("v", "anna", at(0, "09:00"), slot=1)
    assert board.cost == 2**24
    assert board.move("change_person") == -(2**24)
    together = [("v", at(0, "08:00"))]
    assert board.routes == {"anna": together, "bert": together}


def pair_week(together, *tasks):
    """Anna and Bert set out from Q, 20 ticks from P; Cleo and Dan from P. Two pairs of them."""
    return instance(
        *(person(name, start_place="Q") for name in ("anna", "bert")),
        *(person(name, start_place="P") for name in ("cleo", "dan")),
        place("P"),
        place("Q"),
        *tasks,
        Pair(people=("anna", "bert"), together=together),
        Pair(people=("cleo", "dan"), together=together),
        days=1,
        ways={("P", "Q"): 20},
    )


def test_people_who_belong_together_change_together():
    # One alone would be without the other on the way to the 40 ticks saved: a crew, then a shift.
    crew = visit("v", Slot(), Slot(), windows=(window(0, "08:00", "08:02"),))
    board = Board(pair_week("always", crew), "always_together")
    board.put("v", ("anna", "bert"), at(0, "08:00"))
    assert board.cost == 40
    assert board.move("change_person") == -40
    assert {who for who, stops in board.routes.items() if stops} == {"cleo", "dan"}
    board = Board(
        pair_week("always", shift("s", at(0, "08:00"), Need(minimum=2))), "always_together"
    )
    board.put("s", "anna", at(0, "08:00"))
    board.put("s", "bert", at(0, "08:00"), slot=1)
    assert board.cost == 40
    assert board.move("change_person") == -40


def test_who_comes_in_place_of_another_goes_with_nobody_whom_they_must_not_meet():
    # Cleo comes for Anna: 20 ticks. Dan may not come for Bert as long as she is there.
    crew = visit("v", Slot(), Slot(), windows=(window(0, "08:00", "08:02"),))
    board = Board(pair_week("never", crew), "never_together")
    board.put("v", ("cleo", "dan"), at(0, "08:00"))
    assert board.cost == HARD
    assert board.move("change_person") == 20 - HARD
    assert len({"cleo", "dan"} & {who for who, stops in board.routes.items() if stops}) == 1
