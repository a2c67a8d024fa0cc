"""What is found in a dropped file, and cells mended in it. Worked on the template's example week."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.formats.workbook import write_template
from scheduler.model import Problem
from service.imports.mending import changed_cells, marked, mended
from service.imports.reading import MOST_COLUMNS, PieceRow, SheetPiece, pieces, read


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A workbook that is sound."""
    path = tmp_path_factory.mktemp("books") / "example.xlsx"
    write_template(path, "zh", example=True)
    return path.read_bytes()


@pytest.fixture(scope="module")
def faulty(example):
    """The same with a role and a place that there are not, in 人员!C3 and 走访!D3."""
    return mended(example, {"人员!C3": "没有的角色", "走访!D3": "没有的点位"})


def test_a_sound_workbook_tells_what_it_holds(example):
    instance, found = read(example)
    assert instance is not None
    assert (found.sound, found.workbook, found.errors) == (True, True, [])
    assert found.title == "桂溪社区 示例周"
    assert found.start == instance.horizon.start.isoformat()
    assert found.counts == {"people": 6, "places": 5, "visits": 6, "shifts": 5}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1"), "workbook_old_format"),
        (b"%PDF-1.7", "workbook_other_program"),
        ("姓名,岗位\n王丽,网格员".encode(), "workbook_is_text"),
        (b'\xef\xbb\xbf {"id": ', "not_json"),
    ],
)
def test_whatever_is_dropped_is_told_of_as_what_it_is(body, code):
    instance, found = read(body)
    assert (instance, found.sound) == (None, False)
    assert [problem.code for problem in found.errors] == [code]


def test_each_fault_stands_in_a_piece_of_its_sheet(faulty):
    instance, found = read(faulty)
    assert (instance, found.sound) == (None, False)
    assert [problem.pointer for problem in found.errors] == ["人员!C3", "走访!D3"]
    people = next(piece for piece in found.pieces if piece.title == "人员")
    # The heads are in row 1; row 3 is faulty; rows 2 and 4 are beside it.
    assert [(row.number, row.head, row.faulty) for row in people.rows] == [
        (1, True, False),
        (2, False, False),
        (3, False, True),
        (4, False, False),
    ]
    assert people.text("C3") == "没有的角色"
    assert people.text("E3") == ""
    assert people.text("C2") is None
    assert people.text("ZZ3") is None


def test_a_piece_is_no_wider_than_a_page_shows():
    book = Workbook()
    book.active.title = "人员"
    for column in range(1, MOST_COLUMNS + 2):
        book.active.cell(1, column, f"h{column}")
    body = BytesIO()
    book.save(body)
    [piece] = pieces(body.getvalue(), [Problem(code="x", pointer="人员!A1")])
    assert len(piece.columns) == MOST_COLUMNS


def test_mended_cells_are_read_again(faulty):
    instance, _ = read(mended(faulty, {"人员!C3": "专职网格员", "走访!D3": "5栋"}))
    assert instance is not None
    assert instance.people[1].role == "grid_worker"


def test_a_mended_cell_is_text_and_never_a_formula(example):
    sheet = load_workbook(BytesIO(mended(example, {"人员!B3": '=HYPERLINK("http://x")'})))["人员"]
    assert (sheet["B3"].value, sheet["B3"].data_type) == ('=HYPERLINK("http://x")', "s")


def test_a_blank_text_empties_a_cell(example):
    assert load_workbook(BytesIO(mended(example, {"人员!B3": ""})))["人员"]["B3"].value is None


def test_a_cell_within_a_merge_is_its_first(example):
    book = load_workbook(BytesIO(example))
    book["人员"].merge_cells("C3:C4")
    written = BytesIO()
    book.save(written)
    sheet = load_workbook(BytesIO(mended(written.getvalue(), {"人员!C4": "咨询员"})))["人员"]
    assert sheet["C3"].value == "咨询员"


def test_the_marked_copy_has_a_comment_on_each_fault(faulty):
    _, found = read(faulty)
    book = load_workbook(BytesIO(marked(faulty, found.problems, "zh")))
    assert "没有的角色" in book["人员"]["C3"].comment.text
    assert book["人员"]["C2"].comment is None


PIECE = SheetPiece(
    title="a!b",
    columns=["A", "B"],
    rows=[
        PieceRow(number=2, cells={"A": "two\nlines"}, faulty=True, head=False),
        PieceRow(number=3, cells={"A": "beside"}, faulty=False, head=False),
    ],
)


def test_only_cells_whose_text_changed_are_written():
    fields = {
        "cell:a!b!A2": "two lines",  # as a field of one line sends it
        "cell:a!b!B2": " new ",
        "cell:a!b!A3": "not of a faulty row",
        "cell:a!b!C2": "not of a column that is shown",
        "cell:a!b!B": "no cell",
        "cell:other!A2": "no sheet",
        "a!b!A2": "no cell either",
        "do": "begin",
    }
    assert changed_cells(fields, [PIECE]) == {"a!b!B2": "new"}
    assert changed_cells({"cell:a!b!A2": ""}, [PIECE]) == {"a!b!A2": ""}


def test_json_is_told_by_its_beginning():
    _, found = read(b'{"id": "x"}')
    assert not found.workbook
    assert {problem.pointer for problem in found.errors} >= {"/horizon"}
    assert found.pieces == []


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 and nothing else", b"\xd0\xcf\x11\xe0", b"[1"])
def test_what_is_no_week_is_a_fault_and_no_crash(body):
    instance, found = read(body)
    assert instance is None
    assert found.errors
    assert found.pieces == []


def test_a_workbook_without_our_sheets_is_told_as_a_whole():
    written = BytesIO()
    Workbook().save(written)
    _, found = read(written.getvalue())
    assert "missing_sheet" in {problem.code for problem in found.errors}
    assert pieces(written.getvalue(), found.problems) == found.pieces
