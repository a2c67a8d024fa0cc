"""Case 30: ways up a hill are longer than down; the round that is quicker as a whole is taken."""

from scheduler.checker import check
from scheduler.model import Matrix
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import instance, person, place, visit, window


def test_the_quicker_way_round_is_taken() -> None:
    hours = (window(0, "08:00", "12:00"),)
    made = instance(
        *(place(id) for id in "VMTP"),
        person("p", start_place="V", end_place="V", availability=hours),
        visit("top", places="T", windows=hours),
        visit("mid", places="M", windows=hours),
    )
    rows = (0, 40, 10, 0), (5, 0, 5, 0), (50, 40, 0, 0), (0, 0, 0, 0)
    table = Matrix(places=("V", "M", "T", "P"), minutes=rows)
    made = made.changed(settings=made.settings.model_copy(update={"travel": table}))
    best = solve(made, Stop(steps=20_000), seed=1)
    # V-T-M-V takes 10 + 40 + 5 minutes, V-M-T-V 40 + 5 + 50.
    report = check(made, best)
    assert (report.score.hard, report.score.medium) == (0, 0)
    assert [cost.amount for cost in report.rules if cost.rule.rule.id == "travel"] == [55]
    by_start = sorted(best.assignments, key=lambda part: part.start)
    assert [part.task for part in by_start] == ["top", "mid"]
