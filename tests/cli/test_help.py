"""What the help and refusals of a command line say, and in which language."""

import re

import pytest
from rich.cells import cell_len

from scheduler.cli.app import COMMANDS, Commands, language_asked
from scheduler.cli.talk import Language
from tests.cli.conftest import Run

ENGLISH = re.compile(r"(?<![\w.<>/=%-])[A-Za-z]{2,}(?![\w/=.-])")
"""A word of letters that is no option, no ending, and no part of a path."""
NAMES = {"lianxin", "zh", "en", "JSON", *Commands()}
"""Words that are the same in both languages: of this program, of a language, of a command."""


@pytest.fixture
def narrow(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A runner in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return run


def test_help_lists_every_command(run: Run) -> None:
    words = run("--help").stdout.split()
    assert {*COMMANDS, "generate", "serve"} <= set(words)


@pytest.mark.parametrize("command", ["", *Commands()])
def test_the_whole_help_of_a_command_is_chinese_and_fits_into_80_columns(
    narrow: Run, command: str
) -> None:
    shown = narrow("--lang", "zh", *command.split(), "--help")
    assert shown.exit_code == 0
    assert "用法：lianxin" in shown.stdout
    assert "显示这段说明。" in shown.stdout
    # values to type, such as week|changes, are the same in both languages
    values = {
        value
        for each in re.findall(r"[\w-]+(?:\|[\w-]+)+", shown.stdout)
        for value in each.split("|")
    }
    assert set(ENGLISH.findall(shown.stdout)) - NAMES - values == set()
    assert max(cell_len(line.rstrip()) for line in shown.stdout.splitlines()) <= 80


@pytest.mark.parametrize("command", ["", *Commands()])
def test_the_whole_help_of_a_command_is_english(narrow: Run, command: str) -> None:
    shown = narrow("--lang", "en", *command.split(), "--help").stdout
    assert "Usage: lianxin" in shown
    assert not re.search("[一-鿿]", shown.replace("李明", ""))  # somebody, as an example
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 80


def test_help_tells_values_limits_defaults_and_what_is_required(run: Run) -> None:
    shown = run("suggest", "--help").stdout
    assert "Usage: lianxin suggest WEEK ROSTER [OPTIONS]" in shown
    assert re.search(r"-k INTEGER .*\[1 to 100\] \[default: 5\]", shown)
    assert re.search(r"--visit FILE ", shown)
    assert "[required]" in run("roll", "--help").stdout
    assert "[default: --carry]" in run("roll", "--help").stdout
    assert re.search(
        r"--seed INTEGER .*\[0 or more\] \[default: 0\]", run("solve", "--help").stdout
    )
    assert "lianxin compare WEEK ROSTER [OTHER] [OPTIONS]" in run("compare", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "language", "rest"),
    [
        ("--lang en solve w", Language.EN, "solve w"),
        ("solve --lang=zh w", Language.ZH, "solve w"),
        ("solve w --lang EN", Language.EN, "solve w"),
        ("--lang zh solve w --lang en", Language.EN, "solve w"),
        ("solve w --lang fr", None, "solve w --lang fr"),
        ("solve w --lang", None, "solve w --lang"),
        ("--lang --lang en", Language.EN, "--lang"),
        ("solve --lang en -- --lang zh", Language.EN, "solve -- --lang zh"),
    ],
)
def test_the_language_is_asked_for_anywhere(
    arguments: str, language: Language | None, rest: str
) -> None:
    assert language_asked(arguments.split()) == (language, rest.split())


def test_the_language_asked_for_is_that_of_help_refusals_and_results(run: Run) -> None:
    assert "用法" in run("--lang", "zh").stdout
    assert "用法" in run("solve", "--help", "--lang=zh").stdout
    assert "错误：" in run("solve", "--lang", "zh").stderr
    assert "已写入" in run("--lang", "zh", "generate", "tiny/crew_meets").stdout
    # and it is forgotten with the command that was asked
    assert "Wrote" in run("generate", "tiny/crew_meets").stdout


@pytest.mark.parametrize(
    ("command", "english", "chinese"),
    [
        (
            "tmeplate",
            "no command “tmeplate”. Did you mean template?",
            "是不是 template？",
        ),
        ("solve w --stps 3", "no option --stps. Did you mean --steps, --start?", "没有 --stps"),
        ("solve w --steps a", "--steps should be a whole number (1 or more), and not “a”", "整数"),
        ("solve w --steps 0", "(1 or more), and not “0”", "（不小于 1）"),
        ("solve w --seconds nan", "a number (0 or more), and not “nan”", "（不小于 0）"),
        ("suggest w r -k 101", "(1 to 100), and not “101”", "（1 至 100）"),
        ("solve w --steps", "--steps needs a value", "--steps 后面要写"),
        ("solve", "WEEK is missing", "缺少 排班任务"),
        ("roll w r", "--out is missing", "缺少 --out"),
        ("solve w x", "“x” is one argument too many", "多了“x”"),
        ("solve w --lang fr", "--lang should be one of zh, en, and not “fr”", "zh、en 之一"),
        ("--lang fr solve w", "--lang should be one of zh, en, and not “fr”", "zh、en 之一"),
        ("--nothing", "no option --nothing", "没有 --nothing"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_refused_in_the_readers_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, english: str, chinese: str
) -> None:
    refused = run(*command.split())
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Error: ")
    assert english in refused.stderr
    monkeypatch.setenv("LIANXIN_LANG", "zh")
    refused = run(*command.split())
    assert refused.exit_code == 2
    assert chinese in refused.stderr
    given = {"fr", "nan", *command.split()}
    assert set(ENGLISH.findall(refused.stderr)) - NAMES - given == set()


def test_no_command_at_all_is_answered_by_the_help(run: Run) -> None:
    for arguments in ([], ["--"]):
        shown = run(*arguments)
        assert shown.exit_code == 2
        assert "Usage: lianxin COMMAND" in shown.stdout
