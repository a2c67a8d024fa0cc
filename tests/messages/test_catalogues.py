"""Both languages say the same things, and whatever is asked for is there. Equal slots: see test_counted."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import instances.cli
import scheduler.cli
import service.commands.serving
from scheduler.messages import catalogue
from scheduler.model import Level
from scheduler.rules import rules
from scheduler.rules.common.rule import Unit

ZH, EN = catalogue("zh"), catalogue("en")


def test_both_languages_have_the_same_keys() -> None:
    assert set(ZH) ^ set(EN) == set()


@pytest.mark.parametrize("unit", sorted(get_args(Unit)))
def test_every_unit_of_a_rule_has_a_word(unit: str) -> None:
    assert f"cli.unit.{unit}" in EN
    assert f"report.unit.{unit}" in EN


def test_every_rule_has_a_unit_that_there_is() -> None:
    assert {rule.unit for rule in rules().values()} <= set(get_args(Unit))


GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")


def chinese_of(english: str) -> str:
    """The glossary's Chinese word for an idea."""
    (word,) = re.findall(rf"^\| [^|]+ \| (\w+) \| {english}\b[^|]* \|", GLOSSARY, re.MULTILINE)
    return word


@pytest.mark.parametrize("level", Level)
def test_a_level_is_called_by_the_glossarys_word_everywhere(level: Level) -> None:
    word = chinese_of(level.value)
    for table in ("cli.level", "workbook.choice.level", "report.level"):
        assert ZH[f"{table}.{level.value}"] == word
    assert ZH[f"report.score.{level.value}"] == f"{word}（分）"
    for table in ("cli.level", "workbook.choice.level"):
        assert EN[f"{table}.{level.value}"] == level.value


def test_level_and_priority_are_called_by_the_glossarys_words() -> None:
    for key in ("cli.rules.level", "report.rules.level", "workbook.rules.header.level"):
        assert ZH[key] == chinese_of("level")
    for key in ("cli.summary.priority", "report.undone.priority"):
        assert ZH[key] == chinese_of("priority")
    assert not [key for key, words in ZH.items() if re.search("硬性|软性|层级", words)]


def test_every_message_that_the_command_line_names_is_there() -> None:
    folder = Path(scheduler.cli.__file__).parent
    named = set()
    others = [Path(service.commands.serving.__file__), Path(instances.cli.__file__)]
    for path in [*folder.rglob("*.py"), *others]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in ("word", "tell", "warn"):
                    named.add(f"cli.{node.args[0].value}")
                elif called == "helped":
                    named.add(f"cli.help.{node.args[0].value}")
    assert len(named) > 40
    assert named - set(EN) == set()
