"""Every code that the program can tell has its two sentences in both languages."""

import ast
import re
from collections.abc import Collection
from pathlib import Path

import pytest

import scheduler
from scheduler.formats.structure import _CODES
from scheduler.messages import LANGS, catalogue
from scheduler.messages.problems import explain
from scheduler.model import Problem

ROOT = Path(scheduler.__file__).parent.parent


def _constants(node: ast.expr) -> list[str]:
    """Codes that an expression may stand for: a text, or one of two."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return []


def _codes() -> dict[str, str]:
    """Code → the file that tells it, from every place where the program names one."""
    found: dict[str, str] = {}
    for folder in ("scheduler", "service", "instances", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for code in _told(node, folder):
                    found[code] = path.name
    return found


def _told(node: ast.AST, folder: str) -> list[str]:
    """``Problem(code="…")``, ``warning("…")``, ``CellError("…")``, ``context.note("…")``, ``reader.fault("…")`` and ``code = "…"``."""
    if isinstance(node, ast.Call):
        if getattr(node.func, "id", "") == "Problem":
            return [
                c for word in node.keywords if word.arg == "code" for c in _constants(word.value)
            ]
        if getattr(node.func, "id", "") == "warning":
            return _constants(node.args[0])
        if getattr(node.func, "id", "") == "CellError" and node.args:
            return [f"cell_{code}" for code in _constants(node.args[0])]
        if getattr(node.func, "attr", "") == "fault" and node.args:
            return _constants(node.args[0])
        if getattr(node.func, "attr", "") == "warn" and _of_a_reader(node):
            return _constants(node.args[0])
        if getattr(node.func, "attr", "") == "note" and node.args:
            return [f"cell_{code}" for code in _constants(node.args[0])]
    if isinstance(node, ast.Assign) and folder == "scheduler":
        targets = [getattr(target, "id", "") for target in node.targets]
        return _constants(node.value) if targets == ["code"] else []
    return []


def _of_a_reader(call: ast.Call) -> bool:
    """Whether ``warn`` is a workbook reader's, and not the terminal's."""
    return getattr(getattr(call.func, "value", None), "id", "") in ("reader", "self")


PROBLEMS = sorted(key for key in catalogue("en") if key.startswith("problems."))
KINDS = ("area", "place", "person", "household", "duty", "case", "visit", "task", "rule")


@pytest.fixture(scope="module")
def codes() -> Collection[str]:
    """Read when a test asks: every process that runs tests loads this file, and one of them needs it."""
    return _codes().keys()


def test_the_program_tells_many_codes(codes: Collection[str]) -> None:
    assert {"duplicate_id", "not_json", "unknown_task", "file_not_found"} <= set(codes)


def test_every_code_has_a_cause_and_a_remedy_in_both_languages(codes: Collection[str]) -> None:
    told = {*codes, *_CODES.values(), *(f"unknown_{kind}" for kind in KINDS)}
    lacking = [
        f"{code} has no {part} in {lang}"
        for lang in LANGS
        for code in sorted(told)
        for part in ("cause", "remedy")
        if not {f"problems.{code}.{part}", f"workbook.problem.{code}.{part}"}
        & catalogue(lang).keys()
    ]
    assert lacking == []


def test_both_languages_have_the_same_problems() -> None:
    assert sorted(key for key in catalogue("zh") if key.startswith("problems.")) == PROBLEMS


def test_a_cell_gets_the_words_for_cells_and_a_field_those_for_fields(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = {
        "problems.odd.cause": "field",
        "problems.odd.remedy": "field",
        "workbook.problem.odd.cause": "cell",
        "workbook.problem.odd.remedy": "cell",
    }
    monkeypatch.setattr("scheduler.messages.catalogue", lambda lang, begin="": words)
    assert explain(Problem(code="odd", pointer="/visits/0/a!b"), "en").cause == "field"
    assert explain(Problem(code="odd", pointer="走访!C4"), "en").cause == "cell"


def test_a_near_miss_is_asked_about_before_the_remedy() -> None:
    problem = Problem(
        code="unknown_place", pointer="/p", value="plazza", slots={"suggestion": "plaza"}
    )
    assert explain(problem, "en").remedy == (
        "Did you mean “plaza”? Correct the id, or add the place to places."
    )
    assert explain(problem.model_copy(update={"slots": {"suggestion": ""}}), "en").remedy == (
        "Correct the id, or add the place to places."
    )


def test_roles_that_nobody_has_are_told_by_their_names() -> None:
    slots = {"missing": "counsellor, partner"}
    problem = Problem(code="shift_nobody_fit", pointer="/shifts/0", value="s", slots=slots)
    assert "没有人符合“咨询员、共建单位”的要求。" in explain(problem, "zh").cause
    assert "nobody has one of the roles Counsellor, Partner." in explain(problem, "en").cause


@pytest.mark.parametrize(
    ("missing", "zh", "en"),
    [
        ("police ≥ 1", "“技能 police”", "the skill police"),
        ("police ≥ 2, law ≥ 1", "“技能 police 2 级、law”", "the skills police (level 2), law"),
        ("a, b ≥ 1", "“a, b ≥ 1”", "a, b ≥ 1"),
    ],
)
def test_skills_that_nobody_has_are_told_with_levels_above_the_first(
    missing: str, zh: str, en: str
) -> None:
    problem = Problem(code="shift_nobody_fit", pointer="/s", value="s", slots={"missing": missing})
    assert f"没有人符合{zh}的要求。" in explain(problem, "zh").cause
    assert f"nobody has {en}." in explain(problem, "en").cause


def test_no_sentence_in_chinese_names_a_sheet_by_its_key() -> None:
    told = {key: text for key, text in catalogue("zh").items() if key.startswith("problems.")}
    assert {key for key, text in told.items() if re.search("（[a-z_]+）", text)} == set()
    problem = Problem(code="unknown_place", pointer="/p", value="x", slots={"suggestion": ""})
    assert explain(problem, "zh").remedy == "请改正编号，或在“点位”表中加上它。"
