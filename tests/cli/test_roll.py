"""`lianxin roll`: the next week's file, and what it says has flowed."""

import json
from pathlib import Path

from scheduler.formats.json_file import dump, read_instance
from scheduler.model import Case, Departure, Duty, Household, Limits, WorkedWeek
from tests.cli.conftest import Run
from tests.rules.build import at, instance, person, roster, visit

WEEK = instance(
    person("a", limits=Limits(contract_minutes=120)),
    Household(id="h", name="h", place="P"),
    Duty(id="d", household="h", name="weekly call", every_days=7),
    Case(id="k", name="talks", kind="talk", household="h", sessions=3),
    visit("v", household="h", duty="d"),
    visit("w", case="k"),
)
ROSTER = roster(WEEK, ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "a", "P", at(0, "11:00")))


def put(name: str, record: object) -> None:
    Path(name).write_text(dump(record), encoding="utf-8")


def test_roll_writes_the_next_week_and_says_what_flowed(run: Run) -> None:
    put("week.json", WEEK)
    put("roster.json", ROSTER)
    told = WorkedWeek(
        horizon=WEEK.horizon, instance="tiny", departures=(Departure(task="v", done=False),)
    )
    put("worked.json", told)
    done = run("roll", "week.json", "roster.json", "--worked", "worked.json", "-o", "next.json")
    assert done.exit_code == 0, done.output
    rolled = read_instance(Path("next.json"))
    assert (rolled.duties[0].last_done, rolled.cases[0].sessions) == (None, 2)
    assert "1 standing duty was not kept this week: weekly call" in done.stdout
    # alone in the role, a had all the work that there was as a fair share
    assert "a: recent work is 100% of their own fair share" in done.stdout
    assert "talks: 2 sessions left" in done.stdout


def test_a_wrong_record_is_told_with_its_place(run: Run) -> None:
    put("week.json", WEEK)
    put("roster.json", ROSTER)
    wrong = {
        "horizon": {"start": "2026-11-23", "days": 7},
        "instance": "tiny",
        "departures": [{"task": "zz"}],
    }
    Path("worked.json").write_text(json.dumps(wrong), encoding="utf-8")
    refused = run("roll", "week.json", "roster.json", "--worked", "worked.json", "-o", "n.json")
    assert refused.exit_code == 2
    assert "/departures/0/task" in refused.output
    assert not Path("n.json").exists()
