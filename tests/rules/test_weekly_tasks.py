from scheduler.lowered.price import HARD
from scheduler.model import Instance, Role
from tests.rules.build import amounts, at, instance, limited, lowered, morning, person, visit
from tests.rules.engine import priced


def tiny() -> Instance:
    people = limited("A", weekly_tasks=2), limited("B", weekly_tasks=1)
    tasks = morning("v", days=(0, 7)), morning("w"), morning("x", days=(6, 7))
    return instance(*people, *tasks, days=8)


VISITS = tuple(visit(f"v{number}") for number in range(6))


def test_a_volunteer_gives_no_more_than_they_said():
    week = instance(person("a", Role.RESIDENT_VOLUNTEER), *VISITS)
    rows = [(f"v{number}", 0, "a", "P", at(number, "09:00")) for number in range(6)]
    # six visits, four said
    assert amounts("weekly_tasks", week, *rows) == {"a": [2]}
    assert priced(week, ("weekly_tasks",), *rows) == 2 * HARD


def test_a_new_week_begins_on_monday():
    week = instance(person("a", Role.RESIDENT_VOLUNTEER), *VISITS, days=14)
    rows = [(f"v{number}", 0, "a", "P", at(3 + number, "09:00")) for number in range(6)]
    # Thursday to Sunday, then Monday and Tuesday: four and two
    assert amounts("weekly_tasks", week, *rows) == {}


def test_paid_people_have_no_such_limit():
    assert lowered(instance(person("a")), "weekly_tasks").total.person.tolist() == []
