"""One idea, one word: class names and the glossary hold each other."""

import ast
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from scheduler.formats.schema import FILES, schema

ROOT = Path(__file__).parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
WORDS, NOT_THESE = GLOSSARY.split("## Not these words")


@cache
def _trees() -> dict[Path, ast.Module]:
    """The program, file by file; parsed when a test first asks, not when tests are collected."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for package in ("scheduler", "service", "instances", "benchmarks")
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def _rows(text: str) -> list[list[str]]:
    """The cells of every table's rows, heads and rulers apart."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if row[0] not in ("idea", "not") and "---" not in row[0]]


def _names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


@cache
def _classes() -> dict[str, list[str]]:
    """Where each class name is given."""
    places = defaultdict(list)
    for path, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    return places


@cache
def _identifiers() -> set[str]:
    """Every name that the code defines: modules, classes, functions, arguments, variables, fields."""
    names: set[str] = set()
    for path, tree in _trees().items():
        names |= {path.stem, path.parent.name}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


@cache
def _json_names() -> set[str]:
    """Every field of the files, every word that a field may be, and what the files are called."""
    names = {path.partition(".")[0] for path in FILES}
    for model in FILES.values():
        root = json.loads(schema(model))
        for record in (root, *root["$defs"].values()):
            names |= set(record.get("properties", {}))
            names |= {
                word
                for field in record.get("properties", {}).values()
                for word in field.get("enum", ())
            }
    return names


FORBIDDEN = {word for row in _rows(NOT_THESE) for word in row[0].split(", ")}


def test_no_two_classes_have_one_name() -> None:
    shared = {name: places for name, places in _classes().items() if len(places) > 1}
    assert not shared, "\n".join(f"{name}: {', '.join(places)}" for name, places in shared.items())


def test_no_class_is_called_by_a_word_that_the_glossary_puts_away() -> None:
    """A private class, whose name no reader of another file meets, is held to it as well."""
    called = {
        name: re.sub(r"(?<!^)(?=[A-Z])", " ", name.lstrip("_")).lower() for name in _classes()
    }
    assert not {name for name, words in called.items() if words in FORBIDDEN}


def test_the_glossary_puts_words_away() -> None:
    assert {"plan", "solution", "told", "staff member"} <= FORBIDDEN


@pytest.mark.parametrize("row", _rows(WORDS), ids=lambda row: row[2])
def test_every_name_of_the_glossary_exists(row: list[str]) -> None:
    assert len(row) == 5, row
    _, chinese, english, code, fields = row
    assert chinese
    assert english
    assert code == "-" or (_names(code) and set(_names(code)) <= _identifiers())
    assert fields == "-" or (_names(fields) and set(_names(fields)) <= _json_names())


def test_no_two_ideas_have_one_name_in_code() -> None:
    """A primitive has the name of the fact it is made from, a search's gap and bound their field's."""
    told = [name for row in _rows(WORDS) for name in _names(row[3])]
    assert sorted({name for name in told if told.count(name) > 1}) == ["gap"]
