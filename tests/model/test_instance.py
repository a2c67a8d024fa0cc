import pytest

from scheduler.model import Limits
from tests.rules.build import instance, person, place, visit


def test_a_changed_instance_looks_up_its_own_records():
    old = instance(person("a", limits=Limits(daily_tasks=3)), visit("v"))
    assert (set(old.person_by_id), set(old.task_by_id)) == ({"a"}, {"v"})
    assert old.limits("a").daily_tasks == 3
    new = old.changed(people=(person("b", limits=Limits(daily_tasks=7)),), visits=())
    assert (set(new.person_by_id), set(new.task_by_id)) == ({"b"}, set())
    assert new.limits("b").daily_tasks == 7


def test_what_is_not_changed_stays_and_so_does_the_old_instance():
    old = instance(person("a"), place("P"))
    new = old.changed(title="new")
    assert (old.title, new.title) == ("", "new")
    assert new.changed(title="") == old
    assert new.people is old.people


def test_people_of_a_part_work_the_days_of_the_whole():
    whole = instance(person("a"), visit("v"), visit("w"))
    part = whole.part(visits=whole.visits[:1])
    assert set(part.task_by_id) == {"v"}
    assert part.workdays is whole.workdays


def test_a_misspelt_field_is_an_error():
    with pytest.raises(TypeError, match="persons"):
        instance(person("a")).changed(persons=())


def test_what_is_derived_is_made_once_until_a_field_that_it_is_made_of_changes():
    made = []

    def names(week):
        made.append(week.title)
        return [one.id for one in week.people]

    needs = frozenset({"people"})
    old = instance(person("a"))
    assert old.derived(names, needs) is old.derived(names, needs)
    assert old.changed(title="new").derived(names, needs) is old.derived(names, needs)
    assert old.changed(people=(person("b"),)).derived(names, needs) == ["b"]
    assert old.derived(names, needs) == ["a"]
    assert made == ["", ""]


def test_what_is_derived_of_a_changed_week_is_known_to_all_that_have_the_same_fields():
    made = []

    def names(week):
        made.append(week.title)
        return [one.id for one in week.people]

    needs = frozenset({"people"})
    old = instance(person("a"))
    new = old.changed(people=(person("b"),), title="new")
    assert new.derived(names, needs) == ["b"]
    back = old.changed(people=new.people)
    assert back.derived(names, needs) == ["b"]
    assert (old.derived(names, needs), made) == (["a"], ["new", ""])
    for number in range(20):
        one = person(f"p{number}")
        assert old.changed(people=(one,)).derived(names, needs) == [one.id]
        assert back.derived(names, needs) == ["b"]  # what is asked for stays
    assert len(made) == 22


def test_what_is_derived_makes_no_instance_another():
    old, again = instance(person("a")), instance(person("a"))
    for one in (old, again):
        one.derived(lambda week: object(), frozenset({"people"}))
    assert old == again


def test_a_list_of_the_same_records_is_no_change() -> None:
    week = instance(person("A"), place("P"), visit("v"))
    known = week.task_by_id
    again = week.changed(visits=(*week.visits,), people=(person("B"),))
    assert again.visits is week.visits
    assert [one.id for one in again.people] == ["B"]
    assert again.task_by_id is known
