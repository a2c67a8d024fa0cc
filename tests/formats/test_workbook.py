"""The workbook: what is written reads back the same, and what office people type is understood."""

from datetime import date

import openpyxl
import pytest

from instances.generate import NAMES, generate
from scheduler.due import expand
from scheduler.formats import workbook
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.messages.problems import explain
from scheduler.model import (
    Freeze,
    InputError,
    Limits,
    Matrix,
    Pair,
    PersonHistory,
    Problem,
    Published,
    Window,
)
from scheduler.model.exemption import Exemption
from scheduler.model.history import PastSums
from scheduler.model.work import SharedSkill
from tests.rules.build import instance, place

LANGS = ("zh", "en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [name for name in NAMES if name != "shizishan/sub_district"])
def test_a_week_written_as_a_workbook_reads_back_the_same(tmp_path, name, lang):
    week = generate(name)
    path = tmp_path / "week.xlsx"
    workbook.write_instance(path, week, lang)
    assert workbook.read_instance(path) == week


@pytest.mark.parametrize("lang", LANGS)
def test_a_week_that_was_replanned_reads_back_with_what_is_published(tmp_path, lang):
    week = expand(generate("shizishan/community"))
    told = [
        Published(
            task=visit.id,
            slot=len(visit.slots) - 1,
            person=week.people[number].id,
            place=visit.places[0],
            start=1440 + number,
            promised=number == 1,
            standing=("firm", "loose", "lost")[number],
        )
        for number, visit in enumerate(sorted(week.visits, key=lambda one: -len(one.slots))[:3])
    ]
    changed = week.changed(
        published=tuple(told),
        freeze=Freeze(time=1500, day=3000),
        affected=(week.people[2].id, week.people[0].id),
    )
    path = tmp_path / "week.xlsx"
    workbook.write_instance(path, changed, lang)
    assert workbook.inspect(path)[0] == changed


@pytest.mark.parametrize("lang", LANGS)
def test_a_template_asks_only_for_what_must_be_told(tmp_path, lang):
    path = tmp_path / "week.xlsx"
    workbook.write_template(path, lang)
    _, found = workbook.inspect(path)
    settings = SHEETS[0].title(lang)
    assert [(one.code, one.pointer) for one in found if one.severity == "error"] == [
        ("cell_required", f"{settings}!B4"),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_blank_cell_that_must_be_filled_is_told_with_the_heading_beside_it(tmp_path, lang):
    path = tmp_path / "week.xlsx"
    workbook.write_instance(path, generate("shizishan/community"), lang)
    sheets = {sheet.name: sheet for sheet in SHEETS}
    heads = {
        "settings": next(c for c in sheets["settings"].columns if c.field == "horizon.start"),
        "people": next(c for c in sheets["people"].columns if c.field == "name"),
    }
    headings = {name: sheets[name].header(column, lang) for name, column in heads.items()}
    book = openpyxl.load_workbook(path)
    item = next(
        c for c in book[sheets["settings"].title(lang)]["A"] if c.value == headings["settings"]
    )
    book[sheets["settings"].title(lang)].cell(item.row, 2).value = None
    people = book[sheets["people"].title(lang)]
    head = next(cell for cell in people[1] if str(cell.value).strip("*") == headings["people"])
    people.cell(2, head.column).value = None
    book.save(path)
    _, found = workbook.inspect(path)
    blank = [one for one in found if one.code == "cell_required"]
    assert [explain(one, "zh").cause for one in blank] == [
        f"“{h}”必须填写。" for h in headings.values()
    ]
    assert [explain(one, "en").cause for one in blank] == [
        f"“{h}” must be filled in." for h in headings.values()
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_template_has_drop_downs_notes_examples_and_prints(tmp_path, lang):
    path = tmp_path / "week.xlsx"
    workbook.write_template(path, lang)
    book = openpyxl.load_workbook(path)
    people = book[next(sheet for sheet in SHEETS if sheet.name == "people").title(lang)]
    kinds = {one.type for one in people.data_validations.dataValidation}
    assert "list" in kinds
    assert all(one.prompt for one in people.data_validations.dataValidation)
    assert people["A2"].value.startswith(("示例", "EXAMPLE"))
    assert people.freeze_panes == "B2"
    assert people.page_setup.orientation == "landscape"
    assert [sheet.sheet_state for sheet in book].count("hidden") == 1


def _filled(tmp_path, changes: dict[tuple[str, str], object]):
    """A small workbook in Chinese with some cells changed; (sheet's name, cell) → value."""
    path = tmp_path / "week.xlsx"
    workbook.write_template(path, "zh")
    book = openpyxl.load_workbook(path)
    titles = {sheet.name: sheet.title("zh") for sheet in SHEETS}
    basic = {
        ("settings", "B2"): "第48周",
        ("settings", "B4"): date(2026, 11, 23),
        ("places", "A3"): "广场",
        ("places", "B3"): "临街小广场",
        ("places", "E3"): 104.1,
        ("places", "F3"): 30.6,
        ("people", "A3"): "网格员01",
        ("people", "B3"): "专职网格员01",
        ("people", "C3"): "专职网格员",
        ("people", "G3"): "周一至周五 08:30-17:30",
        ("visits", "A3"): "走访1",
        ("visits", "B3"): "上门走访",
        ("visits", "C3"): "door",
        ("visits", "D3"): "广场",
        ("visits", "E3"): "11-23 09:00-11:00",
        ("visits", "F3"): 30,
    }
    for (sheet, cell), value in (basic | changes).items():
        book[titles[sheet]][cell] = value
    book.save(path)
    return path


def test_what_office_people_type_is_understood(tmp_path):
    path = _filled(
        tmp_path,
        {
            ("settings", "B4"): "2026年11月23日",
            ("places", "E3"): "104.1",
            ("people", "A3"): "网格员０１",
            ("visits", "E3"): "11月24日 9：00－11：00",
            ("visits", "F3"): "1小时30分",
        },
    )
    week = workbook.read_instance(path)
    assert week.horizon.start == date(2026, 11, 23)
    assert week.people[0].id == "网格员01"
    (visit,) = week.visits
    assert visit.duration == 90
    # Tuesday: 1 x 1440 + 9 x 60 = 1980 to 1 x 1440 + 11 x 60 = 2100.
    assert [(one.start, one.end) for one in visit.windows] == [(1980, 2100)]


def test_every_fault_is_told_at_once_with_its_cell(tmp_path):
    path = _filled(
        tmp_path,
        {
            ("visits", "F3"): "很久",
            ("visits", "A4"): "走访2",
            ("visits", "B4"): "上门走访",
            ("visits", "C4"): "door",
            ("visits", "D4"): "广厂",
            ("visits", "E4"): "11-23 09:00-11:00",
            ("visits", "F4"): 30,
            ("people", "C3"): "队长",
            ("places", "E3"): 1041,
        },
    )
    with pytest.raises(InputError) as caught:
        workbook.read_instance(path)
    told = {(one.code, one.pointer) for one in caught.value.problems}
    assert {("cell_not_duration", "走访!F3"), ("cell_not_choice", "人员!C3")} <= told
    assert any(at == "走访!D4" for _, at in told)
    assert any(at == "点位!E3" for _, at in told)
    for problem in caught.value.problems:
        for lang in LANGS:
            assert all(explain(problem, lang))


def test_a_missing_column_and_a_missing_sheet_are_named(tmp_path):
    path = _filled(tmp_path, {("visits", "F1"): None})
    book = openpyxl.load_workbook(path)
    del book["人员"]
    book.save(path)
    with pytest.raises(InputError) as caught:
        workbook.read_instance(path)
    told = {(one.code, one.slots.get("column", one.value)) for one in caught.value.problems}
    assert ("missing_sheet", "人员") in told
    assert any(code == "missing_column" for code, _ in told)


def test_the_marked_workbook_shows_each_fault_in_its_cell(tmp_path):
    path = _filled(tmp_path, {("visits", "F3"): "很久"})
    _, found = workbook.inspect(path)
    workbook.mark_faults(path, tmp_path / "marked.xlsx", found, "zh")
    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx")["走访"]["F3"]
    assert "很久" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F4C7C3")


def test_what_a_workbook_cannot_hold_is_refused_rather_than_lost(tmp_path):
    week = instance(place("P"))
    assert isinstance(week.settings.travel, Matrix)
    with pytest.raises(InputError) as caught:
        workbook.write_instance(tmp_path / "week.xlsx", week, "zh")
    assert [one.pointer for one in caught.value.problems] == ["/settings/travel/kind"]
    assert not (tmp_path / "week.xlsx").exists()


def test_a_fault_without_a_cell_is_not_marked(tmp_path):
    path = _filled(tmp_path, {})
    workbook.mark_faults(path, tmp_path / "m.xlsx", [Problem(code="empty_file", pointer="")], "en")
    assert openpyxl.load_workbook(tmp_path / "m.xlsx")["走访"]["A3"].comment is None


@pytest.mark.parametrize("lang", LANGS)
def test_pairs_shared_skills_exceptions_and_sums_read_back(tmp_path, lang):
    week = expand(generate("shizishan/community"))
    skilled = next(one for one in week.people if one.skills)
    skill = next(iter(skilled.skills))
    crew = next(one for one in week.visits if len(one.slots) > 1)
    mix = (SharedSkill(skill=skill, count=2), SharedSkill(skill='a×2:"、', level=3))
    first, second, *_ = week.people
    past = PersonHistory(period=PastSums(minutes=5, days=1, tasks=2), kind_runs={"夜班": 2})
    changed = week.changed(
        people=tuple(
            one.model_copy(update={"skill_until": {skill: date(2026, 12, 31)}})
            if one is skilled
            else one
            for one in week.people
        ),
        visits=tuple(
            one.model_copy(update={"skill_mix": mix}) if one is crew else one for one in week.visits
        ),
        history={**week.history, first.id: past},
        pairs=(Pair(people=(first.id, second.id), together="never"),),
        exceptions=(
            Exemption(
                rule="availability",
                task=crew.id,
                person=first.id,
                reason="本人同意",
                start=600,
                hours=(Window(start=60, end=120),),
                limits=Limits(weekly_minutes=3000, daily_minutes=None),
                skill_until={skill: date(2026, 12, 1)},
                place=week.places[0].id,
            ),
            Exemption(rule="min_rest", task=crew.id, reason="x"),
        ),
    )
    path = tmp_path / "week.xlsx"
    workbook.write_instance(path, changed, lang)
    assert workbook.inspect(path)[0] == changed


@pytest.mark.parametrize("typed", ["急救:1*2", "急救×2", "急救 : 1 ×2"])
def test_a_mix_is_read_as_people_write_it(tmp_path, typed):
    changes = {("visits", "G3"): 2, ("people", "D3"): "急救", ("people", "A4"): "b"}
    path = _filled(tmp_path, changes)
    book = openpyxl.load_workbook(path)
    sheet = book["走访"]
    column = next(cell.column for cell in sheet[1] if cell.value == "技能要求合计")
    sheet.cell(3, column).value = typed
    book["人员"]["B4"], book["人员"]["C4"], book["人员"]["D4"] = "乙", "专职网格员", "急救"
    book.save(path)
    week = workbook.inspect(path)[0]
    assert week.visits[0].skill_mix == (SharedSkill(skill="急救", count=2),)
