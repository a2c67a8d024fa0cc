"""What the help says, and in which language."""

import re

import pytest

from scheduler.cli.app import COMMANDS
from tests.cli.conftest import Run


def test_help_lists_every_command(run: Run) -> None:
    words = run("--help").stdout.split()
    assert {*COMMANDS, "generate", "serve"} <= set(words)


def test_the_frame_of_the_help_speaks_chinese_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Options" in run("solve", "--help").stdout
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for command in (["--help"], ["solve", "--help"]):
        shown = run(*command).stdout
        assert "选项" in shown
        assert "显示这段说明。" in shown
        assert not re.search(r"Options|Arguments|Commands|\[required|\[default|and exit", shown)


def test_a_misspelt_command_is_told_what_it_may_have_meant(run: Run) -> None:
    refused = run("exlpain")
    assert refused.exit_code == 2
    assert "'explain'" in refused.stderr
