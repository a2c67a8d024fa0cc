"""Every command takes a workbook wherever it takes JSON, and writes either by its ending."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from scheduler.cli.talk import Language, Talk
from scheduler.exports import FORMATS
from scheduler.formats import json_file, workbook
from scheduler.formats.parse import parse_instance
from scheduler.formats.workbook.write_changes import write_changes, write_empty
from scheduler.messages import LANGS, Lang, say
from scheduler.model import Assignment, Instance, Limits, Role, Roster, Slot
from scheduler.model.changes import Changes, New
from tests.cli.conftest import Run
from tests.formats.week import bytes_of, spoilt, week

WEEK = parse_instance(week())[0]
assert WEEK is not None
ROSTER = Roster(
    instance="week",
    horizon=WEEK.horizon,
    assignments=(
        Assignment(task="visit-1", slot=0, person="worker-1", place="plaza", start=600, end=630),
        Assignment(task="shift-1", slot=0, person="worker-1", place="plaza", start=840, end=960),
    ),
)
EMPTY = ROSTER.model_copy(update={"assignments": ()})
TASK = "visit-1"


@pytest.fixture(scope="module", params=LANGS)
def written(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Lang, Path]:
    """A language, and a folder with a week, its roster and an empty roster as workbooks in it."""
    lang: Lang = request.param
    folder = tmp_path_factory.mktemp("books")
    workbook.write_instance(folder / "week.xlsx", WEEK, lang)
    for name, roster in (("roster.xlsx", ROSTER), ("empty.xlsx", EMPTY)):
        FORMATS[".xlsx"].write(folder / name, WEEK, roster, lang)
    return lang, folder


@pytest.fixture
def books(run: Run, written: tuple[Lang, Path]) -> Lang:
    """The workbooks, where commands run."""
    lang, folder = written
    shutil.copytree(folder, Path(), dirs_exist_ok=True)
    return lang


def week_in(path: str) -> Instance:
    return workbook.read_instance(Path(path))


@pytest.mark.parametrize(
    "command",
    [
        "check week.xlsx roster.xlsx",
        "due week.xlsx --roster roster.xlsx",
        "report week.xlsx roster.xlsx --before roster.xlsx --before-week week.xlsx",
        "compare week.xlsx roster.xlsx empty.xlsx --other-week week.xlsx",
        "explain week.xlsx empty.xlsx",
        f"suggest week.xlsx empty.xlsx --task {TASK}",
        "solve week.xlsx --start roster.xlsx --steps 1 --out new.xlsx",
        f"replan week.xlsx roster.xlsx --cancel {TASK} --seconds 0",
        "roll week.xlsx roster.xlsx --following week.xlsx --out next.xlsx",
    ],
)
def test_a_command_takes_workbooks(run: Run, books: Lang, command: str) -> None:
    done = run(*command.split())
    if command.startswith("roll"):
        # The week after itself: told in the command's own words, so that the workbook was read.
        assert done.exit_code == 2
        assert "week.xlsx" in done.stderr
        return
    assert done.exit_code == 0, done.output
    assert "problem" not in done.stderr


def test_the_answers_are_those_for_json(run: Run, books: Lang) -> None:
    json_file.write_instance(Path("week.json"), WEEK)
    json_file.write_roster(Path("roster.json"), ROSTER)
    assert (
        run("check", "week.xlsx", "roster.xlsx").stdout
        == run("check", "week.json", "roster.xlsx").stdout
        == run("check", "week.json", "roster.json").stdout
    )


def test_what_replan_writes_beside_workbooks_are_workbooks_that_go_on(
    run: Run, books: Lang
) -> None:
    done = run("replan", "week.xlsx", "roster.xlsx", "--cancel", TASK, "--seconds", 0)
    assert done.exit_code == 0, done.output
    changed = week_in("week.replanned.xlsx")
    assert TASK not in changed.task_by_id
    assert {part.task for part in changed.published} <= set(changed.task_by_id)
    assert run("check", "week.replanned.xlsx", "roster.replanned.xlsx").exit_code == 0


def test_roll_writes_the_next_week_by_its_ending(run: Run, books: Lang) -> None:
    for name in ("next.json", "next.xlsx"):
        assert run("roll", "week.xlsx", "roster.xlsx", "--out", name).exit_code == 0
    assert week_in("next.xlsx") == json_file.read_instance(Path("next.json"))


def test_explain_applies_a_remedy_to_a_workbook(run: Run) -> None:
    data = spoilt("visits/0/windows/0", {"from": "2026-11-23T18:00", "to": "2026-11-23T19:00"})
    Path("week.json").write_bytes(bytes_of(data))
    assert run("solve", "week.json", "--steps", 2000, "--out", "r.xlsx").exit_code == 0
    remedy = ("--task", "visit-1", "--apply", 1, "--out-week", "w.xlsx", "--out", "b.xlsx")
    done = run("explain", "week.json", "r.xlsx", *remedy)
    assert done.exit_code == 0, done.output
    assert "visit-1" in week_in("w.xlsx").task_by_id
    assert run("check", "w.xlsx", "b.xlsx").exit_code == 0


def test_a_week_goes_to_no_other_ending_and_no_search_comes_first(run: Run, books: Lang) -> None:
    for command in (
        ("replan", "week.xlsx", "roster.xlsx", "--cancel", TASK, "--out-week", "w.html"),
        ("roll", "week.xlsx", "roster.xlsx", "--out", "w.csv"),
        ("compare", "week.xlsx", "roster.xlsx", "--set", "title=x", "--out-week", "w.txt"),
    ):
        refused = run(*command)
        assert refused.exit_code == 2
        assert ".json, .xlsx" in refused.stderr
        assert not Path(str(command[-1])).exists()


def test_a_roster_edited_by_hand_is_judged_and_started_from(run: Run) -> None:
    Path("week.json").write_bytes(bytes_of(week()))
    assert (
        run("solve", "week.json", "--steps", 2000, "--out", "r.xlsx", "--lang", "zh").exit_code == 0
    )
    book = openpyxl.load_workbook("r.xlsx")
    sheet = book["排班明细"]
    for row in sheet.iter_rows(min_row=3):
        if row[0].value == "shift-1":
            row[3].value = "心理咨询员01"
    book.save("r.xlsx")
    # The counsellor is there on Tuesday morning only, and the shift is on Monday and for grid workers.
    judged = run("check", "week.json", "r.xlsx", "--lang", "en")
    assert judged.exit_code == 1
    assert "1 changed" in judged.stderr
    started = run("solve", "week.json", "--start", "r.xlsx", "--steps", 2000, "--out", "r2.json")
    assert started.exit_code == 0, started.output


def test_a_fault_of_the_checker_is_told_at_its_cell(run: Run) -> None:
    Path("week.json").write_bytes(bytes_of(week()))
    assert (
        run("solve", "week.json", "--steps", 2000, "--out", "r.xlsx", "--lang", "zh").exit_code == 0
    )
    book = openpyxl.load_workbook("r.xlsx")
    sheet = book["排班明细"]
    again = sheet.max_row + 1
    for column in range(1, 8):
        sheet.cell(again, column).value = sheet.cell(3, column).value
    book.save("r.xlsx")
    refused = run("check", "week.json", "r.xlsx", "--lang", "zh")
    assert refused.exit_code == 2
    assert f"排班明细!A{again}" in refused.stderr
    assert "/assignments" not in refused.stderr


@pytest.mark.parametrize("ending", ["json", "xlsx"])
@pytest.mark.parametrize("lang", LANGS)
def test_swapped_arguments_are_told_as_that(run: Run, ending: str, lang: Lang) -> None:
    talk = Talk(Language.ZH if lang == "zh" else Language.EN)
    if ending == "json":
        json_file.write_instance(Path("week.json"), WEEK)
        json_file.write_roster(Path("roster.json"), EMPTY)
    else:
        workbook.write_instance(Path("week.xlsx"), WEEK, lang)
        FORMATS[".xlsx"].write(Path("roster.xlsx"), WEEK, EMPTY, lang)
    files = (f"roster.{ending}", f"week.{ending}")
    for arguments, given, wanted in (
        (files, "roster", "week"),
        ((files[1], files[1]), "week", "roster"),
    ):
        refused = run("check", *arguments, "--lang", lang)
        assert refused.exit_code == 2
        cause = say(
            "problems.another_kind_of_file.cause",
            lang,
            given_file=talk.say(f"words.file.{given}"),
            wanted_file=talk.say(f"words.file.{wanted}"),
        )
        assert cause in refused.stderr
        assert "1 " in refused.stderr.splitlines()[0]  # one problem, not one for each field


@pytest.mark.parametrize("kind", ["changes", "departures"])
def test_changes_where_the_roster_belongs_are_told_as_that(run: Run, kind: str) -> None:
    Path("week.json").write_bytes(bytes_of(week()))
    Path("x.json").write_text(json.dumps({kind: []}))
    refused = run("check", "week.json", "x.json")
    assert refused.exit_code == 2
    assert "where a roster belongs" in refused.stderr


def changes_by_hand(path: str, *rows: dict[str, object], kind: str = "changes") -> None:
    """A workbook of the template with rows typed below its example."""
    write_empty(Path(path), "changes" if kind == "changes" else "worked", "zh")
    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[0]]
    heads = {cell.value: cell.column for cell in sheet[2]}
    for number, row in enumerate(rows, 4):
        for head, value in row.items():
            sheet.cell(number, heads[head]).value = value
    book.save(path)


def test_replan_takes_changes_from_a_workbook_and_tells_faults_at_cells(
    run: Run, books: Lang
) -> None:
    changes_by_hand("c.xlsx", {"什么变更": "取消", "走访或班次": "visit-1"})
    done = run("replan", "week.xlsx", "roster.xlsx", "c.xlsx", "--seconds", 0)
    assert done.exit_code == 0, done.output
    assert "visit-1" not in week_in("week.replanned.xlsx").task_by_id
    changes_by_hand("c.xlsx", {"什么变更": "点位关闭", "点位": "plaza", "什么时间": "11-24", "改到点位": "plaza"})  # fmt: skip
    refused = run("replan", "week.xlsx", "roster.xlsx", "c.xlsx", "--seconds", 0)
    assert refused.exit_code == 2
    assert "变更!G4" in refused.stderr
    assert "/changes" not in refused.stderr


def test_roll_takes_a_worked_week_from_a_workbook(run: Run, books: Lang) -> None:
    changes_by_hand("w.xlsx", {"走访或班次": "阵地值守", "完成": "否"}, kind="worked")
    worked = {"task": "shift-1", "done": False}
    data = {
        "instance": "week",
        "horizon": {"start": "2026-11-23", "days": 7},
        "departures": [worked],
    }
    Path("w.json").write_bytes(bytes_of(data))
    for ending in ("xlsx", "json"):
        rolled = run(
            "roll", "week.xlsx", "roster.xlsx", "--worked", f"w.{ending}", "--out", f"{ending}.json"
        )
        assert rolled.exit_code == 0, rolled.output
    assert Path("xlsx.json").read_bytes() == Path("json.json").read_bytes()
    changes_by_hand("w.xlsx", {"走访或班次": "visit-2", "实际开始": "9:30"}, kind="worked")
    refused = run("roll", "week.xlsx", "roster.xlsx", "--worked", "w.xlsx", "--out", "n.json")
    assert refused.exit_code == 2  # nobody was to do it, and no one is named
    assert "实绩!A4" in refused.stderr


def test_suggest_takes_the_visit_of_a_row(run: Run, books: Lang) -> None:
    visit = week()["visits"][0] | {"id": "new"}
    record = New(visits=(WEEK.visits[0].model_copy(update={"id": "new"}),))
    write_changes(Path("v.xlsx"), Changes(horizon=WEEK.horizon, changes=(record,)), books)
    Path("v.json").write_bytes(bytes_of(visit))
    answers = [
        run("suggest", "week.xlsx", "roster.xlsx", "--visit", name).stdout
        for name in ("v.xlsx", "v.json")
    ]
    assert answers[0] == answers[1]
    assert "worker" in answers[0] or "网格员" in answers[0]
    write_changes(Path("none.xlsx"), Changes(horizon=WEEK.horizon), books)
    refused = run("suggest", "week.xlsx", "roster.xlsx", "--visit", "none.xlsx")
    assert refused.exit_code == 2
    assert "One visit belongs here" in refused.stderr


@pytest.mark.parametrize("kind", ["changes", "worked"])
@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_template_for_changes_and_for_worked_weeks(
    run: Run, kind: str, lang: Lang
) -> None:
    done = run("template", "t.xlsx", "--for", kind, "--lang", lang)
    assert done.exit_code == 0, done.output
    title = {"changes": ("变更", "Changes"), "worked": ("实绩", "Worked")}[kind][lang == "en"]
    assert openpyxl.load_workbook("t.xlsx").sheetnames[0] == title


@pytest.mark.parametrize("mixed", [("week.xlsx", "new.json"), ("week.json", "new.xlsx")])
def test_replan_finds_out_what_two_states_of_a_week_differ_in(
    run: Run, books: Lang, mixed: tuple[str, str]
) -> None:
    extra = WEEK.visits[1].model_copy(update={"id": "visit-3", "name": "新走访"})
    skilled = WEEK.people[0].model_copy(update={"skills": {"急救": 1}})
    pair = WEEK.visits[1].model_copy(update={"slots": (*WEEK.visits[1].slots, Slot())})
    settings = WEEK.settings.model_copy(
        update={"limits": {**WEEK.settings.limits, Role.GRID_WORKER: Limits(daily_tasks=9)}}
    )
    new = WEEK.changed(
        title="另一个名称",
        visits=(pair, extra),
        people=(skilled, WEEK.people[1]),
        settings=settings,
    )
    json_file.write_instance(Path("week.json"), WEEK)
    json_file.write_instance(Path("new.json"), new)
    workbook.write_instance(Path("new.xlsx"), new, books)
    done = run("replan", mixed[0], "roster.xlsx", "--to", mixed[1], "--seconds", 0)
    assert done.exit_code == 0, done.output
    assert "new work: 新走访" in done.stdout
    assert "cancel: 入户走访" in done.stdout
    assert "taken over: People 专职网格员01 (Skills)" in done.stdout
    assert "taken over: Visits 入户走访 (roles, skills and headcount of its slots)" in done.stdout
    assert "(limits of hours)" in done.stdout
    assert "taken over: title" not in done.stdout  # a word of the workbook, no field's name
    out = "week.replanned" + Path(mixed[0]).suffix
    reader = workbook if out.endswith("xlsx") else json_file
    changed = reader.read_instance(Path(out))
    assert set(changed.task_by_id) == {"visit-2", "visit-3", "shift-1"}
    assert changed.people[0].skills == {"急救": 1}


def test_replan_to_other_days_is_one_fault(run: Run, books: Lang) -> None:
    later = week(horizon={"start": "2026-11-30", "days": 7}, visits=[], shifts=[])
    later["people"] = [one | {"availability": []} for one in later["people"]]
    Path("new.json").write_bytes(bytes_of(later))
    refused = run("replan", "week.xlsx", "roster.xlsx", "--to", "new.json")
    assert refused.exit_code == 2
    assert "new.json" in refused.stderr
