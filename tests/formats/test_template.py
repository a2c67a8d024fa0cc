"""The template shows what is needed, folds what is rare, refuses what is no choice, and has a week in it."""

import openpyxl
import pytest

from scheduler import Stop, check, expand, solve
from scheduler.formats import workbook
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.messages import LANGS, say

BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def written(tmp_path, lang, *, example=False):
    path = tmp_path / "week.xlsx"
    workbook.write_template(path, lang, example=example)
    return path, openpyxl.load_workbook(path)


def letter(sheet: str, field: str) -> str:
    return openpyxl.utils.get_column_letter(BY_NAME[sheet].position(field) + 1)


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_sheet_says_what_to_fill_in_with_links(tmp_path, lang):
    _, book = written(tmp_path, lang)
    first = book.worksheets[0]
    assert first.title == say("workbook.word.start_here", lang)
    links = {cell.value: cell.hyperlink.location for cell in first["A"] if cell.hyperlink}
    assert list(links)[:5] == [
        BY_NAME[name].title(lang) for name in ("settings", "places", "people", "visits", "shifts")
    ]
    assert set(links) == {sheet.title(lang) for sheet in SHEETS}
    assert all(link == f"'{title}'!A1" for title, link in links.items())
    people = next(row for row in first.iter_rows() if row[0].value == BY_NAME["people"].title(lang))
    for field in ("name", "role", "availability"):
        header = say(f"workbook.people.header.{field}", lang)
        assert header in people[1].value
    assert say("workbook.people.header.id", lang) not in people[1].value


@pytest.mark.parametrize("lang", LANGS)
def test_rare_columns_and_settings_are_folded_away_and_needed_ones_are_not(tmp_path, lang):
    _, book = written(tmp_path, lang)
    visits = book[BY_NAME["visits"].title(lang)]
    for field, folded in (("name", False), ("crew", False), ("slots.after", True), ("tie", True)):
        columns = visits.column_dimensions
        at = letter("visits", field)
        group = next((one for one in columns.values() if one.min <= _number(at) <= one.max), None)
        assert bool(group and group.hidden and group.outlineLevel) is folded, field
    settings = book[BY_NAME["settings"].title(lang)]
    rows = {
        settings.cell(row, 1).value: settings.row_dimensions[row].hidden for row in range(2, 30)
    }
    assert not rows[say("workbook.settings.header.horizon.start", lang)]
    assert rows[say("workbook.settings.header.settings.travel.detour", lang)]


def _number(column: str) -> int:
    return openpyxl.utils.column_index_from_string(column)


@pytest.mark.parametrize("lang", LANGS)
def test_drop_downs_of_closed_lists_refuse_and_others_do_not(tmp_path, lang):
    _, book = written(tmp_path, lang)
    people = book[BY_NAME["people"].title(lang)]
    lists = people.data_validations.dataValidation
    at = {
        field: next(
            one for one in lists if str(one.sqref).startswith(f"{letter('people', field)}2")
        )
        for field in ("role", "gender", "home", "skills")
    }
    for field in ("role", "gender"):
        assert (at[field].type, at[field].errorStyle or "stop", at[field].showErrorMessage) == (
            "list",
            "stop",
            True,
        )
        assert at[field].error
    assert at["home"].type == "list"
    assert not at["home"].showErrorMessage
    assert f"${letter('places', 'name')}$2" in at["home"].formula1  # names, since ids may be blank
    assert at["skills"].type != "list"


@pytest.mark.parametrize("lang", LANGS)
def test_the_week_of_the_template_is_read_and_solves_with_nothing_undone(tmp_path, lang):
    path, _ = written(tmp_path, lang, example=True)
    week, problems = workbook.inspect(path)
    assert [(one.code, one.severity) for one in problems] == [("ways_by_default", "warning")]
    assert (len(week.people), len(week.visits), len(week.shifts)) == (6, 6, 5)
    assert week.horizon.start.weekday() == 0
    week = expand(week)
    roster = solve(week, Stop(steps=2_000), seed=1)
    report = check(week, roster)
    assert report.feasible
    assert report.score.medium == 0
    workbook.write_instance(tmp_path / "again.xlsx", workbook.inspect(path)[0], lang)
    assert workbook.inspect(tmp_path / "again.xlsx")[0] == workbook.inspect(path)[0]


def test_chinese_examples_have_chinese_words(tmp_path):
    _, book = written(tmp_path, "zh")
    for sheet in ("places", "people", "duties", "cases", "visits", "shifts"):
        page = book[BY_NAME[sheet].title("zh")]
        texts = [str(cell.value) for cell in page[2] if cell.value is not None]
        assert not any(letter.isascii() and letter.isalpha() for text in texts for letter in text)


@pytest.mark.parametrize("lang", LANGS)
def test_no_id_of_the_filled_week_tells_a_private_visit(tmp_path, lang):
    path, _ = written(tmp_path, lang, example=True)
    week = workbook.read_instance(path)
    private = [visit for visit in week.visits if visit.private]
    assert private
    for visit in private:
        assert visit.name not in visit.id
        assert not any(place.name in visit.places for place in week.places)
    assert workbook.read_instance(path) == week
