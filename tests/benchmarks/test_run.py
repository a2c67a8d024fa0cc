"""The benchmark command, on an instance of our own that needs no data."""

import json

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import app

run = CliRunner()


def test_a_run_prints_a_line_a_solve_and_saves_what_it_found(tmp_path):
    told = run.invoke(
        app,
        ["run", "weeks", "--only", "*community", "--seconds", "0.5", "--save", str(tmp_path)],
    )
    assert told.exit_code == 0, told.output
    assert "shizishan/community" in told.output
    saved = json.loads((tmp_path / "results.json").read_text())
    (result,) = saved["results"]
    assert result["checked"]
    assert result["hard"] == 0
    assert result["seed"] == 1
    assert (tmp_path / "shizishan-community.json").exists()
    assert {"when", "commit", "machine", "versions"} <= set(saved["run"])


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["weeks", "--only", "nothing"], ["hhcrsp", "--data", "nowhere"]]
)
def test_a_run_of_nothing_is_told_so(arguments):
    told = run.invoke(app, ["run", *arguments])
    assert told.exit_code == 2
