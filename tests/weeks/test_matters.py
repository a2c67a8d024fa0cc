"""What needs a person next, from a moment on: each kind by itself, over midnight, and never twice."""

from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Need, Published
from scheduler.weeks.matters import matters
from scheduler.weeks.matters_in_words import matter_in_words
from tests.rules.build import at, instance, morning, person, place, roster, shift, visit, window

NIGHT = shift("night", at(0, "22:00"), Need(minimum=1), duration=480)
TOLD = Published(task="u", person="A", place="P", start=at(0, "09:00"))


def found(week, made, now, until, **more):
    """(kind, task or person, at) of each; said in both languages on the way."""
    listed = matters(Facts(week, made), now, until, **more)
    for matter in listed:
        for lang in LANGS:
            assert "{" not in matter_in_words(Names(week, lang), matter)
    return [(one.kind, one.task or one.person, one.at) for one in listed]


def test_a_gap_matters_until_its_last_start_has_passed():
    week = instance(person("A"), morning("u"), TOLD)
    empty = roster(week)
    last = at(0, "10:59")
    assert found(week, empty, 0, at(1)) == [("untold", "A", at(0, "09:00")), ("gap", "u", last)]
    assert ("gap", "u", last) in found(week, empty, last, at(1))
    assert found(week, empty, last + 1, at(1)) == []
    assert found(week, empty, 0, last) == [("untold", "A", at(0, "09:00"))]


def test_what_may_still_be_done_tomorrow_is_no_gap_today():
    week = instance(person("A"), morning("u", days=(0, 1)))
    assert found(week, roster(week), 0, at(1)) == []
    assert found(week, roster(week), at(1), at(2)) == [("gap", "u", at(1, "10:59"))]


def test_a_night_that_nobody_does_matters_on_its_evening_and_not_after_midnight():
    week = instance(person("A"), NIGHT)
    assert found(week, roster(week), at(0, "21:00"), at(1)) == [("gap", "night", at(0, "22:00"))]
    assert found(week, roster(week), at(1), at(2)) == []
    # From late in the evening to the morning, over midnight.
    early = instance(person("A"), visit("dawn", windows=(window(1, "05:00", "06:00"),)))
    assert found(early, roster(early), at(0, "23:00"), at(1, "07:00")) == [
        ("gap", "dawn", at(1, "05:59"))
    ]


def test_who_was_told_and_cannot_come_is_no_gap_besides():
    away = person("A", leave=(window(0, "08:00", "12:00"),))
    week = instance(away, person("B"), morning("u"), TOLD)
    kinds = found(week, roster(week), 0, at(1))
    assert kinds == [("absent", "u", at(0, "09:00")), ("untold", "A", at(0, "09:00"))]
    # Somebody stands in: what is left is to tell both.
    other = roster(week, ("u", 0, "B", "P", at(0, "09:00")))
    assert found(week, other, 0, at(1)) == [
        ("untold", "A", at(0, "09:00")),
        ("untold", "B", at(0, "09:00")),
    ]


def test_leave_that_ends_as_the_work_begins_is_no_absence():
    back = person("A", leave=(window(0, "08:00", "09:00"), window(0, "10:00", "12:00")))
    week = instance(back, morning("u"), TOLD)
    assert found(week, roster(week, ("u", 0, "A", "P", at(0, "09:00"))), 0, at(1)) == []


def test_a_clash_is_told_on_its_day_and_leave_only_once():
    week = instance(person("A"), morning("u"), morning("v"), TOLD)
    made = roster(week, ("u", 0, "A", "P", at(0, "09:00")), ("v", 0, "A", "P", at(0, "09:30")))
    kinds = [one[0] for one in found(week, made, 0, at(1))]
    assert "clash" in kinds
    assert [one[0] for one in found(week, made, at(1), at(2))] == []
    away = instance(person("A", leave=(window(0, "08:00", "12:00"),)), morning("u"), TOLD)
    ill = roster(away, ("u", 0, "A", "P", at(0, "09:00")))
    assert [one[0] for one in found(away, ill, 0, at(1))] == ["absent"]


def test_a_week_that_nobody_was_told_of_is_one_matter():
    week = instance(person("A"), person("B"), morning("u"), morning("v"))
    made = roster(week, ("u", 0, "A", "P", at(0, "09:00")), ("v", 0, "B", "P", at(0, "10:00")))
    assert found(week, made, 0, at(1)) == [("unpublished", None, at(0, "09:00"))]
    assert found(week, made, at(0, "09:30"), at(1)) == [("unpublished", None, at(0, "10:00"))]
    assert found(week, made, at(0, "10:01"), at(1)) == []


def test_what_each_was_told_may_be_known_besides_the_week():
    week = instance(person("A"), person("B"), morning("u"), morning("v"))
    made = roster(week, ("u", 0, "A", "P", at(0, "09:00")), ("v", 0, "B", "P", at(0, "10:00")))
    mine, theirs = ("untold", "A", at(0, "09:00")), ("untold", "B", at(0, "10:00"))
    # Published, and nobody was told yet; then one was; where nothing is published that alone matters.
    assert found(week, made, 0, at(1), told=(), published=True) == [mine, theirs]
    assert found(week, made, 0, at(1), told=(TOLD,), published=True) == [theirs]
    assert found(week, made, 0, at(1), told=(TOLD,)) == [theirs]
    assert found(week, made, 0, at(1), told=(TOLD,), published=False) == [
        ("unpublished", None, at(0, "09:00"))
    ]


def test_who_was_told_and_cannot_come_is_missing_although_the_roster_has_them_no_more():
    away = person("A", leave=(window(0, "08:00", "12:00"),))
    week = instance(away, morning("u"))
    kinds = [one[0] for one in found(week, roster(week), 0, at(1), told=(TOLD,))]
    assert kinds[0] == "absent"
    assert "gap" not in kinds
    assert [one[0] for one in found(week, roster(week), 0, at(1), told=())] == ["gap"]


def test_what_is_over_without_a_word_and_what_comes_too_late_after_it():
    week = instance(
        *(place("P"), place("Q"), person("A")),
        *(morning("u"), visit("v", places="Q", windows=(window(0, "10:00", "12:00"),))),
        *(TOLD, Published(task="v", person="A", place="Q", start=at(0, "10:30"))),
        ways={("P", "Q"): 20},
    )
    made = roster(week, ("u", 0, "A", "P", at(0, "09:00")), ("v", 0, "A", "Q", at(0, "10:30")))
    end = at(0, "10:00")
    assert found(week, made, end, at(1), reports={}) == [("unreported", "u", end)]
    assert found(week, made, end - 1, at(1), reports={}) == []
    # Twenty minutes' way: over at ten past ten it is just in time, a minute later it is late.
    said = {("u", 0): at(0, "10:10")}
    assert found(week, made, end, at(1), reports=said) == []
    late = {("u", 0): at(0, "10:11")}
    assert found(week, made, end, at(1), reports=late) == [("late", "v", at(0, "10:30"))]
    assert found(week, made, end, at(1), reports=late | {("v", 0): None}) == []
    # Where nobody reports anything, nothing is missed.
    assert found(week, made, end, at(1)) == []
