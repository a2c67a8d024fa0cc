"""A week with something private and something hostile in it, and its roster."""

import pytest

from scheduler.model import Area, Household, Instance, Need, Point, Roster
from tests.rules.build import at, instance, person, place, roster, shift, visit

SECRET = "金丝雀"
"""In the name of everything private."""
HOSTILE = '=HYPERLINK("http://evil")'
"""The name of somebody: nothing may run it."""


@pytest.fixture
def week() -> Instance:
    """Somebody with a hostile name; a visit, a private visit in a home, a shift."""
    points = [Point(longitude=104 + number / 1000, latitude=30.6) for number in range(5)]
    return instance(
        Area(id="area", name="佳宏路社区", kind="community"),
        place("P", area="area", point=points[0]),
        place("home", area="area", point=points[1]).model_copy(update={"name": f"{SECRET}家"}),
        place("Q", area="area", point=points[2]),
        place("R", area="area", point=points[3]),
        Household(id="house", name=f"{SECRET}户", place="home"),
        person("anna").model_copy(update={"name": HOSTILE}),
        person("bert"),
        visit("lamp"),
        visit(
            "whisper", places="home", household="house", private=True, kind="counselling"
        ).model_copy(update={"name": f"{SECRET}谈心"}),
        shift("venue", at(1, "14:00"), Need(minimum=2)),
    )


@pytest.fixture
def answer(week: Instance) -> Roster:
    """All of it done but a second person at the shift."""
    return roster(
        week,
        ("lamp", 0, "anna", "P", at(0, "09:00")),
        ("whisper", 0, "bert", "home", at(0, "10:00")),
        ("venue", 0, "bert", "P", at(1, "14:00")),
    )
