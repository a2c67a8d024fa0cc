"""Facts of an instance that got more visits."""

from scheduler.facts import Facts
from scheduler.model import Window
from tests.rules.build import at, instance, person, roster, visit, window


def test_days_are_those_of_the_new_instance():
    def one(id, day, clock):
        start = at(day, clock)
        return visit(id, duration=30, windows=(Window(start=start, end=start + 1),))

    ends = one("late", 0, "22:00"), one("early", 1, "05:00")
    week = instance(person("a"), person("b", availability=(window(0, "08:00", "18:00"),)), *ends)
    rows = ("late", 0, "a", "P", at(0, "22:00")), ("early", 0, "a", "P", at(1, "05:00"))
    facts = Facts(week, roster(week, *rows))
    assert [len(facts.by_day["a"][day]) for day in (0, 1)] == [1, 1]
    # between the two a third, so that they are the round of one night
    grown = facts.grown(week.changed(visits=(*week.visits, one("amid", 1, "01:30"))))
    assert [stop.task.id for stop in grown.by_day["a"][0]] == ["late", "early"]
    # and one in the daytime, which changes no day
    other = facts.grown(week.changed(visits=(*week.visits, one("noon", 1, "12:00"))))
    assert other.by_day is facts.by_day


def test_who_is_otherwise_or_has_other_days_is_looked_at_anew():
    rounds = visit("v", duration=30, windows=(Window(start=at(0, "09:00"), end=at(0, "10:00")),))
    people = person("a", start_place="P"), person("b")
    week = instance(*people, rounds)
    facts = Facts(week, roster(week, ("v", 0, "a", "P", at(0, "09:00"))))
    assert len(facts.legs("a", 0)) == 1
    moved = facts.grown(week.changed(people=(person("a"), people[1])))
    assert moved.legs("a", 0) == []
    assert moved.by_day["a"] == facts.by_day["a"]
    assert moved.by_day["b"] is facts.by_day["b"]
    assert len(facts.legs("a", 0)) == 1
