"""One idea, one word: class names and the glossary hold each other."""

import ast
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from scheduler.formats.schema import FILES, schema

ROOT = Path(__file__).parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TREES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for package in ("scheduler", "service", "instances", "benchmarks")
    for path in sorted((ROOT / package).rglob("*.py"))
}
WORDS, NOT_THESE = GLOSSARY.split("## Not these words")


def _rows(text: str) -> list[list[str]]:
    """The cells of every table's rows, heads and rulers apart."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if row[0] not in ("idea", "not") and "---" not in row[0]]


def _names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def _classes() -> dict[str, list[str]]:
    """Where each class name is given."""
    places = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    return places


def _identifiers() -> set[str]:
    """Every name that the code defines: modules, classes, functions, arguments, variables, fields."""
    names: set[str] = set()
    for path, tree in TREES.items():
        names |= {path.stem, path.parent.name}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def _json_names() -> set[str]:
    """Every field of the files, and what the files themselves are called."""
    names = {path.partition(".")[0] for path in FILES}
    for model in FILES.values():
        root = json.loads(schema(model))
        for record in (root, *root["$defs"].values()):
            names |= set(record.get("properties", {}))
    return names


CLASSES = _classes()
IDENTIFIERS = _identifiers()
JSON_NAMES = _json_names()
FORBIDDEN = {word for row in _rows(NOT_THESE) for word in row[0].split(", ")}


def test_no_two_classes_have_one_name() -> None:
    shared = {name: places for name, places in CLASSES.items() if len(places) > 1}
    assert not shared, "\n".join(f"{name}: {', '.join(places)}" for name, places in shared.items())


def test_no_class_is_called_by_a_word_that_the_glossary_puts_away() -> None:
    """A private class, whose name no reader of another file meets, is held to it as well."""
    called = {name: re.sub(r"(?<!^)(?=[A-Z])", " ", name.lstrip("_")).lower() for name in CLASSES}
    assert not {name for name, words in called.items() if words in FORBIDDEN}


def test_the_glossary_puts_words_away() -> None:
    assert {"plan", "solution", "told", "staff member"} <= FORBIDDEN


@pytest.mark.parametrize("row", _rows(WORDS), ids=lambda row: row[2])
def test_every_name_of_the_glossary_exists(row: list[str]) -> None:
    assert len(row) == 5, row
    _, chinese, english, code, fields = row
    assert chinese
    assert english
    assert code == "-" or (_names(code) and set(_names(code)) <= IDENTIFIERS)
    assert fields == "-" or (_names(fields) and set(_names(fields)) <= JSON_NAMES)


def test_no_two_ideas_have_one_name_in_code() -> None:
    """A primitive has the name of the fact it is made from, a search's gap and bound their field's."""
    told = [name for row in _rows(WORDS) for name in _names(row[3])]
    assert sorted({name for name in told if told.count(name) > 1}) == ["gap"]
