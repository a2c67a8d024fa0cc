"""The example: one community's week in Shizishan, in the days that are now."""

import re
from datetime import date, timedelta

from instances.generate import generate
from scheduler.model import Instance
from service.wire.weeks.orders import OrderIn
from service.wire.weeks.requests import SpanIn

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
_ORDERS = (
    ("楼道灯不亮", "order_repair", "王女士，白天在家"),
    ("帮忙取药", "order_errand", "老人腿脚不便"),
    ("陪老人去社区医院", "companion", "最好是她认识的志愿者"),
)
"""What is needed, its kind of work, and what was said besides."""
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


def example_orders(week: Instance) -> list[OrderIn]:
    """What residents of the example order, so that its micro-list has something to accept."""
    homes = [place.id for place in week.places if place.kind == "home"]
    days = [week.horizon.date(number).isoformat() for number in range(1, 5)]
    hours = [SpanIn(start=f"{day}T09:00", end=f"{day}T17:00") for day in days]
    return [
        OrderIn(name=name, kind=kind, place=home, windows=hours, words=words)
        for (name, kind, words), home in zip(_ORDERS, homes, strict=False)
    ]


def _named(held: re.Match[str]) -> str:
    return re.sub(r'"(\w+)":(?=\d)', lambda skill: f'"{_SKILLS[skill[1]]}":', held[0])
