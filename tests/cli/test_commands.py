"""The commands: what they write, what they say, and how they end."""

import json
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from instances.generate import NAMES
from scheduler.cli.talk import Language, spoken
from scheduler.formats import workbook
from scheduler.formats.json_file import (
    dump,
    read_instance,
    read_roster,
    write_instance,
    write_roster,
)
from tests.cli.conftest import Run
from tests.cli.hand_made import CREW, GOOD, hand_made, put
from tests.formats.week import spoilt, week


def test_solve_writes_a_roster_in_which_check_finds_no_hard_rule_broken(run: Run) -> None:
    write_instance(Path("crew.json"), CREW.instance)
    solved = run("solve", "crew.json", "--out", "roster.json", "--steps", 2000)
    assert solved.exit_code == 0, solved.output
    assert read_roster(Path("roster.json")).score == CREW.score
    checked = run("check", "crew.json", "roster.json")
    assert checked.exit_code == 0, checked.output
    assert "No hard rule is broken." in checked.stdout


def test_solve_says_score_costly_rules_and_where_the_roster_is(run: Run) -> None:
    write_instance(Path("crew.json"), CREW.instance)
    solved = run("solve", "crew.json", "--steps", 2000)
    assert "points: hard 0 · medium 0 · soft 30" in solved.stdout
    assert "Travel" in solved.stdout
    assert "Every slot is assigned" in solved.stdout
    assert "Wrote crew.roster.json" in solved.stdout
    assert Path("crew.roster.json").exists()


def test_solve_tells_its_progress_in_lines_where_there_is_no_terminal(run: Run) -> None:
    write_instance(Path("crew.json"), CREW.instance)
    solved = run("solve", "crew.json", "--steps", 2000)
    assert "Searching" in solved.stderr
    assert "\x1b" not in solved.stderr


def test_solve_lists_what_stays_undone_by_priority(run: Run) -> None:
    data = spoilt("visits/0/slots", [{"skills": {"wiring": 1}}])
    data["visits"][0]["priority"] = 5
    put("week.json", data)
    solved = run("solve", "week.json", "--steps", 2000)
    assert solved.exit_code == 0, solved.output
    assert (
        "1 slot unassigned: 1 needed for visits and minimum headcounts (priority 5: 1)\n"
        in solved.stdout
    )
    assert "priority 5: 1" in solved.stdout
    assert "入户走访 (visit-1)" in solved.stdout
    assert "nobody has the skill wiring." in solved.stderr


def test_solve_ends_with_1_where_a_hard_rule_cannot_be_kept(run: Run) -> None:
    data = spoilt("visits/0/slots", [{"skills": {"wiring": 1}}])
    put("week.json", {**data, "settings": {"rules": {"unassigned": {"level": "hard"}}}})
    solved = run("solve", "week.json", "--steps", 2000)
    assert solved.exit_code == 1, solved.output
    assert read_roster(Path("week.roster.json")).outcome.status == "unknown"


def test_the_same_seed_and_steps_give_the_same_roster(run: Run) -> None:
    write_instance(Path("crew.json"), CREW.instance)
    for name in ("one.json", "two.json"):
        run("solve", "crew.json", "--out", name, "--steps", 500, "--seed", 7)
    one, two = (read_roster(Path(name)) for name in ("one.json", "two.json"))
    assert one.assignments == two.assignments
    assert one.outcome.seed == two.outcome.seed == 7


def test_solve_starts_from_a_roster_that_is_given(run: Run, crew: tuple[Path, Path]) -> None:
    solved = run("solve", crew[0], "--start", crew[1], "--steps", 1)
    assert solved.exit_code == 0, solved.output
    assert read_roster(Path("crew.roster.json")).score == CREW.score


def test_solve_refuses_to_start_from_a_roster_of_another_week(run: Run) -> None:
    put("week.json", week())
    put("roster.json", hand_made("another", GOOD))
    refused = run("solve", "week.json", "--start", "roster.json", "--steps", 10)
    assert refused.exit_code == 2
    assert "roster.json has 1 problem\n" in refused.stderr


def test_solve_writes_every_format_that_is_asked_for(run: Run) -> None:
    write_instance(Path("crew.json"), CREW.instance)
    names = ["roster.json", "roster.xlsx", "roster.csv", "roster.ics", "roster.html"]
    asked = [part for name in names for part in ("--out", name)]
    solved = run("solve", "crew.json", "--steps", 200, *asked)
    assert solved.exit_code == 0, solved.output
    assert all(Path(name).stat().st_size > 0 for name in names)
    assert sorted(path.name for path in Path().iterdir()) == sorted(["crew.json", *names])


@pytest.mark.parametrize("target", ["roster.docx", "nowhere/roster.json", "folder.json"])
def test_a_target_that_cannot_be_written_is_refused_before_the_search(
    run: Run, target: str
) -> None:
    write_instance(Path("crew.json"), CREW.instance)
    Path("folder.json").mkdir()
    assert run("solve", "crew.json", "--out", target).exit_code == 2


def test_an_input_of_unknown_ending_is_refused(run: Run) -> None:
    Path("week.txt").write_text("a week", encoding="utf-8")
    refused = run("solve", "week.txt")
    assert refused.exit_code == 2
    assert "This is text, such as .csv, and no .xlsx workbook." in refused.stderr


def test_bad_input_is_told_in_a_table_with_place_value_cause_and_remedy(run: Run) -> None:
    data = spoilt("visits/0/duration", "half an hour")
    data["visits"][1]["places"] = ["plazza"]
    put("week.json", data)
    told = run("solve", "week.json")
    assert told.exit_code == 2
    assert "week.json has 2 problems" in told.stderr
    for words in (
        "/visits/0/duration",
        "half an hour",
        "A number belongs here.",
        "/visits/1/places/0",
        "Did you mean “plaza”?",
    ):
        assert words in told.stderr
    assert list(Path().iterdir()) == [Path("week.json")]


def test_bad_input_is_told_in_chinese_too(run: Run) -> None:
    put("week.json", spoilt("visits/0/duration", -5))
    told = run("solve", "week.json", "--lang", "zh")
    assert told.exit_code == 2
    assert "week.json 有 1 处问题" in told.stderr
    assert "请填写不小于 1 的整数分钟。" in told.stderr


def test_markup_and_control_characters_of_a_file_are_printed_as_they_are(run: Run) -> None:
    data = spoilt("visits/0/places", ["[red]plaza[/red]"])
    put("week.json", data)
    told = run("solve", "week.json")
    assert "[red]plaza[/red]" in told.stderr


@pytest.mark.parametrize("command", ["solve", "due"])
def test_a_missing_file_is_bad_input(run: Run, command: str) -> None:
    told = run(command, "nowhere.json")
    assert told.exit_code == 2
    assert "There is no file nowhere.json." in told.stderr


@pytest.mark.parametrize("command", ["solve", "check", "report", "due"])
def test_an_empty_week_says_in_one_sentence_that_it_is_empty(run: Run, command: str) -> None:
    sentence = "There is no work: no visits, no shifts, and nothing that falls due."
    done = {"id": "d", "household": "home-1", "name": "d", "last_done": "2026-11-20"}
    options = {"solve": ["--steps", 10], "check": ["roster.json"], "report": ["roster.json"]}
    put("roster.json", hand_made("week"))
    for duties in ([], [done]):
        put("week.json", week(visits=[], shifts=[], duties=duties))
        told = run(command, "week.json", *options.get(command, []))
        assert told.exit_code == 0, told.output
        assert told.output.count(sentence) == 1
        assert "Every slot is assigned" not in told.output
    put("week.json", week(visits=[], shifts=[], duties=[done | {"last_done": "2026-08-20"}]))
    assert sentence not in run(command, "week.json", *options.get(command, [])).output


def test_due_lists_what_falls_due_and_the_coverage_before_and_after(run: Run) -> None:
    duty = {"id": "d1", "household": "home-1", "name": "例行走访", "every_days": 7}
    put("week.json", week(duties=[{**duty, "last_done": "2026-11-20"}]))
    listed = run("due", "week.json")
    assert listed.exit_code == 0, listed.output
    # 20 November + 7 days = Friday 27 November.
    assert "例行走访" in listed.stdout
    assert "27 Nov" in listed.stdout
    assert "1 visit falls due." in listed.stdout
    assert "Coverage now: 100.0% (1 of 1)" in listed.stdout
    put("roster.json", hand_made("week"))
    after = run("due", "week.json", "--roster", "roster.json")
    assert "after this roster: 0.0% (0 of 1)" in after.stdout


def test_solve_plans_what_falls_due(run: Run) -> None:
    duty = {"id": "d1", "household": "home-1", "name": "例行走访", "last_done": "2026-11-16"}
    ways = [{"kind": "door", "duration": 20}]
    put("week.json", week(duties=[{**duty, "every_days": 7, "ways": ways}]))
    solved = run("solve", "week.json", "--steps", 2000)
    assert solved.exit_code == 0, solved.output
    roster = read_roster(Path("week.roster.json"))
    assert "duty/d1" in {one.task for one in roster.assignments}
    assert run("check", "week.json", "week.roster.json").exit_code == 0


def test_template_writes_a_workbook(run: Run) -> None:
    assert run("template", "week.xlsx", "--lang", "zh").exit_code == 0
    assert Path("week.xlsx").read_bytes().startswith(b"PK")
    assert run("template", "week.json").exit_code == 2


def test_generate_writes_an_instance_that_can_be_read(run: Run) -> None:
    assert run("generate", "tiny/crew_meets").exit_code == 0
    assert read_instance(Path("tiny-crew_meets.json")) == CREW.instance
    assert run("generate", "tiny/crew_meets", "--out", "week.xlsx").exit_code == 0
    assert workbook.read_instance(Path("week.xlsx")) == CREW.instance


def test_generate_writes_by_the_ending(run: Run) -> None:
    assert run("generate", "shizishan/community", "--out", "week.xlsx").exit_code == 0
    assert Path("week.xlsx").read_bytes().startswith(b"PK")
    refused = run("generate", "tiny/crew_meets", "--out", "week.ics")
    assert refused.exit_code == 2
    assert not Path("week.ics").exists()


def test_generate_says_what_there_is(run: Run) -> None:
    refused = run("generate", "nothing")
    assert refused.exit_code == 2
    assert all(name in refused.stderr for name in NAMES)


def test_report_writes_a_page(run: Run, crew: tuple[Path, Path]) -> None:
    assert run("report", *crew, "--out", "week.html").exit_code == 0
    assert "<html" in Path("week.html").read_text(encoding="utf-8")


def test_serve_passes_on_where_to_listen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("service.app.run", lambda *given, **more: asked.append((*given, more)))
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
        refused = run("serve", "--port", port, "--data", "data")
        assert refused.exit_code == 2
        assert "--port" in refused.stderr
        assert "Another program has the port" in refused.stderr
    served = run("serve", "--port", port, "--data", "data", "--no-worker")
    assert served.exit_code == 0
    assert f"http://127.0.0.1:{port}:" in served.stdout
    [(settings, more)] = asked
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", port, Path("data"))
    assert more["worker"] is False


@pytest.mark.parametrize(
    ("given", "desktop", "opened"),
    [
        (["--browser"], True, True),
        (["--browser"], False, False),
        (["--browser", "--no-browser"], True, False),
        ([], True, False),
    ],
)
def test_serve_opens_the_browser_once_it_answers_where_there_is_a_desktop(
    run: Run, monkeypatch: pytest.MonkeyPatch, given: list[str], desktop: bool, opened: bool
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("webbrowser.open", shown.append)
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if desktop:
        monkeypatch.setenv("DISPLAY", ":0")

    def serve(settings: Any, *, ready: Any, **_: Any) -> None:
        assert shown == []
        before = set(threading.enumerate())
        ready()
        for thread in set(threading.enumerate()) - before:
            thread.join()
        assert shown == ([settings.address] if opened else [])

    monkeypatch.setattr("service.app.run", serve)
    ended = run("serve", "--port", 0, "--data", "data", *given)
    assert ended.exit_code == 0, ended.exception


@pytest.mark.parametrize(
    "wrong", [["solve"], ["solve", "week.json", "--steps", "0"], ["polish"], ["check", "week.json"]]
)
def test_a_command_used_wrongly_ends_with_2(run: Run, wrong: list[str]) -> None:
    assert run(*wrong).exit_code == 2


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.ZH),
        ({"LANG": "en_US.UTF-8"}, Language.EN),
        ({"LANG": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "C.UTF-8"}, Language.ZH),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB"}, Language.EN),
        ({"LANG": "en_GB", "LC_ALL": ""}, Language.EN),
    ],
)
def test_the_language_is_the_environments(environment: dict[str, str], language: Language) -> None:
    assert spoken(environment) is language


def test_a_name_with_a_control_character_does_not_reach_the_terminal(run: Run) -> None:
    instance = CREW.instance
    people = tuple(one.model_copy(update={"name": "\x1b[31m网格员"}) for one in instance.people)
    data = json.loads(dump(instance.model_copy(update={"people": people})))
    put("crew.json", data)
    write_roster(Path("best.json"), CREW.best)
    checked = run("check", "crew.json", "best.json")
    assert checked.exit_code == 2  # text like this is no name
    assert "\x1b" not in checked.output


def test_an_empty_roster_of_an_empty_week_is_perfect(run: Run) -> None:
    put("week.json", week(visits=[], shifts=[]))
    solved = run("solve", "week.json", "--steps", 10)
    assert solved.exit_code == 0, solved.output
    assert read_roster(Path("week.roster.json")).assignments == ()


def test_serve_says_what_it_lacks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "service.app", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    refused = run("serve")
    assert refused.exit_code == 2
    assert "uvicorn" in refused.stderr
