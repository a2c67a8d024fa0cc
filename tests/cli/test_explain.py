"""``lianxin explain``, ``replan`` and ``compare``, as a coordinator uses them one after the other."""

import json
from datetime import date

import pytest

from scheduler.formats.json_file import read_instance, read_roster, write_instance, write_roster
from scheduler.model import Duty, Household, Limits, Pin, Slot
from tests.rules.build import at, instance, person, roster, visit, window

MONDAY = (window(0, "09:00", "10:00"),)


@pytest.fixture
def week(tmp_path):
    """A and B do one visit each at nine on Monday; n has the same hour and nobody left."""
    made = instance(
        person("A", limits=Limits(weekly_minutes=600)),
        person("B"),
        visit("v", windows=(window(0, "09:00", "12:00"),)),
        visit("w", Slot(), windows=MONDAY),
        visit("n", windows=MONDAY, priority=5),
        days=3,
    )
    rows = ("v", 0, "A", "P", at(0, "09:00")), ("w", 0, "B", "P", at(0, "09:00"))
    write_instance(tmp_path / "week.json", made)
    write_roster(tmp_path / "roster.json", roster(made, *rows))
    return tmp_path


def test_undone_work_has_its_reason_and_remedies(run, week):
    result = run("explain", "week.json", "roster.json")
    assert result.exit_code == 0, result.stderr
    assert "n (n, slot 0, priority 5)" in result.stdout
    assert "1. widen its window" in result.stdout


def test_a_remedy_is_taken_and_the_week_with_it_written(run, week):
    asked = "explain", "week.json", "roster.json", "--task", "n", "--people"
    result = run(*asked, "--apply", 1, "--out", "r2.json", "--out-week", "w2.json")
    assert result.exit_code == 0, result.stderr
    changed = read_instance(week / "w2.json")
    # Until ten, when B has done w: the window's end is the first moment that is no longer inside.
    assert changed.task_by_id["n"].windows[0].end == at(0, "10:00") + 1
    assert {one.task for one in read_roster(week / "r2.json").assignments} == {"v", "w", "n"}
    assert run("check", "w2.json", "r2.json").exit_code == 0
    assert run(*asked, "--apply", 9).exit_code == 2


def test_an_assignment_says_why_and_what_else(run, week):
    result = run("explain", "week.json", "roster.json", "--task", "v")
    assert result.exit_code == 0, result.stderr
    assert "A" in result.stdout


def test_clashing_pins_are_told_without_a_roster(run, week):
    made = read_instance(week / "week.json")
    pins = (
        Pin(task="v", person="A", start=at(0, "09:00")),
        Pin(task="w", person="A", start=at(0, "09:30")),
    )
    write_instance(week / "pinned.json", made.changed(pins=pins))
    result = run("explain", "pinned.json", "--clash")
    assert result.exit_code == 0, result.stderr
    assert "release or change the pin of v" in result.stdout
    assert run("explain", "week.json").exit_code == 2


def test_a_sick_person_is_replaced_and_who_hears_of_it_is_told(run, week):
    result = run(
        *("replan", "week.json", "roster.json", "--absent", "B=2026-11-23", "--seconds", 60),
        *("--out", "r2.json", "--out", "r2.html", "--out-week", "w2.json"),
    )
    assert result.exit_code == 0, result.stderr
    assert "have to be told" in result.stdout
    assert "no longer: w" in result.stdout
    assert 'id="changes"' in (week / "r2.html").read_text(encoding="utf-8")
    assert run("check", "w2.json", "r2.json").exit_code == 0


@pytest.mark.parametrize(("lang", "told"), [("en", "begins before"), ("zh", "已开始")])
def test_what_has_begun_stays_and_the_absence_is_a_notice(run, week, lang, told):
    asked = "replan", "week.json", "roster.json", "--absent", "B=2026-11-23", "--seconds", 0
    frozen = "--freeze-until", "2026-11-23T09:01", "--out", "r2.json", "--lang", lang
    result = run(*asked, *frozen)
    assert result.exit_code == 0, result.stderr
    assert told in " ".join(result.stderr.split())
    kept = {(one.task, one.person, one.start) for one in read_roster(week / "r2.json").assignments}
    assert {("v", "A", at(0, "09:00")), ("w", "B", at(0, "09:00"))} <= kept


def test_wrong_changes_are_told_all_at_once(run, week):
    changes = {"changes": [{"kind": "absence", "person": "Z"}, {"kind": "sick"}]}
    (week / "c.json").write_text(json.dumps(changes), encoding="utf-8")
    result = run("replan", "week.json", "roster.json", "c.json")
    assert result.exit_code == 2
    assert "/changes/0/from" in result.stderr
    assert "/changes/1/kind" in result.stderr
    assert run("replan", "week.json", "roster.json").exit_code == 2
    assert run("replan", "week.json", "roster.json", "--absent", "B").exit_code == 2


def test_two_rosters_and_a_what_if_stand_side_by_side(run, week):
    result = run("compare", "week.json", "roster.json", "roster.json")
    assert result.exit_code == 0, result.stderr
    assert "Nobody has to be told" in result.stdout
    what_if = "compare", "week.json", "roster.json", "--seconds", 60, "--set"
    result = run(*what_if, "visits/n/windows/0/to=2026-11-23T15:00", "--out", "r3.json")
    assert result.exit_code == 0, result.stderr
    assert "Visits assigned" in result.stdout
    assert run(*what_if, "visits/x/priority=1").exit_code == 2


def test_a_change_may_make_more_fall_due(run, tmp_path):
    duty = Duty(id="d", household="h", name="d", every_days=90, last_done=date(2026, 11, 20))
    home = Household(id="h", name="h", place="P")
    write_instance(tmp_path / "week.json", made := instance(person("A"), duty, home, days=7))
    write_roster(tmp_path / "roster.json", roster(made))
    sooner = "--seconds", 60, "--set", "duties/d/every_days=7", "--out", "r2.json"
    result = run("compare", "week.json", "roster.json", *sooner)
    assert result.exit_code == 0, result.stderr
    assert [done.task for done in read_roster(tmp_path / "r2.json").assignments] == ["duty/d"]


def test_a_person_who_does_not_exist_is_written_nowhere(run, week):
    made = read_instance(week / "week.json")
    away = tuple(one.model_copy(update={"availability": ()}) for one in made.people)
    write_instance(week / "away.json", made.changed(people=away))
    write_roster(week / "none.json", roster(made))
    asked = "explain", "away.json", "none.json", "--task", "n", "--lang", "en"
    offers = [line for line in run(*asked).stdout.splitlines() if "one more person" in line]
    number = offers[0].strip()[0]
    refused = run(*asked, "--apply", number, "--out", "r2.json", "--out-week", "w2.json")
    assert refused.exit_code == 2
    assert not (week / "r2.json").exists()
    assert not (week / "w2.json").exists()
