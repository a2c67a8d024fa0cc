"""The wall sheet: what stands on it, and what a printer makes of it."""

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from instances.generate import generate
from scheduler.exports import FORMATS
from scheduler.exports.wall import _lines
from scheduler.model import Calendar, Instance, Roster
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.exports.readers import answer, week
from tests.rules.build import at, instance, person, roster, visit

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
printed = pytest.mark.skipif(
    SOFFICE is None or PDFTOTEXT is None,
    reason="printing wants LibreOffice Calc and pdftotext: apt-get install libreoffice-calc-nogui poppler-utils",
)


def _sheets(folder: Path, of: Instance, made: Roster, lang: str = "zh") -> list:
    path = folder / "roster.xlsx"
    FORMATS[".xlsx"].write(path, of, made, lang)
    return openpyxl.load_workbook(path).worksheets


def _rows(sheet) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def test_it_begins_with_the_week_its_dates_and_a_key_of_kinds(tmp_path: Path) -> None:
    title, dates, key, head = _rows(_sheets(tmp_path, week(), answer(week()))[0])[:4]
    assert title[0] == "一周 排班表"
    assert dates[0] == "2026 年 11月23日 周一 至 11月29日 周日"
    # By colour: a kind of no family has the first that is free, then venues, and what is hidden; each has a letter.
    assert key[0].startswith("图例  C check  V venue  占 占用")
    assert head[:2] == ["人员", "周一 11/23"]


def test_people_stand_by_role_with_their_days_and_leave(tmp_path: Path) -> None:
    rows = _rows(_sheets(tmp_path, week(), answer(week()))[0])[4:]
    anna, bert, cora, dora, foot = rows
    assert anna[0] == "专职网格员\n安娜"
    assert bert[0] == "贝特"
    assert anna[1] == "C 09:00–10:00 laterne\n活动室"
    assert anna[2] == "占 10:00–11:00 占用\n第一网格"
    assert anna[5] == "请假（全天）"
    assert cora[2] == anna[2]
    assert dora[3] == "V 22:00–次日 06:00 nachtwache\n广场"
    assert foot[0].startswith("“占用”为不公开的走访")


def test_who_is_not_there_and_who_has_nothing_to_do_differ(tmp_path: Path) -> None:
    of = instance(
        person("A", availability=({"from": at(0, "08:00"), "to": at(0, "18:00")},)),
        person("B"),
        visit("V"),
    )
    made = roster(of, ("V", 0, "A", "P", at(0, "09:00")))
    monday, tuesday, idle = "C 09:00–10:00 V\nP", "—", "专职网格员\n本周无安排：B"
    rows = _rows(_sheets(tmp_path, of, made)[0])[4:6]
    assert rows[0][1:3] == [monday, tuesday]
    assert rows[1][0] == idle.removeprefix("专职网格员\n")


def test_a_changed_roster_says_which_change_it_is(tmp_path: Path) -> None:
    made = answer(week()).model_copy(update={"revision": 2})
    assert "（第 2 次调整后）" in _rows(_sheets(tmp_path, week(), made)[0])[1][0]


def test_holidays_stand_in_the_head(tmp_path: Path) -> None:
    of = week()
    calendar = Calendar.model_validate({"holidays": {"2026-11-24": "labour_day"}})
    of = of.changed(settings=of.settings.model_copy(update={"calendar": calendar}))
    assert _rows(_sheets(tmp_path, of, answer(of))[0])[3][2] == "周二 11/24 劳动节"


def test_each_week_has_a_sheet_across_the_paper(tmp_path: Path) -> None:
    of = instance(person("A"), visit("V"), days=10)
    sheets = _sheets(tmp_path, of, roster(of, ("V", 0, "A", "P", at(8, "09:00"))))
    assert [sheet.title for sheet in sheets[:2]] == ["人员排班（上墙） 1", "人员排班（上墙） 2"]
    assert _rows(sheets[1])[3][1:] == ["周一 11/30", "周二 12/1", "周三 12/2"]
    for days, sheet in zip((7, 3), sheets, strict=False):
        # 141 characters of 7 pixels, and 5 for each column's edges, are the 277 mm of A4 at 96 a 25.4 mm.
        widths = [sheet.column_dimensions[letter].width for letter in "AB"]
        assert widths[0] + days * widths[1] == pytest.approx(141, abs=6)
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(sheet.page_setup.fitToHeight) == 0
        assert sheet.print_title_rows == "$4:$4"


def test_a_day_too_full_for_one_row_goes_on_in_the_next(tmp_path: Path) -> None:
    names = [f"V{number:02}" for number in range(30)]
    of = instance(person("A"), *(visit(name, duration=20) for name in names))
    made = roster(
        of, *((name, 0, "A", "P", at(0, "06:00") + 20 * n) for n, name in enumerate(names))
    )
    sheet = _sheets(tmp_path, of, made)[0]
    rows = _rows(sheet)[4:]
    people = [row for row in rows if row[1]]
    assert [row[0] for row in people] == ["专职网格员\nA", "A（续）"]
    assert re.findall(r"V\d\d", "".join(row[1] for row in people)) == names
    assert all(sheet.row_dimensions[number].height <= 409 for number in range(1, len(rows) + 4))


@pytest.mark.parametrize(("people", "paper"), [(20, 9), (40, 8)])
def test_what_takes_more_than_three_sheets_of_a4_is_printed_on_a3(
    tmp_path: Path, people: int, paper: int
) -> None:
    # A person's cell has three visits of two lines: 6 × 13 + 5 = 83 points, so 40 people are 3,320 of 1,440.
    count = 3 if paper == 8 else 1
    names = [(f"V{who}-{n}", f"p{who}", n) for who in range(people) for n in range(count)]
    of = instance(
        *(person(f"p{who}") for who in range(people)), *(visit(name) for name, _, _ in names)
    )
    made = roster(of, *((name, 0, who, "P", at(0, "09:00") + 60 * n) for name, who, n in names))
    assert _sheets(tmp_path, of, made)[0].page_setup.paperSize == paper


def test_lines_are_counted_by_width() -> None:
    # Nine letters of 1.75 are 15.75: two lines in a column of 10, and one in a column of 16.
    assert (_lines("一二三四五六七八九", 10), _lines("一二三四五六七八九", 16)) == (2, 1)
    assert _lines("a\nb", 10) == 2
    assert _lines("", 10) == 1


@printed
def test_it_prints_one_page_wide_with_its_head_on_each(tmp_path: Path) -> None:
    of = generate("shizishan/community")
    made = solve(of, Stop(steps=2_000), seed=1)
    heads = {"zh": "周日 11/29", "en": "Sun 29 Nov"}
    people = [person.name for person in of.people if len(person.name) < 8]  # in one line
    for lang, pages in zip(
        heads, _pages([_wall(tmp_path, of, made, lang) for lang in heads]), strict=True
    ):
        assert 1 < len(pages) <= 5
        for page in pages[:-1]:
            assert heads[lang].replace(" ", "") in re.sub(r"\s", "", page)
        told = re.sub(r"\s", "", "".join(pages))
        assert all(name in told for name in people)
        assert "####" not in told


def _wall(folder: Path, of: Instance, made: Roster, lang: str) -> Path:
    """The file of the wall sheet alone."""
    path = folder / f"{lang}.xlsx"
    FORMATS[".xlsx"].write(path, of, made, lang)
    wall = openpyxl.load_workbook(path)
    for sheet in wall.sheetnames[1:]:
        wall.remove(wall[sheet])
    wall.save(path)
    return path


def _pages(paths: list[Path]) -> list[list[str]]:
    """The text of each page of the PDFs that LibreOffice prints; it takes longer to start than to print."""
    folder = paths[0].parent
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation=file://{folder / 'home'}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, paths)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return [_text(path.with_suffix(".pdf")).removesuffix("\f").split("\f") for path in paths]


def _text(path: Path) -> str:
    command = [str(PDFTOTEXT), "-layout", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
