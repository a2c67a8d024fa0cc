"""How many points a roster may have, summed by hand: the levels of the engines' one number are made from it."""

from scheduler.model import Gap, Instance, Need, RuleSetting, Score, Slot, Wish
from scheduler.rules import active, rules
from scheduler.rules.common.most_points import points_of_nothing, rough_most
from scheduler.travel import travel
from tests.rules.build import at, instance, person, shift, visit


def week(**on: int) -> Instance:
    """A week of two people and three slots, one gap between them; only these rules hold, at these weights."""
    weights = {
        rule: RuleSetting(on=rule in on, weight=on[rule]) if rule in on else RuleSetting(on=False)
        for rule in rules()
    }
    return instance(
        person("A"),
        person("B", wishes=(Wish(want=False, kind="check", weight=300),)),
        visit("v", Slot(), Slot()),
        visit("w"),
        Gap(first="v", second="w"),
        weights=weights,
    )


def most(week: Instance) -> Score:
    return rough_most(week, active(week))


def test_a_rule_of_minutes_may_cost_every_person_slot_and_gap_the_whole_horizon() -> None:
    # two people, three slots and a gap, 10,080 minutes each
    assert most(week(due_date=3)) == Score(soft=3 * 6 * 10_080)


def test_any_other_may_cost_every_person_and_slot_a_unit_a_day() -> None:
    assert most(week(preferred_person=4)) == Score(soft=4 * 5 * 7)


def test_points_of_slots_and_of_days_may_be_the_dearest_that_the_week_names() -> None:
    # the wish's 300 are more than the target's 200 and the priorities' 25
    assert most(week(wishes=1)) == Score(soft=(2 * 7 + 3) * 300)
    dear = Need(under_points=None, over_points=700)
    dearer = week(unassigned=2).changed(shifts=(shift("s", at(0, "09:00"), dear),))
    # one slot more
    assert most(dearer) == Score(medium=2 * (2 * 7 + 4) * 700)
    needs = Need(under_points=800, over_points=700), Need(under_points=0, over_points=900)
    dearest = week(unassigned=2).changed(shifts=(shift("s", at(0, "09:00"), *needs),))
    assert most(dearest) == Score(medium=2 * (2 * 7 + 5) * 900)


def test_hard_rules_add_nothing_and_the_others_add_up() -> None:
    assert most(week(must_do=9)) == Score()
    assert most(week(preferred_person=4, unassigned=1)) == Score(medium=(2 * 7 + 3) * 300, soft=140)


def test_a_roster_without_work_costs_its_empty_slots() -> None:
    idle = week(unassigned=2)
    # three slots of 5 points each, priority 3
    assert points_of_nothing(idle, travel(idle), active(idle)) == Score(medium=2 * 3 * 5)
