"""Nurse rostering, the text format of the Second International Nurse Rostering Competition (INRC-II).

Ceschia, Dang, De Causmaecker, Haspeslagh and Schaerf (2015), arXiv 1501.04177. A scenario, an initial
history and the data of some weeks make an instance, called such as ``n030w4_1_6-2-9-1``: scenario,
number of the history, numbers of the weeks. A shift on a day is a Shift of eight hours from midnight, so
that it belongs to that day alone, with a need for each skill; costs are our soft points, one to one.

Static: all weeks are one horizon. Rolled: each week is a horizon of its own, whose history is that of the
weeks before, and whose planning period ends with the last week. It is decided with the weeks behind it, of
which nothing is known but the weeks before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from scheduler.formats.literature.inrc2_text import DAYS, Scenario, WeekData, read_text
from scheduler.model import (
    Assignment,
    Horizon,
    InputError,
    Instance,
    Level,
    Limits,
    Matrix,
    Need,
    Person,
    PersonHistory,
    Place,
    Problem,
    Role,
    Roster,
    RuleSetting,
    Settings,
    Shift,
    Window,
    Wish,
)
from scheduler.model.tasks import slots

PLACE = "ward"
MONDAY = date(2026, 1, 5)
MINUTES = 480
BEYOND = 4
"""Most people in a need beyond its optimum, for which nothing is paid."""
_OFF = ("fairness", "min_rest", "no_overlap", "travel", "unassigned", "weekends_in_turn")
_SOFT = {
    "kind_in_row": 15,
    "least_kind_in_row": 15,
    "days_in_row": 30,
    "least_days_in_row": 30,
    "most_days_off": 30,
    "least_days_off": 30,
    "complete_weekends": 30,
    "tasks_in_period": 20,
    "weekends": 30,
    "wishes": 1,
}
OPTIMUM, UNWANTED = 30, 10
"""Points of a person missing to the optimum, and of an unwanted shift."""


@dataclass(frozen=True)
class NursePlan:
    """A scenario with its history and its weeks, in order; week n is that of number `numbers[n]`."""

    name: str
    scenario: Scenario
    history: dict[str, PersonHistory]
    numbers: tuple[int, ...]
    weeks: tuple[WeekData, ...]

    def instance(self) -> Instance:
        """All weeks at once."""
        return self._instance(self.name, 0, self.weeks, self.history)

    def week(self, number: int) -> Instance:
        """A week alone; the first has its history, the others still need that of the weeks before."""
        history = self.history if number == 0 else {}
        return self._instance(f"{self.name}@{number}", number, (self.weeks[number],), history)

    def ahead(self, number: int) -> Instance:
        """A week and the weeks behind it as far as may be known: those are as the weeks known by then, in turn.

        Nobody's wishes are known of them. As `week`, it needs the history of the week before.
        """
        known = self.weeks[number::-1]
        unknown = [
            replace(known[turn % len(known)], unwanted=())
            for turn in range(len(self.weeks) - number - 1)
        ]
        history = self.history if number == 0 else {}
        weeks = (self.weeks[number], *unknown)
        return self._instance(f"{self.name}@{number}+", number, weeks, history)

    def first_week(self, number: int, roster: Roster) -> Roster:
        """The first week of a roster of `ahead`."""
        week = self.week(number)
        first = tuple(part for part in roster.assignments if part.start < week.horizon.end)
        return Roster(instance=week.id, horizon=week.horizon, assignments=first)

    def joined(self, rosters: Sequence[Roster]) -> Roster:
        """The roster of all weeks, of rosters of each."""
        found = self.instance()
        parts = [
            part.model_copy(
                update={
                    "task": task_id(
                        7 * week + int(part.task.split("/")[0]), part.task.split("/")[1]
                    ),
                    "start": part.start + 7 * week * found.horizon.day_ticks,
                    "end": part.end + 7 * week * found.horizon.day_ticks,
                }
            )
            for week, roster in enumerate(rosters)
            for part in roster.assignments
        ]
        return Roster(instance=found.id, horizon=found.horizon, assignments=tuple(parts))

    def _instance(
        self, name: str, first: int, weeks: tuple[WeekData, ...], history: dict[str, PersonHistory]
    ) -> Instance:
        scenario = self.scenario
        horizon = Horizon(start=MONDAY + timedelta(7 * first), days=7 * len(weeks))
        last = MONDAY + timedelta(7 * len(self.weeks) - 1)
        soft = {
            rule: RuleSetting(level=Level.SOFT, weight=weight) for rule, weight in _SOFT.items()
        }
        return Instance(
            id=name,
            horizon=horizon,
            places=(Place(id=PLACE, name=PLACE),),
            people=tuple(_person(scenario, nurse, weeks, horizon) for nurse in scenario.nurses),
            shifts=tuple(
                _shift(scenario, weeks[day // 7], kind, day, horizon)
                for day in range(horizon.days)
                for kind in scenario.shifts
            ),
            history=history,
            settings=Settings(
                rules={
                    **{rule: RuleSetting(on=False) for rule in _OFF},
                    **soft,
                    "headcount_minimum": RuleSetting(level=Level.HARD),
                },
                travel=Matrix(places=(PLACE,), minutes=((0,),)),
                travel_counts=False,
                limits={},
                priority_points=(1, 1, 1, 1, 1),
                period_end=last,
                forbidden_sequences=scenario.banned,
            ),
        )


def cost(soft: int) -> int:
    """The competition's cost of a soft score: the same."""
    return soft


def read_plan(folder: Path, name: str) -> NursePlan:
    """The instance of this name, its files under ``folder/<scenario>``.

    Raises InputError with every faulty line, or where the name or a file is not one of the format.
    """
    scenario_name, _, rest = name.partition("_")
    history_name, _, weeks = rest.partition("_")
    if not history_name.isdigit() or not all(week.isdigit() for week in weeks.split("-")):
        raise InputError([_problem(f"{name!r} is not such as n030w4_1_6-2-9-1")], str(folder))
    at = folder / scenario_name
    scenario = read_text(at / f"Sc-{scenario_name}.txt", Scenario.read)
    history = read_text(at / f"H0-{scenario_name}-{history_name}.txt", scenario.read_history)
    numbers = tuple(int(week) for week in weeks.split("-"))
    data = {
        number: read_text(at / f"WD-{scenario_name}-{number}.txt", scenario.read_week)
        for number in dict.fromkeys(numbers)
    }
    return NursePlan(name, scenario, history, numbers, tuple(data[number] for number in numbers))


def _problem(reason: str, pointer: str = "") -> Problem:
    return Problem(code="not_this_format", pointer=pointer, slots={"reason": reason})


def _person(
    scenario: Scenario, nurse: str, weeks: tuple[WeekData, ...], horizon: Horizon
) -> Person:
    contract = scenario.contracts[scenario.contract_of[nurse]]
    least, most = ({kind: bounds[n] for kind, bounds in scenario.shifts.items()} for n in (0, 1))
    return Person(
        id=nurse,
        name=nurse,
        role=Role.PARTNER,
        skills=dict.fromkeys(scenario.nurses[nurse], 1),
        availability=(Window(start=0, end=horizon.end),),
        limits=Limits(
            daily_tasks=1,
            period_tasks_min=contract.tasks[0],
            period_tasks_max=contract.tasks[1],
            days_in_row_min=contract.days_on[0],
            days_in_row_max=contract.days_on[1],
            days_off_min=contract.days_off[0],
            days_off_max=contract.days_off[1],
            weekends=contract.weekends,
            complete_weekends=contract.complete_weekends,
            kind_in_row_min=least,
            kind_in_row_max=most,
        ),
        wishes=tuple(
            Wish(want=False, days=(horizon.date(7 * number + day),), kind=kind, weight=UNWANTED)
            for number, week in enumerate(weeks)
            for person, kind, day in week.unwanted
            if person == nurse
        ),
    )


def _shift(scenario: Scenario, week: WeekData, kind: str, day: int, horizon: Horizon) -> Shift:
    return Shift(
        id=task_id(day, kind),
        name=kind,
        kind=kind,
        place=PLACE,
        start=day * horizon.day_ticks,
        duration=MINUTES,
        priority=1,
        needs=tuple(
            _need(scenario, skill, *week.needs.get((kind, skill), {}).get(day % 7, (0, 0)))
            for skill in scenario.skills
        ),
    )


def _need(scenario: Scenario, skill: str, minimum: int, optimum: int) -> Need:
    optimum = max(minimum, optimum)
    able = sum(skill in skills for skills in scenario.nurses.values())
    return Need(
        skills={skill: 1},
        minimum=minimum,
        target=optimum,
        maximum=max(optimum, min(able, optimum + BEYOND)),
        under_points=OPTIMUM,
    )


def task_id(day: int, kind: str) -> str:
    """Id of a shift on a day of the horizon."""
    return f"{day}/{kind}"


def read_solution(paths: list[Path], instance: Instance) -> Roster:
    """The solution files of the instance's weeks, in order. Raises InputError with every faulty line.

    People of a need fill its slots in the order of the files.
    """
    problems: list[Problem] = []
    taken: dict[str, set[int]] = defaultdict(set)
    assignments = []
    for week, path in enumerate(paths):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            words = line.split()
            if len(words) != 4 or words[1] not in DAYS:
                continue
            person, day, kind, skill = words
            task = instance.task_by_id.get(task_id(7 * week + DAYS.index(day), kind))
            if not isinstance(task, Shift) or person not in instance.person_by_id:
                reason = f"{path.name}, line {number}: no such person or shift"
                problems.append(_problem(reason, f"line {number}"))
                continue
            own = enumerate(slots(task))
            free = [n for n, slot in own if skill in slot.skills and n not in taken[task.id]]
            if not free:
                reason = f"{path.name}, line {number}: more than {BEYOND} beyond the optimum"
                problems.append(_problem(reason, f"line {number}"))
                continue
            taken[task.id].add(free[0])
            end = task.start + task.duration
            assignments.append(
                Assignment(
                    task=task.id,
                    slot=free[0],
                    person=person,
                    place=PLACE,
                    start=task.start,
                    end=end,
                )
            )
    if problems:
        raise InputError(problems, str(paths[0].parent))
    return Roster(instance=instance.id, horizon=instance.horizon, assignments=tuple(assignments))


def write_solution(folder: Path, plan: NursePlan, instance: Instance, roster: Roster) -> None:
    """One file for each week of an instance of all weeks, as the competition's validator reads it."""
    lines: dict[int, list[str]] = defaultdict(list)
    for part in roster.assignments:
        task = instance.task_by_id[part.task]
        week, day = divmod(instance.horizon.day_of(part.start), 7)
        (skill,) = slots(task)[part.slot].skills
        lines[week].append(f"{part.person} {DAYS[day]} {task.kind} {skill}")
    for week, number in enumerate(plan.numbers):
        head = f"SOLUTION\n{week} {plan.scenario.name}\n\nASSIGNMENTS = {len(lines[week])}\n"
        path = folder / f"Sol-{plan.scenario.name}-{number}-{week}.txt"
        path.write_text(head + "".join(f"{line}\n" for line in lines[week]), encoding="utf-8")
