"""Employee shift scheduling, the text format of Curtois & Qu (2014), schedulingbenchmarks.org.

A shift on a day is a Shift that starts at midnight; its cover is a need whose target is the
requirement, and people beyond the target cost points. A person with a limit of 0 for a kind of shift
has not agreed to it. Costs are our soft points, one to one. At most one shift a day; the ends of the
horizon are open, as they are without a history.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from scheduler.formats.literature.sections import SectionLine, Sections, read_sections
from scheduler.model import (
    Assignment,
    Horizon,
    InputError,
    Instance,
    Limits,
    Matrix,
    Need,
    Person,
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

PLACE = "ward"
MONDAY = date(2026, 1, 5)
SLOTS = 200_000
"""Most slots of an instance. If a slot for each person in each shift were more, every shift gets the
same number of slots beyond its requirement, as many as this allows."""
_OFF = (
    "fairness",
    "headcount_minimum",
    "min_rest",
    "no_overlap",
    "travel",
    "unassigned",
    "weekends_in_turn",
)


def cost(soft: int) -> int:
    """The literature's cost of a soft score: the same."""
    return soft


def read_instance(path: Path) -> Instance:
    """An instance file. Raises InputError with every faulty line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as fault:
        slots = {"reason": str(fault)[:200]}
        raise InputError(
            [Problem(code="not_this_format", pointer="", slots=slots)], str(path)
        ) from None
    sections = read_sections(text)
    table = _Table(sections)
    if sections.problems:
        raise InputError(sections.problems, str(path))
    return table.instance(path.stem)


class _Table:
    """The fields of all sections, read; problems are added to the sections."""

    def __init__(self, sections: Sections):
        self._sections = sections
        self.days = (
            next((line.whole_field(0, 1, 400) for line in sections.lines("HORIZON")), None) or 1
        )
        self.length: dict[str, int] = {}
        self.banned: list[tuple[str, str]] = []
        self.limits: dict[str, Limits] = {}
        self.never: dict[str, set[str]] = {}
        self.away: dict[str, set[int]] = {}
        self.wishes: dict[str, list[Wish]] = {}
        self.cover: dict[tuple[int, str], tuple[int, int, int]] = {}
        self._shifts()
        self._staff()
        self._days_off()
        self._requests("SHIFT_ON_REQUESTS", want=True)
        self._requests("SHIFT_OFF_REQUESTS", want=False)
        self._cover()

    def _shifts(self) -> None:
        for line in self._sections.lines("SHIFTS"):
            self.length[line.new_name(0, self.length)] = line.whole_field(1, 1, 1440)
        for line in self._sections.lines("SHIFTS"):
            after = [kind for kind in line.text(2).split("|") if kind]
            self.banned += [(line.text(0), line.existing_name(kind, self.length)) for kind in after]

    def _staff(self) -> None:
        for line in self._sections.lines("STAFF"):
            person, counts = line.new_name(0, self.limits), self._counts(line)
            self.never[person] = {kind for kind, most in counts.items() if not most}
            self.limits[person] = Limits(
                daily_tasks=1,
                kind_counts={kind: most for kind, most in counts.items() if 0 < most < self.days},
                period_minutes_max=line.whole_field(2),
                period_minutes_min=line.whole_field(3),
                days_in_row_max=line.whole_field(4, 1),
                days_in_row_min=line.whole_field(5, 1),
                days_off_min=line.whole_field(6, 1),
                weekends=line.whole_field(7),
            )

    def _counts(self, line: SectionLine) -> dict[str, int]:
        counts = {}
        for pair in filter(None, line.text(1).split("|")):
            kind, _, most = pair.partition("=")
            counts[line.existing_name(kind, self.length)] = line.whole_number(most)
        return counts

    def _days_off(self) -> None:
        for line in self._sections.lines("DAYS_OFF"):
            away = self.away.setdefault(line.existing_name(line.text(0), self.limits), set())
            away.update(line.whole_field(at, 0, self.days - 1) for at in range(1, len(line.fields)))

    def _requests(self, section: str, *, want: bool) -> None:
        for line in self._sections.lines(section):
            person = line.existing_name(line.text(0), self.limits)
            day = MONDAY + timedelta(line.whole_field(1, 0, self.days - 1))
            kind = line.existing_name(line.text(2), self.length)
            wish = Wish(want=want, days=(day,), kind=kind, weight=line.whole_field(3))
            self.wishes.setdefault(person, []).append(wish)

    def _cover(self) -> None:
        for line in self._sections.lines("COVER"):
            key = (
                line.whole_field(0, 0, self.days - 1),
                line.existing_name(line.text(1), self.length),
            )
            self.cover[key] = line.whole_field(2, 0, 1000), line.whole_field(3), line.whole_field(4)

    def instance(self, name: str) -> Instance:
        horizon = Horizon(start=MONDAY, days=self.days)
        asked = sum(required for required, _, _ in self.cover.values())
        beyond = (SLOTS - asked) // max(1, self.days * len(self.length))
        return Instance(
            id=name,
            horizon=horizon,
            places=(Place(id=PLACE, name=PLACE),),
            people=tuple(self._person(person, horizon) for person in self.limits),
            shifts=tuple(
                self._shift(day, kind, horizon, beyond)
                for day in range(self.days)
                for kind in self.length
            ),
            settings=Settings(
                rules={rule: RuleSetting(on=False) for rule in _OFF},
                travel=Matrix(places=(PLACE,), minutes=((0,),)),
                travel_counts=False,
                limits={},
                forbidden_sequences=tuple(self.banned),
            ),
        )

    def _person(self, person_id: str, horizon: Horizon) -> Person:
        ticks = horizon.day_ticks
        away, never = sorted(self.away.get(person_id, ())), self.never[person_id]
        return Person(
            id=person_id,
            name=person_id,
            role=Role.PARTNER,
            availability=(Window(start=0, end=horizon.end),),
            leave=tuple(Window(start=day * ticks, end=(day + 1) * ticks) for day in away),
            agreed=tuple(kind for kind in self.length if kind not in never) if never else None,
            limits=self.limits[person_id],
            wishes=tuple(self.wishes.get(person_id, ())),
        )

    def _shift(self, day: int, kind: str, horizon: Horizon, beyond: int) -> Shift:
        required, under, over = self.cover.get((day, kind), (0, 0, 0))
        return Shift(
            id=task_id(day, kind),
            name=kind,
            kind=kind,
            place=PLACE,
            start=day * horizon.day_ticks,
            duration=self.length[kind],
            needs=(
                Need(
                    minimum=0,
                    target=required,
                    maximum=max(required, min(len(self.limits), required + beyond)),
                    under_points=under,
                    over_points=over,
                ),
            ),
        )


def task_id(day: int, kind: str) -> str:
    """Id of a shift on a day."""
    return f"{day}/{kind}"


def read_solution(path: Path, instance: Instance) -> Roster:
    """A table as `write_solution` writes it. Raises InputError with every faulty line.

    The people of a shift fill its slots in the order of the table.
    """
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table))
    taken: dict[str, int] = {}
    assignments = []
    for number, row in enumerate(rows, 1):
        for cell in _cells(row, number, instance, problems):
            task, start, length = cell
            slot = taken.get(task, 0)
            taken[task] = slot + 1
            assignments.append(
                Assignment(
                    task=task,
                    slot=slot,
                    person=row[0],
                    place=PLACE,
                    start=start,
                    end=start + length,
                )
            )
    if problems:
        raise InputError(problems, str(path))
    return Roster(instance=instance.id, horizon=instance.horizon, assignments=tuple(assignments))


def _cells(
    row: list[str], number: int, instance: Instance, problems: list[Problem]
) -> Iterator[tuple[str, int, int]]:
    """(task, start, duration) of each shift of a line; what is wrong with it is added to `problems`."""

    def fault(reason: str) -> None:
        slots = {"reason": f"line {number}: {reason}"}
        problems.append(Problem(code="not_this_format", pointer=f"line {number}", slots=slots))

    if not row or row[0] not in instance.person_by_id:
        fault(f"no person {row[0] if row else ''!r}")
        return
    if len(row) != instance.horizon.days + 1:
        fault(f"{len(row) - 1} days instead of {instance.horizon.days}")
        return
    for day, kind in enumerate(row[1:]):
        task = instance.task_by_id.get(task_id(day, kind)) if kind else None
        if isinstance(task, Shift):
            yield task.id, task.start, task.duration
        elif kind:
            fault(f"no shift {kind!r} on day {day}")


def write_solution(path: Path, instance: Instance, roster: Roster) -> None:
    """One line a person: id, then for each day the id of the shift, or nothing."""
    table = {person.id: [""] * instance.horizon.days for person in instance.people}
    for assignment in roster.assignments:
        day = instance.horizon.day_of(assignment.start)
        table[assignment.person][day] = instance.task_by_id[assignment.task].kind
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [person, *days] for person, days in table.items()
        )
