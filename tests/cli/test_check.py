"""`lianxin check` and what is told of rosters and weeks: breaches, warnings, what stays undone."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from instances.generate import generate
from scheduler.cli.tables import problem_list
from scheduler.cli.talk import PIPE_CLOSED, Language, Talk
from scheduler.formats.workbook import write_instance as write_workbook
from scheduler.model import Problem
from scheduler.rules import rules
from tests.cli.conftest import Run
from tests.cli.hand_made import GOOD, TOO_EARLY, hand_made, put
from tests.formats.week import spoilt, week


def test_check_lists_every_rule(run: Run, crew: tuple[Path, Path]) -> None:
    checked = run("check", *crew)
    for rule in rules().values():
        if rule.on:
            assert rule.name.en in checked.stdout


def test_check_says_in_a_sentence_what_a_hand_made_roster_breaks(run: Run) -> None:
    put("week.json", week())
    put("roster.json", hand_made("week", TOO_EARLY))
    checked = run("check", "week.json", "roster.json")
    assert checked.exit_code == 1, checked.output
    assert "A hard rule is broken." in checked.stdout
    window = rules()["visit_window"]
    assert f"hard · {window.name.en} (1)" in checked.stdout


def test_check_speaks_chinese(run: Run) -> None:
    put("week.json", week())
    put("roster.json", hand_made("week", GOOD))
    checked = run("check", "week.json", "roster.json", "--lang", "zh")
    assert checked.exit_code == 0, checked.output
    assert "没有违反必须规则。" in checked.stdout


def test_warnings_are_listed_by_solve_and_counted_by_check_and_told_by_nobody_else(
    run: Run,
) -> None:
    put("week.json", spoilt("visits/0/slots", [{"skills": {"wiring": 1}}]))
    put("roster.json", hand_made("week"))
    sentence = "nobody has the skill wiring."
    counted = "week.json has 1 warning; `lianxin check --all` lists it\n"
    listing = ("solve week.json --steps 10", "check week.json roster.json --all")
    counting = ("check week.json roster.json",)
    silent = (
        "due week.json",
        "suggest week.json roster.json --task visit-2",
        "roll week.json roster.json --out next.json",
        "report week.json roster.json",
    )
    for command in (*listing, *counting, *silent):
        told = run(*command.split())
        assert told.exit_code == 0, told.output
        assert told.stderr.count(sentence) == (command in listing), command
        assert told.stderr.count(counted) == (command in counting), command


def test_what_is_warned_of_twice_in_the_same_words_is_listed_once() -> None:
    talk = Talk(Language.EN)
    one = Problem(code="no_people", pointer="/people", value="[]", severity="warning")
    with talk.out.capture() as shown:
        talk.out.print(problem_list(talk, [one, one], "week.json"))
    assert shown.get().startswith("week.json has 1 warning\n")
    assert shown.get().count("/people") == 1


def test_warnings_of_a_workbook_are_told_at_its_cells(run: Run) -> None:
    week = generate("shizishan/community")
    idle = week.people[0].model_copy(update={"id": "idle", "name": "idle", "availability": ()})
    write_workbook(Path("week.xlsx"), week.changed(people=(*week.people, idle)), "en")
    solved = run("solve", "week.xlsx", "--steps", 10)
    assert solved.exit_code in (0, 1), solved.output
    assert f"People!G{len(week.people) + 2}" in solved.stderr
    assert "idle has no hours in these days" in solved.stderr


def test_problems_of_one_place_that_are_mended_alike_have_one_remedy() -> None:
    talk = Talk(Language.EN)
    told = [
        Problem(code="orders_no_minutes", pointer=pointer, slots={"kind": kind})
        for pointer, kind in (("/a", "one"), ("/a", "two"), ("/b", "three"))
    ]
    with talk.out.capture() as shown:
        talk.out.print(problem_list(talk, told, "list.csv"))
    marks = re.findall("/a|/b|“[a-z]+”|→", shown.get())
    assert marks == ["/a", "“one”", "“two”", "→", "/b", "“three”", "→"]


def test_a_reader_who_leaves_early_is_no_broken_rule(run: Run, crew: tuple[Path, Path]) -> None:
    for command in (["check"], ["suggest", "--person", "p2", "--json"]):
        name, *options = command
        process = subprocess.Popen(
            [sys.executable, "-m", "scheduler.cli", name, *map(str, crew), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=120) == PIPE_CLOSED == 128 + signal.SIGPIPE
        assert process.stderr is not None
        with process.stderr as told:
            assert told.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full: Linux")
def test_an_output_that_is_full_is_told(run: Run, crew: tuple[Path, Path]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scheduler.cli", "check", *map(str, crew), "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Cannot write the output: No space left on device"


def test_a_terminal_without_chinese_shows_the_rest(run: Run, crew: tuple[Path, Path]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scheduler.cli", "check", *map(str, crew), "--lang", "zh"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?" in done.stdout


def test_what_is_wished_for_beyond_the_minimum_is_told_apart(run: Run) -> None:
    shift = week()["shifts"][0] | {"id": "wide", "needs": [{"minimum": 1, "target": 4}]}
    put("week.json", week(shifts=[shift], visits=[]))
    solved = run("solve", "week.json", "--steps", 200)
    # one of the two people is there on Monday afternoon
    told = "3 slots unassigned: 0 needed for visits and minimum headcounts, 3 wished for beyond"
    assert told in solved.stdout


def test_check_shows_ten_breaches_of_a_rule_unless_all_are_asked_for(run: Run) -> None:
    visits = [{**week()["visits"][0], "id": f"visit-{number}"} for number in range(12)]
    put("week.json", week(visits=visits))
    put("roster.json", hand_made("week"))
    # Twelve empty visits: two more than are shown.
    assert "… and 2 more" in run("check", "week.json", "roster.json").stdout
    assert "more" not in run("check", "week.json", "roster.json", "--all").stdout


@pytest.mark.parametrize(
    ("roster", "words"),
    [
        (hand_made("another", GOOD), "belongs to the instance “another”"),
        (hand_made("week", ("visit-9", *GOOD[1:])), "There is no visit or shift with the id"),
        (hand_made("week", GOOD, GOOD), "A slot has more than one person"),
        ({"instance": "week"}, "The field “horizon” is missing."),
    ],
)
def test_a_roster_that_is_none_of_the_week_is_bad_input(
    run: Run, roster: dict[str, Any], words: str
) -> None:
    put("week.json", week())
    put("roster.json", roster)
    for command in ("check", "report"):
        told = run(command, "week.json", "roster.json")
        assert told.exit_code == 2
        assert words in told.stderr
        assert "roster.json has 1 problem\n" in told.stderr
    assert not Path("week.html").exists()
