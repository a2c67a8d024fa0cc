"""What holds for each limit of the model: a rule is about it, and people can write and read it."""

import json

import openpyxl
import pytest

from scheduler.engines.exact import Requirement
from scheduler.explain.words import relaxation_in_words, requirement_in_words
from scheduler.formats import workbook
from scheduler.formats.json_file import dump, inspect
from scheduler.formats.schema import FOLDER
from scheduler.formats.workbook.sheets.settings import LIMITS
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Break, Instance, Limits, StraightLine
from scheduler.model.work import Point
from scheduler.rules import rules
from tests.rules.build import amounts, at, instance, limited, place, shift, visit
from tests.rules.engine import priced

SPECS = Limits.specs()
VALUES = {
    "counts": {"check": 3},
    "durations": {"check": 90},
    "flag": True,
    "rest": Break(start=690, end=810, minutes=45),
}
NUMBERS = [limit for limit, spec in SPECS.items() if spec.unit not in VALUES]


def each(test):
    return pytest.mark.parametrize("limit", SPECS)(test)


def week(limit: str) -> Instance:
    """A week of one person, who has this limit and no other."""
    spec = SPECS[limit]
    here = place("P", point=Point(longitude=104.1, latitude=30.6))
    week = instance(
        here, limited("A", **{limit: VALUES.get(spec.unit, spec.least + 2)}), visit("v")
    )
    return week.changed(settings=week.settings.model_copy(update={"travel": StraightLine()}))


@each
def test_a_rule_is_about_it_and_says_how_to_relax_it(limit: str) -> None:
    about = [rule for rule in rules().values() if limit in {one.name for one in rule.limits}]
    assert about
    for rule in about:
        for lang in LANGS:
            told = Requirement(rule.id, "A")
            assert "A" in relaxation_in_words(Names(week(limit), lang), told)
            assert rule.name.fill(lang) in requirement_in_words(Names(week(limit), lang), told)


@each
def test_the_schema_describes_it(limit: str) -> None:
    committed = json.loads((FOLDER / "instance.schema.json").read_text(encoding="utf-8"))
    described = committed["$defs"]["Limits"]["properties"][limit]
    assert described["description"]
    number = next((one for one in described["anyOf"] if one.get("type") == "integer"), {})
    assert (limit in NUMBERS) == ("minimum" in number)
    assert number.get("maximum") == SPECS[limit].most


@pytest.mark.parametrize("lang", LANGS)
@each
def test_the_workbook_has_its_column_and_reads_back_what_it_holds(tmp_path, limit, lang) -> None:
    path = tmp_path / "week.xlsx"
    workbook.write_instance(path, week(limit), lang)
    page = openpyxl.load_workbook(path, read_only=True)[LIMITS.title(lang)]
    assert getattr(SPECS[limit], lang) in next(page.iter_rows(max_row=1, values_only=True))
    page.parent.close()
    assert workbook.read_instance(path) == week(limit)


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_columns_have_one_heading(lang) -> None:
    headings = [LIMITS.header(column, lang) for column in LIMITS.columns]
    assert all(headings)
    assert len(set(headings)) == len(headings)


@each
def test_a_file_with_it_reads_back_the_same(limit: str) -> None:
    again, problems = inspect(dump(week(limit)).encode())
    assert again == week(limit)
    assert not [one for one in problems if one.severity == "error"]


@pytest.mark.parametrize("limit", NUMBERS)
def test_a_number_out_of_its_bounds_is_a_fault(limit: str) -> None:
    spec = SPECS[limit]
    wrong = {spec.least - 1: "too_small"}
    if spec.most is not None:
        wrong[spec.most + 1] = "too_large"
    for value, code in wrong.items():
        file = json.loads(dump(week(limit)))
        file["people"][0]["limits"][limit] = value
        _, problems = inspect(json.dumps(file).encode())
        at = f"/people/0/limits/{limit}"
        assert [(one.code, one.pointer) for one in problems if one.severity == "error"] == [
            (code, at)
        ]


@pytest.mark.parametrize("most", [name for name in SPECS if name.endswith("_max")])
def test_a_least_beyond_the_most_is_a_fault(most: str) -> None:
    least = most.replace("_max", "_min")
    file = json.loads(dump(week(most)))
    by_kind = SPECS[most].unit == "counts"
    bounds = {
        name: {"check": bound} if by_kind else bound for name, bound in ((least, 5), (most, 3))
    }
    file["people"][0]["limits"] |= bounds
    _, problems = inspect(json.dumps(file).encode())
    assert [one.code for one in problems if one.severity == "error"] == ["least_over_most"]


@pytest.mark.parametrize("rule", [rule.id for rule in rules().values() if rule.limits])
def test_who_has_no_limits_breaks_none(rule: str) -> None:
    # twenty hours from six on, day after day
    days = [(f"s{day}", at(day, "06:00")) for day in range(7)]
    week = instance(limited("A"), *(shift(id, start, duration=1200) for id, start in days))
    rows = [(id, 0, "A", "P", start) for id, start in days]
    assert amounts(rule, week, *rows) == {}
    assert priced(week, (rule,), *rows) == 0
