"""The commands for single readers: texts, parts of the report, who is free, and loads of many weeks."""

import csv
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from scheduler.cli.pairs import published
from scheduler.cli.readers import file_named
from scheduler.formats.json_file import write_instance, write_roster
from scheduler.model import Horizon, Published, Roster
from tests.cli.conftest import Run
from tests.exports.readers import ANNA, BERT, answer, week


@pytest.fixture
def files(run: Run) -> Path:
    """week.json, roster.json, and old.json from before Bert's private visit fell out; an English runner."""
    of = week()
    write_instance(Path("week.json"), of)
    write_roster(Path("old.json"), answer(of))
    kept = tuple(part for part in answer(of).assignments if BERT not in part.task)
    write_roster(Path("roster.json"), answer(of).model_copy(update={"assignments": kept}))
    return Path()


def test_a_page_is_named_after_its_reader(run: Run, files: Path) -> None:
    done = run("report", "week.json", "old.json", "--person", "安娜", "--lang", "zh")
    assert done.exit_code == 0, done.output
    assert f"address {ANNA}" in Path("安娜.html").read_text(encoding="utf-8")
    assert file_named("a/b: c").name == "a_b_c.html"
    assert file_named(None).name == "week.html"


def test_readers_are_called_by_id_or_name_in_every_format(run: Run, files: Path) -> None:
    for option, name, out in (
        ("--person", "anna", "a.ics"),
        ("--place", "活动室", "q.csv"),
        ("--community", "佳宏路社区", "c.xlsx"),
        ("--person", "贝特", "b.txt"),
    ):
        done = run("report", "week.json", "old.json", option, name, "--out", out)
        assert done.exit_code == 0, done.output
        assert Path(out).exists()
    assert len(Calendar.from_ical(Path("a.ics").read_bytes()).events) == 2


def test_who_is_not_there_is_asked_back(run: Run, files: Path) -> None:
    done = run("report", "week.json", "old.json", "--person", "安哪")
    assert done.exit_code == 2
    assert "安娜" in done.stderr
    assert not list(files.glob("*.html"))


def test_the_home_of_a_private_visit_has_no_page(run: Run, files: Path) -> None:
    done = run("report", "week.json", "old.json", "--place", f"home-{BERT}")
    assert done.exit_code == 2
    assert "private visits only" in done.stderr


def test_one_reader_at_a_time_and_no_roster_for_one(run: Run, files: Path) -> None:
    two = run("report", "week.json", "old.json", "--person", "anna", "--place", "Q")
    assert two.exit_code == 2
    assert "only one of" in two.stderr
    whole = run("report", "week.json", "old.json", "--person", "anna", "--out", "a.json")
    assert whole.exit_code == 2
    assert not Path("a.json").exists()


def test_what_changes_is_told_to_people_and_in_calendars(run: Run, files: Path) -> None:
    told = ("report", "week.json", "roster.json", "--before", "old.json")
    assert run(*told, "--person", "bert", "--out", "b.html").exit_code == 0
    assert "不再承担" in Path("b.html").read_text(encoding="utf-8")
    assert run(*told, "--place", "Q", "--out", "q.ics").exit_code == 0
    refused = run(*told, "--place", "Q", "--out", "q.html")
    assert refused.exit_code == 2
    assert not Path("q.html").exists()


def test_texts_are_printed_one_below_the_other(run: Run, files: Path) -> None:
    done = run("texts", "week.json", "old.json", "--lang", "zh")
    assert done.exit_code == 0, done.output
    blocks = done.stdout.strip("\n").split("\n\n")
    assert [block.partition("：")[0] for block in blocks] == ["安娜", "贝特", "科拉", "多拉"]
    assert ANNA not in done.stdout
    alone = run("texts", "week.json", "old.json", "--person", "贝特", "--lang", "zh")
    assert alone.stdout.strip("\n") == blocks[1]


def test_texts_of_what_changes_are_for_those_concerned(run: Run, files: Path) -> None:
    done = run("texts", "week.json", "roster.json", "--before", "old.json")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("贝特, your work changes:\n· no longer: Private visit")
    assert "安娜" not in done.stdout
    same = run("texts", "week.json", "old.json", "--before", "old.json")
    assert same.stdout.strip() == "Nobody has to be told anything."


def test_texts_go_to_a_file_as_the_report_writes_them(run: Run, files: Path) -> None:
    assert run("texts", "week.json", "old.json", "--out", "all.txt").exit_code == 0
    assert run("report", "week.json", "old.json", "--out", "same.txt").exit_code == 0
    assert Path("all.txt").read_bytes() == Path("same.txt").read_bytes()
    assert run("texts", "week.json", "old.json", "--out", "no/where.txt").exit_code == 2


def test_who_is_free_is_a_table(run: Run, files: Path) -> None:
    done = run("free", "week.json", "old.json", "--when", "周一 9:00-10:00")
    assert done.exit_code == 0, done.output
    # Anna and Bert are at the lantern then.
    assert ("科拉" in done.stdout, "多拉" in done.stdout) == (True, True)
    assert ("安娜" in done.stdout, "贝特" in done.stdout) == (False, False)
    assert "Mon 23 Nov 09:00–10:00" in done.stdout
    assert "nobody is rated" in done.stdout.replace("\n", " ")


def test_nobody_free_is_an_answer_and_unclear_hours_are_none(run: Run, files: Path) -> None:
    nobody = run("free", "week.json", "old.json", "--when", "周一", "--role", "counsellor")
    assert nobody.exit_code == 0
    assert "Nobody has 30 minutes then." in nobody.stdout
    assert run("free", "week.json", "old.json", "--when", "soon").exit_code == 2
    unknown = run("free", "week.json", "old.json", "--when", "周一", "--skill", "flying")
    assert unknown.exit_code == 2
    assert "No skill is called" in unknown.stderr
    assert run("free", "week.json", "old.json", "--when", "周一", "--role", "wizard").exit_code == 2


def _second_week() -> None:
    of = week()
    later = of.changed(id="later", horizon=Horizon(start=of.horizon.date(7), days=7))
    write_instance(Path("later.json"), later)
    write_roster(Path("later.roster.json"), Roster(instance="later", horizon=later.horizon))


def test_loads_pair_weeks_and_rosters_in_any_order(run: Run, files: Path) -> None:
    _second_week()
    done = run(
        "loads", "later.roster.json", "week.json", "old.json", "later.json", "--out", "l.csv"
    )
    assert done.exit_code == 0, done.output
    with Path("l.csv").open(encoding="utf-8-sig", newline="") as lines:
        head, *rows = list(csv.reader(lines))
    assert head[2:5] == ["Week of 2026-11-23", "Week of 2026-11-30", "Hours in all"]
    # An hour at the lantern and one in private; eight of the night.
    assert [row[2:5] for row in rows] == [
        ["2.0", "0.0", "2.0"], ["2.0", "0.0", "2.0"], ["1.0", "0.0", "1.0"], ["8.0", "0.0", "8.0"],
    ]  # fmt: skip
    assert "安娜" in done.stdout
    assert "less than four" in done.stdout.replace("\n", " ")
    assert run("loads", "week.json", "old.json", "--out", "l.xlsx").exit_code == 0
    [sheet] = openpyxl.load_workbook("l.xlsx").worksheets
    assert sheet["C2"].value == 2
    assert run("loads", "week.json", "old.json", "--out", "l.json").exit_code == 2


def test_loads_take_workbooks_as_well(run: Run, files: Path) -> None:
    _second_week()
    whole = run("report", "week.json", "old.json", "--out", "old.xlsx")
    assert whole.exit_code == 0, whole.output
    assert run("report", "later.json", "later.roster.json", "--out", "later.xlsx").exit_code == 0
    done = run("loads", "later.json", "week.json", "old.xlsx", "later.xlsx")
    assert done.exit_code == 0, done.output
    given = ("later.json", "week.json", "old.json", "later.roster.json")
    assert done.stdout == run("loads", *given).stdout


def test_texts_and_free_take_a_roster_workbook(run: Run, files: Path) -> None:
    assert run("report", "week.json", "old.json", "--out", "old.xlsx").exit_code == 0
    for command in (("texts",), ("free", "--when", "周一 9:00-10:00")):
        name, *more = command
        book, plain = (run(name, "week.json", file, *more) for file in ("old.xlsx", "old.json"))
        assert book.exit_code == 0, book.output
        assert book.stdout == plain.stdout


def test_whom_nobody_asked_for_four_weeks_is_named(run: Run, files: Path) -> None:
    from scheduler.model import PersonHistory

    of = week(history={"cora": PersonHistory(run_off=21), "dora": PersonHistory(run_off=20)})
    write_instance(Path("week.json"), of)
    write_roster(Path("none.json"), Roster(instance=of.id, horizon=of.horizon))
    told = run("loads", "week.json", "none.json", "--lang", "zh").stdout
    assert "四周以上没有安排：科拉\n" in told
    assert "27 天内没有" in told


def test_a_week_that_holds_what_was_published_needs_no_roster(run: Run, files: Path) -> None:
    of = week()
    parts = tuple(
        Published(task=p.task, slot=p.slot, person=p.person, place=p.place, start=p.start)
        for p in answer(of).assignments
    )
    write_instance(Path("told.json"), of.changed(published=parts))
    alone, both = run("loads", "told.json"), run("loads", "week.json", "old.json")
    assert alone.exit_code == 0, alone.output
    assert alone.stdout == both.stdout


def test_what_was_lost_since_publication_is_no_work() -> None:
    of = week()
    first, second, third, *_ = answer(of).assignments
    parts = tuple(
        Published(
            task=part.task,
            slot=part.slot,
            person=part.person,
            place=part.place,
            start=part.start,
            standing=standing,
        )
        for part, standing in ((first, "firm"), (second, "lost"), (third, "loose"))
    )
    gone = parts[0].model_copy(update={"task": "cancelled since"})
    told = published(of.changed(published=(*parts, gone)))
    assert told.assignments == (first, third)


def test_what_does_not_fit_together_is_refused(run: Run, files: Path) -> None:
    _second_week()
    for files_given, said in (
        (("week.json",), "There is no roster"),
        (("week.json", "later.roster.json"), "was not given"),
        (("week.json", "old.json", "roster.json"), "two rosters"),
        (("later.json", "old.json"), "was not given"),
    ):
        done = run("loads", *files_given)
        assert done.exit_code == 2, files_given
        assert said in done.stderr
    left_out = run("loads", "week.json", "old.json", "later.json")
    assert left_out.exit_code == 0
    assert "later.json has no roster" in left_out.stderr
