"""The example: one community's week in Shizishan, in the days that are now."""

import re
from datetime import date, timedelta

from instances.generate import generate
from scheduler.model import Instance

EXAMPLE = "shizishan/community"
_HELD = re.compile(r'"skills":\{[^}]*\}')
_SKILLS = {
    "negotiation": "协商",
    "fire_safety": "消防",
    "first_aid": "急救",
    "dialect": "四川话",
    "teaching": "授课",
    "heritage": "非遗",
    "electric": "电工",
    "medicine": "医护",
    "psychology": "心理",
    "police": "警务",
}
"""What the generator calls skills, in the language of all other names of the example."""
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d")


def example_week(today: date) -> Instance:
    """The example in the week of today; on Saturday and Sunday in the next one, in which all is still to come.

    It knows no public holidays, so that it is the same week wherever it lies. Its skills are named in Chinese.
    """
    week = generate(EXAMPLE)
    monday = today + timedelta(2) - timedelta((today + timedelta(2)).weekday())
    later = monday - week.horizon.start

    def moved(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + later).isoformat()

    text = week.model_dump_json(exclude_unset=True)
    there = Instance.model_validate_json(_HELD.sub(_named, _DATE.sub(moved, text)))
    calendar = there.settings.calendar.model_copy(update={"country": None})
    return there.changed(settings=there.settings.model_copy(update={"calendar": calendar}))


def _named(held: re.Match[str]) -> str:
    return re.sub(r'"(\w+)":(?=\d)', lambda skill: f'"{_SKILLS[skill[1]]}":', held[0])
