"""The samples of the pages work: Python is run, commands and requests are ones that there are."""

import ast
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

import dev
from scheduler.cli import app
from service import openapi
from tests.docs.pages import PAGES, QUOTING, ROOT, blocks, code, named

RUN = [page for page in PAGES if page not in QUOTING and blocks(page, "python")]
FILES = ("week.json", "roster.json", "changes.json", "worked.json")
"""What the samples find beside them; see docs/json."""

LIANXIN = typer.main.get_command(app)
assert isinstance(LIANXIN, TyperGroup)


@pytest.mark.parametrize("page", RUN, ids=named)
def test_the_python_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in FILES:
        shutil.copy(ROOT / "docs" / "json" / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "sample"}
    for block in blocks(page, "python"):
        exec(compile(block.text, str(block), "exec"), names)


def _shell(page: Path) -> Iterator[list[str]]:
    """The commands of a page's blocks, as words; of a console only what is typed."""
    for block in blocks(page, "sh", "console"):
        whole = block.text.replace("\\\n", " ")
        for line in whole.splitlines():
            if block.language == "console" and not line.startswith("$ "):
                continue
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words:
                yield words


COMMANDS = [(named(page), words) for page in PAGES for words in _shell(page)]


@pytest.mark.parametrize("words", [words for _, words in COMMANDS], ids=" ".join)
def test_every_command_can_be_typed(words: list[str]) -> None:
    while re.match(r"[A-Z_]+=", words[0]):  # a variable of the environment, set for the command
        words = words[1:]
    if words[:2] == ["runuser", "-u"]:  # as another user
        words = words[words.index("--") + 1 :]
    match words:
        case ["lianxin", name, *arguments]:
            _parsed(name, arguments)
        case ["python", "-c", source]:
            ast.parse(source)
        case ["python3", "dev.py", job, *_]:
            assert job in dev.JOBS
        case ["python" | "python3" | ".venv/bin/python", "-m", module, *arguments]:
            assert find_spec(module) is not None
            _paths_are_there(arguments)
        case ["pytest" | ".venv/bin/pytest", *arguments]:
            _paths_are_there(arguments)
        case ["curl", *arguments]:
            assert _request(arguments) in _operations()
        case _:
            assert words[0] in (".", "cp", "git", "pre-commit", ".venv/bin/pre-commit"), words


def test_commands_were_found() -> None:
    assert len(COMMANDS) > 20


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_within_sentences_have_the_options_that_they_show(page: Path) -> None:
    for words in code(page):
        if command := re.match(r"lianxin (\w[\w-]*)", words):
            options = {option for one in _command(command[1]).params for option in one.opts}
            assert set(re.findall(r"--[\w-]+", words)) <= options, words


def _command(name: str) -> TyperCommand:
    command = LIANXIN.commands[name]
    assert isinstance(command, TyperCommand)
    return command


def _parsed(name: str, arguments: list[str]) -> None:
    """Raises what the command line tells, where the command does not take the arguments."""
    _command(name).make_context(name, list(arguments))


def _paths_are_there(arguments: list[str]) -> None:
    for word in arguments:
        if word.startswith("tests/"):
            assert (ROOT / word.partition("::")[0]).exists(), word


def _request(arguments: list[str]) -> tuple[str, str]:
    """(method, path) of a curl call; … stands for an id."""
    method = arguments[arguments.index("-X") + 1] if "-X" in arguments else "GET"
    address = next(word for word in arguments if word.startswith("localhost"))
    return method.lower(), re.sub(r"…", "{}", address.partition("/")[2].partition("?")[0])


def _operations() -> set[tuple[str, str]]:
    document = json.loads(openapi.FILE.read_text(encoding="utf-8"))
    return {
        (method, re.sub(r"\{\w+\}", "{}", path.removeprefix("/")))
        for path, item in document["paths"].items()
        for method in item
    }
