"""What a coordinator calls a person, a task or a time is understood, or asked back."""

from collections.abc import Callable
from datetime import date

import pytest

from scheduler.formats import mentions
from scheduler.messages import LANGS
from scheduler.messages.problems import explain
from scheduler.model import Horizon, InputError, Instance, Person, Place, Role, Shift, Visit

HOUR = 60
DAY = 24 * HOUR


def _person(id: str, name: str) -> Person:
    return Person(id=id, name=name, role=Role.GRID_WORKER)


def _patrol(id: str, start: int) -> Shift:
    return Shift.model_validate(
        {
            "id": id,
            "name": "夜巡",
            "place": "square",
            "kind": "patrol",
            "start": start,
            "duration": 60,
            "needs": [{"target": 1}],
        }
    )


def _week(days: int = 7, ticks: int = 1) -> Instance:
    return Instance(
        horizon=Horizon(start=date(2026, 11, 23), days=days, ticks_per_minute=ticks),
        id="week",
        places=(Place(id="square", name="广场"),),
        people=(_person("p1", "李明"), _person("p2", "王芳"), _person("p3", "王芳")),
        visits=(
            Visit.model_validate(
                {
                    "id": "v1",
                    "name": "访视 陈婆婆",
                    "places": ["square"],
                    "kind": "counselling",
                    "duration": 60,
                    "windows": [{"from": DAY + 9 * HOUR, "to": DAY + 11 * HOUR}],
                    "slots": [{}],
                }
            ),
        ),
        shifts=(_patrol("s1", 20 * HOUR), _patrol("s2", 2 * DAY + 20 * HOUR)),
    )


def _refused(call: Callable[[Instance, str], object], week: Instance, text: str) -> str:
    with pytest.raises(InputError) as error:
        call(week, text)
    (problem,) = error.value.problems
    for lang in LANGS:
        assert all(explain(problem, lang))
    return problem.code


def test_an_id_or_a_name_that_only_one_has() -> None:
    week = _week()
    assert mentions.person(week, "p2").id == "p2"
    assert mentions.person(week, " 李明 ").id == "p1"
    assert mentions.place(week, "广场").id == "square"
    assert mentions.task(week, "访视 陈婆婆").id == "v1"
    assert mentions.task(week, "访视陈婆婆").id == "v1"


def test_a_name_of_two_is_asked_back() -> None:
    with pytest.raises(InputError) as error:
        mentions.person(_week(), "王芳")
    assert error.value.problems[0].slots["candidates"] == "p2, p3"
    assert _refused(mentions.task, _week(), "夜巡") == "several_of_task"


def test_an_unknown_name_is_asked_back_with_the_nearest() -> None:
    with pytest.raises(InputError) as error:
        mentions.person(_week(), "李名")
    assert error.value.problems[0].slots["suggestion"] == "李明"
    assert _refused(mentions.area, _week(), "北区") == "none_of_area"


def test_a_day_after_the_name_tells_tasks_apart() -> None:
    week = _week()
    assert mentions.task(week, "夜巡 周三").id == "s2"
    assert mentions.task(week, "夜巡 11-23 20:00-21:00").id == "s1"
    assert mentions.task(week, "访视 陈婆婆 周二").id == "v1"
    assert _refused(mentions.task, week, "夜巡 周二") == "several_of_task"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("11-25", 2 * DAY),
        ("11月25日 9点半", 2 * DAY + 9 * HOUR + 30),
        ("周三 14:00", 2 * DAY + 14 * HOUR),
        ("2026-11-25T00:00", 2 * DAY),
        ("Sun 23:59", 6 * DAY + 23 * HOUR + 59),
    ],
)
def test_a_moment(text: str, minutes: int) -> None:
    assert mentions.moment(_week(), text) == minutes
    assert mentions.moment(_week(ticks=2), text) == 2 * minutes


def test_a_weekday_of_two_weeks_is_no_moment() -> None:
    assert mentions.moment(_week(14), "12-02 9:00") == 9 * DAY + 9 * HOUR
    assert _refused(mentions.moment, _week(14), "周三 9:00") == "several_moments"
    assert _refused(mentions.moment, _week(), "soon") == "unclear_moment"


def test_spans() -> None:
    (span,) = mentions.spans(_week(ticks=2), "周五 14:00-18:00")
    assert (span.start, span.end) == (2 * (4 * DAY + 14 * HOUR), 2 * (4 * DAY + 18 * HOUR))
    days = mentions.spans(_week(14), "周五")
    assert [span.start for span in days] == [4 * DAY, 11 * DAY]
    assert _refused(mentions.spans, _week(), "") == "unclear_span"


def test_a_role_has_a_word_in_each_language() -> None:
    for text in ("grid_worker", "专职网格员", "Grid worker", "grid workers", " GRID WORKER "):
        assert mentions.role(text) is Role.GRID_WORKER
    with pytest.raises(InputError) as refused:
        mentions.role("专职网格")
    [problem] = refused.value.problems
    assert problem.code == "none_of_role"
    assert problem.slots["suggestion"] == "专职网格员"


def test_a_skill_is_one_that_people_have_or_work_needs() -> None:
    of = _week()
    skilled = of.people[0].model_copy(update={"skills": {"急救": 1}})
    need = {"roles": ["grid_worker"], "skills": {"Swimming": 1}, "target": 1}
    shift = Shift.model_validate(_patrol("swim", 0).model_dump(by_alias=True) | {"needs": [need]})
    of = of.changed(people=(skilled, *of.people[1:]), shifts=(*of.shifts, shift))
    assert mentions.skill(of, "急救") == "急救"
    assert mentions.skill(of, "swimming") == "Swimming"
    with pytest.raises(InputError) as refused:
        mentions.skill(of, "急 救员")
    assert refused.value.problems[0].code == "none_of_skill"
