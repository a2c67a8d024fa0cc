from datetime import date

from scheduler.lowered.mix import FOREVER
from scheduler.lowered.price import HARD
from scheduler.model import Instance, Level, Need, RuleSetting, SharedSkill, Slot, Window
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift
from tests.rules.engine import priced_tasks

AID, DRIVE = SharedSkill(skill="aid"), SharedSkill(skill="drive", level=2)


def tiny() -> Instance:
    people = (
        person("A", skills={"aid": 1, "drive": 2}),
        person("B", skills={"aid": 1}, skill_until={"aid": date(2026, 11, 23)}),
        person("C", skills={"drive": 1}),
    )
    tasks = (
        morning("v", Slot(), Slot(), least_crew=1, days=(0, 1), skill_mix=(AID,)),
        shift("s", at(0, "14:00"), Need(minimum=2, target=3), skill_mix=(AID, DRIVE)),
    )
    return instance(*people, *tasks, days=2)


def week(*tasks, **more):
    people = (
        person("both", skills={"aid": 1, "drive": 3}),
        person("aid", skills={"aid": 2}),
        person("drive", skills={"drive": 2}),
        person("learner", skills={"drive": 1}),
        person("none"),
        person("gone", skills={"aid": 1}, skill_until={"aid": date(2026, 11, 22)}),
        person("soon", skills={"aid": 1}, skill_until={"aid": date(2026, 11, 23)}),
    )
    return instance(*people, *tasks, days=3, **more)


BUS = shift("bus", at(1, "09:00"), Need(minimum=2, target=3), skill_mix=(AID, DRIVE))
TWO = morning(
    "two", Slot(), Slot(), Slot(), least_crew=2, skill_mix=(AID.model_copy(update={"count": 2}),)
)


def both(task, *people, day=0):
    """Amounts of the task with these people, which the primitives price at a hard point each."""
    own = week(task)
    rows = [(task.id, slot, who, "P", at(day, "09:00")) for slot, who in enumerate(people)]
    found = amounts("skill_mix", own, *rows).get(task.id, [])
    assert priced_tasks(own, ("skill_mix",), *rows) == HARD * sum(found)
    return found


def test_one_person_may_bring_both_skills():
    assert both(BUS, "both", "none", day=1) == []
    assert both(BUS, "aid", "drive", day=1) == []


def test_each_skill_that_nobody_brings_is_missing():
    assert both(BUS, "aid", "none", day=1) == [1]
    # a driver of level 1 is none
    assert both(BUS, "aid", "learner", day=1) == [1]
    assert both(BUS, "learner", "none", "gone", day=1) == [1, 1]


def test_nobody_lacks_nothing_and_who_is_to_come_may_bring_all():
    assert both(BUS, day=1) == []
    # one of the two at least is to come, and may be a first aider who drives
    assert both(BUS, "none", day=1) == []


def test_a_count_asks_for_so_many():
    # of three, two are enough, and two have to know first aid
    assert both(TWO, "none", "aid") == [1]
    assert both(TWO, "none") == [1]
    assert both(TWO, "aid") == []
    assert both(TWO, "none", "aid", "both") == []
    assert both(TWO, "none", "learner") == [2]


def test_a_skill_counts_up_to_its_last_day():
    monday = shift("bus", at(0, "09:00"), Need(minimum=2), skill_mix=(AID,))
    tuesday = shift("bus", at(1, "09:00"), Need(minimum=2), skill_mix=(AID,))
    assert both(monday, "soon", "none") == []
    assert both(tuesday, "soon", "none", day=1) == [1]
    assert both(monday, "gone", "none") == [1]


def test_each_counts_on_the_day_of_their_own_work():
    # At one in the morning of Tuesday it is still Monday, the last day, for whoever works from the evening on.
    nights = tuple(Window(start=at(day, "21:30"), end=at(day + 1, "06:00")) for day in range(2))
    until = {"skills": {"aid": 1}, "skill_until": {"aid": date(2026, 11, 23)}}
    early = (Window(start=at(1, "00:30"), end=at(2)),)
    owl, lark = (
        person("owl", availability=nights, **until),
        person("lark", availability=early, **until),
    )
    people = owl, lark, person("none")
    late = shift("late", at(1, "01:00"), Need(minimum=1, target=2), skill_mix=(AID,))
    own = instance(*people, shift("first", at(0, "21:30"), duration=180), late, days=2)
    for who, found in (("owl", {}), ("lark", {"late": [1]})):
        rows = [("late", slot, one, "P", at(1, "01:00")) for slot, one in enumerate((who, "none"))]
        assert amounts("skill_mix", own, *rows) == found
        assert priced_tasks(own, ("skill_mix", "availability"), *rows) == HARD * len(found)


def test_softened_each_missing_person_has_the_price():
    own = week(TWO, weights={"skill_mix": RuleSetting(level=Level.SOFT, weight=4)})
    rows = [("two", slot, who, "P", at(0, "09:00")) for slot, who in enumerate(("none", "learner"))]
    assert priced_tasks(own, ("skill_mix",), *rows) == 8


def test_a_row_of_each_skill():
    mix = lowered(week(BUS), "skill_mix").mix
    assert mix.least.tolist() == [2, 2]
    assert mix.points.tolist() == [HARD, 0, HARD, 0]
    aid = mix.until[mix.set[0]].tolist()
    # both and aid for good, soon on day 0; who has it no longer is as though they never had
    assert aid == [FOREVER, FOREVER, -1, -1, -1, -1, 0]
