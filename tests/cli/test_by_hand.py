"""``lianxin assign``, ``unassign``, ``swap``, ``move``, ``pin``, ``unpin`` and ``lock``, as a coordinator uses them."""

import json

import pytest

from scheduler.formats.json_file import read_instance, read_roster, write_instance, write_roster
from tests.rules.build import at
from tests.weeks.replan.week import ROWS, published, rows
from tests.weeks.replan.week import week as small_week

NAMES = {"A": "李明", "B": "王芳", "C": "陈静"}
FILES = "week.json", "roster.json"
WRITTEN = "week.changed.json", "roster.changed.json"


@pytest.fixture
def week(tmp_path):
    """The week of three grid workers, who have names; v is called 访视-陈婆婆."""
    made = small_week()
    made = made.changed(
        people=tuple(one.model_copy(update={"name": NAMES[one.id]}) for one in made.people),
        visits=tuple(
            one.model_copy(update={"name": "访视-陈婆婆"}) if one.id == "v" else one
            for one in made.visits
        ),
    )
    write_instance(tmp_path / FILES[0], made)
    write_roster(tmp_path / FILES[1], published())
    return tmp_path


def moved(folder, name=WRITTEN[1]) -> tuple[set, set]:
    """(rows that are gone, rows that are new) of a written roster."""
    now = rows(read_roster(folder / name))
    return set(ROWS) - now, now - set(ROWS)


def test_work_is_given_by_name_and_who_hears_of_it_is_told(run, week):
    result = run("assign", *FILES, "访视-陈婆婆", "王芳")
    assert result.exit_code == 0, result.stderr
    assert moved(week) == ({ROWS[0]}, {("v", 0, "B", "P", at(0, "09:00"))})
    assert "2 people have to be told" in result.stdout
    assert "访视-陈婆婆 (was Mon 23 Nov 09:00); taken over by 王芳" in result.stdout
    assert run("check", *WRITTEN).exit_code == 0


def test_several_people_fill_a_task_together(run, week):
    assert run("unassign", *FILES, "x").exit_code == 0
    together = "assign", *WRITTEN, "x", "A", "陈静", "--start", "周三 9:00"
    assert run(*together, "--out", "r.json", "--out-week", "w.json").exit_code == 0
    new = moved(week, "r.json")[1]
    assert new == {(("x"), n, who, "Q", at(2, "09:00")) for n, who in enumerate("AC")}


def test_a_name_that_nobody_has_is_met_with_a_nearer_one(run, week):
    result = run("assign", *FILES, "访视-陈婆婆", "王方", "--lang", "zh")
    assert result.exit_code == 2
    assert "王芳" in result.stderr
    assert "/changes" not in result.stderr
    assert not (week / WRITTEN[0]).exists()


def test_a_swap_is_of_a_span_as_it_is_written(run, week):
    result = run("swap", *FILES, "李明", "陈静", "--when", "周一上午")
    assert result.exit_code == 0, result.stderr
    gone, new = moved(week)
    assert gone == {ROWS[0], ROWS[1]}
    assert {(row[0], row[2]) for row in new} == {("v", "C"), ("w", "C")}
    assert run("swap", *FILES, "李明", "陈静", "--when", "周一", "--task", "v").exit_code == 2
    alone = run("swap", *FILES, "李明", "李明")
    assert alone.exit_code == 2
    assert "/changes" not in alone.stderr


@pytest.mark.parametrize(
    ("when", "start"),
    [
        ("周三 9:30", at(2, "09:30")),
        ("周三", at(2, "09:00")),
        ("11-24", at(1, "09:00")),
        ("12:00", at(0, "12:00")),
        ("24号 15点半", at(1, "15:30")),
    ],
)
def test_a_day_alone_keeps_the_time_and_a_time_alone_the_day(run, week, when, start):
    result = run("move", *FILES, "v", when)
    assert result.exit_code == 0, result.stderr
    assert moved(week)[1] == {("v", 0, "A", "P", start)}


def test_a_broken_rule_refuses_and_writes_nothing(run, week):
    before = sorted(path.name for path in week.iterdir())
    result = run("move", *FILES, "v", "18:00")
    assert result.exit_code == 1
    assert "1 h 1 min outside" in " ".join(result.stderr.split())
    assert "nothing was written" in result.stderr
    assert "/changes" not in result.stderr
    assert sorted(path.name for path in week.iterdir()) == before


def test_a_reason_makes_it_an_exception_that_check_tells(run, week):
    result = run("move", *FILES, "v", "18:00", "--reason", "住户白天不在")
    assert result.exit_code == 0, result.stderr
    assert "Exception to “Time window”" in result.stdout
    checked = run("check", *WRITTEN)
    assert checked.exit_code == 0
    assert "1 exception in this week, by reason: 住户白天不在 × 1" in checked.stdout
    assert run("unassign", *WRITTEN, "v", "--out", "r.json", "--out-week", "w.json").exit_code == 0
    assert read_instance(week / "w.json").exceptions == ()


def test_a_dry_run_tells_and_writes_nothing(run, week):
    before = sorted(path.name for path in week.iterdir())
    result = run("assign", *FILES, "v", "王芳", "--dry-run")
    assert result.exit_code == 0
    assert "nothing was written" in result.stdout
    assert "have to be told" in result.stdout
    assert sorted(path.name for path in week.iterdir()) == before


def test_pins_are_set_and_released(run, week):
    assert run("pin", *FILES, "--person", "李明").exit_code == 0
    held = read_instance(week / WRITTEN[0])
    assert {pin.task for pin in held.pins} == {"v", "w", "x"}
    assert run("assign", *WRITTEN, "v", "王芳").exit_code == 1
    out = "--out", "r.json", "--out-week", "w.json"
    assert run("unpin", *WRITTEN, "--task", "v", *out).exit_code == 0
    assert {pin.task for pin in read_instance(week / "w.json").pins} == {"w", "x"}
    assert run("assign", "w.json", "r.json", "v", "王芳").exit_code == 0
    assert run("pin", *FILES).exit_code == 2
    assert run("pin", *FILES, "--all", "--person", "李明").exit_code == 2
    assert run("unpin", *FILES, "--all").exit_code == 2


def test_a_lock_is_kept_in_the_week(run, week):
    assert run("lock", *FILES, "11-24").exit_code == 0
    assert read_instance(week / WRITTEN[0]).freeze.time == at(1)
    assert run("assign", *WRITTEN, "v", "王芳").exit_code == 1
    assert run("lock", *FILES, "someday").exit_code == 2


def test_a_repair_follows_only_where_it_is_asked_for(run, week):
    assert run("unassign", *FILES, "v").exit_code == 0
    assert moved(week) == ({ROWS[0]}, set())
    result = run("unassign", *FILES, "v", "--and-repair", "--seconds", 60)
    assert result.exit_code == 0, result.stderr
    tasks = {(row[0], row[2]) for row in rows(read_roster(week / WRITTEN[1]))}
    assert ("v", "A") not in tasks
    assert {("v", "B"), ("v", "C")} & tasks


def test_a_file_that_cannot_be_written_is_refused_before_anything(run, week):
    assert run("pin", *FILES, "--all", "--out", "nowhere/r.json").exit_code == 2
    assert run("pin", *FILES, "--all", "--out-week", "nowhere/w.json").exit_code == 2
    assert run("pin", "none.json", FILES[1], "--all").exit_code == 2


def test_an_absence_is_by_name_and_as_it_is_written(run, week):
    asked = "replan", *FILES, "--absent", "王芳=周一下午", "--seconds", 0
    result = run(*asked, "--out", "r.json", "--out-week", "w.json")
    assert result.exit_code == 0, result.stderr
    (leave,) = read_instance(week / "w.json").person_by_id["B"].leave
    assert (leave.start // 1440, leave.end // 1440) == (0, 0)
    assert leave.start <= at(0, "14:00") < leave.end
    assert run("replan", *FILES, "--absent", "王方=周一").exit_code == 2
    assert run("replan", *FILES, "--absent", "王芳=someday").exit_code == 2


def test_a_suggestion_is_taken(run, week):
    assert run("unassign", *FILES, "y").exit_code == 0
    shown = run("suggest", *WRITTEN, "--task", "y", "--json", "-k", 3)
    second = json.loads(shown.stdout)[1]["assignments"]
    out = "--out", "r.json", "--out-week", "w.json"
    result = run("suggest", *WRITTEN, "--task", "y", "--take", 2, *out)
    assert result.exit_code == 0, result.stderr
    assert "Suggestion 2 is taken" in result.stdout
    made = [part for part in read_roster(week / "r.json").assignments if part.task == "y"]
    assert [(part.person, part.place) for part in made] == [
        (part["person"], part["place"]) for part in second
    ]
    assert run("check", "w.json", "r.json").exit_code == 0
    assert run("suggest", *WRITTEN, "--task", "y", "--take", 99, *out).exit_code == 2


def test_a_suggested_new_visit_comes_into_the_week(run, week):
    visit = json.loads((week / FILES[0]).read_text(encoding="utf-8"))["visits"][0] | {"id": "new"}
    (week / "new.json").write_text(json.dumps(visit), encoding="utf-8")
    asked = "suggest", *FILES, "--visit", "new.json", "--take", 1
    assert run(*asked, "--dry-run").exit_code == 0
    assert not (week / WRITTEN[0]).exists()
    assert run(*asked).exit_code == 0
    assert "new" in read_instance(week / WRITTEN[0]).task_by_id
    assert {row[0] for row in moved(week)[1]} == {"new"}
