"""What the search must be able to do on weeks small enough to see it."""

from scheduler.model import Gap, Need, Slot
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import at, instance, person, shift, visit, window


def test_a_visit_waits_for_the_gap_to_an_earlier_one_of_its_day():
    # The first ends 09:30 at the earliest; with 45 minutes between, the second starts 10:15.
    week = instance(
        person("anna"),
        visit("first", windows=(window(0, "09:00", "09:10"),), duration=30),
        visit("second", windows=(window(0, "09:00", "10:30"),), duration=30),
        Gap(first="first", second="second", least_minutes=45),
        days=1,
    )
    roster = solve(week, Stop(steps=2_000), seed=1)
    starts = {one.task: one.start for one in roster.assignments}
    assert starts == {"first": at(0, "09:00"), "second": at(0, "10:15")}


def test_a_bundle_of_crews_goes_in_together():
    # Two visits for two people each, all or nothing: no single insertion improves, both together do.
    week = instance(
        person("anna"),
        person("bert"),
        visit("carry", Slot(), Slot(), bundle="move", windows=(window(0, "09:00", "12:00"),)),
        visit("unpack", Slot(), Slot(), bundle="move", windows=(window(0, "09:00", "15:00"),)),
        days=1,
    )
    roster = solve(week, Stop(steps=2_000), seed=1)
    assert len(roster.assignments) == 4


def test_a_task_worth_more_ejects_one_worth_less():
    # One hour, one person, two visits: priority 5 (25 points) stays, priority 1 (1 point) goes.
    week = instance(
        person("anna", availability=(window(0, "09:00", "10:00"),)),
        visit("minor", priority=1, windows=(window(0, "09:00", "09:01"),)),
        visit("urgent", priority=5, windows=(window(0, "09:00", "09:01"),)),
        days=1,
    )
    roster = solve(week, Stop(steps=2_000), seed=1)
    assert [one.task for one in roster.assignments] == ["urgent"]
    assert roster.score.medium == 1


def test_an_instance_without_work_ends_at_once():
    roster = solve(instance(person("anna"), days=1), Stop(), seed=1)
    assert roster.assignments == ()
    assert roster.outcome.ended_by == "nothing_to_do"


def test_an_instance_without_people_leaves_everything_undone():
    roster = solve(
        instance(visit("lonely"), shift("empty", at(0, "09:00"), Need())), Stop(steps=50)
    )
    assert roster.assignments == ()
    assert roster.score.medium > 0


def test_a_crew_that_finds_nobody_for_a_slot_goes_as_small_as_it_may() -> None:
    crew = Slot(must=True), Slot(skills={"medicine": 1}), Slot()
    people = person("A"), person("B")
    smaller = instance(*people, visit("v", *crew, least_crew=2), days=1)
    found = solve(smaller, Stop(steps=2000))
    assert {one.slot for one in found.assignments} == {0, 2}
    whole = instance(*people, visit("v", *crew), days=1)
    assert solve(whole, Stop(steps=2000)).assignments == ()
    needed = Slot(must=True), Slot(skills={"medicine": 1}, must=True)
    strict = instance(*people, visit("v", *needed, least_crew=1), days=1)
    assert solve(strict, Stop(steps=2000)).assignments == ()
