"""A long shift holds its meal, a short day owes none, and a night's break lies after midnight."""

from scheduler import solve
from scheduler.model import (
    Break,
    Horizon,
    Instance,
    Limits,
    Matrix,
    Need,
    Person,
    Place,
    Role,
    Score,
    Settings,
    Shift,
    Visit,
    Window,
)
from scheduler.stop import Stop

HOUR, DAY = 60, 1440


def week(*tasks: Visit | Shift, limits: Limits | None = None) -> Instance:
    """One grid worker with the usual limits (lunch of 45 minutes from 11:30 to 13:30)."""
    wang = Person(
        id="wang",
        name="网格员",
        role=Role.GRID_WORKER,
        availability=(Window(start=0, end=9 * DAY),),
        limits=limits or Limits(),
    )
    return Instance(
        id="lunch",
        horizon=Horizon(start="2026-11-23", days=7),
        places=(Place(id="P", name="站"),),
        people=(wang,),
        shifts=tuple(task for task in tasks if isinstance(task, Shift)),
        visits=tuple(task for task in tasks if isinstance(task, Visit)),
        settings=Settings(travel=Matrix(places=("P",), minutes=((0,),))),
    )


def desk(name: str, start: int, length: int) -> Shift:
    return Shift(
        id=name, name="值守", kind="venue", place="P", start=start, duration=length, needs=(Need(),)
    )


def score(instance: Instance) -> Score:
    judged = solve(instance, Stop(steps=2000)).score
    assert judged is not None
    return judged


def undone(instance: Instance) -> tuple[int, int]:
    judged = score(instance)
    return judged.hard, judged.medium


def test_a_grid_worker_can_work_from_nine_to_five() -> None:
    assert undone(week(desk("desk", 9 * HOUR, 8 * HOUR))) == (0, 0)


def test_one_visit_at_noon_owes_no_break() -> None:
    at = 11 * HOUR + 45
    noon = Visit(
        id="noon",
        name="走访",
        kind="door",
        places=("P",),
        windows=(Window(start=at, end=at + 1),),
        duration=70,
    )
    assert undone(week(noon)) == (0, 0)


def test_a_break_may_lie_after_midnight() -> None:
    night = Limits(
        breaks=Break(start=DAY + 30, end=DAY + 210, minutes=45),
        daily_minutes=None,
        rest_minutes=None,
    )
    shifts = desk("n1", 21 * HOUR, 4 * HOUR), desk("n2", DAY + 2 * HOUR, 4 * HOUR)
    assert undone(week(*shifts, limits=night)) == (0, 0)
