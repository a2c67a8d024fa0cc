"""Where lines are broken: between Chinese characters, never inside an id, and never at a wrong mark."""

import pytest
from rich.cells import cell_len
from rich.text import Text

from scheduler.cli.tables import PlainTable
from scheduler.cli.talk import Language, Talk
from scheduler.cli.wrapping import wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("one two", 7, ["one two"]),
        ("今天下午去走访", 8, ["今天下午", "去走访"]),
        ("今天下午去走访", 9, ["今天下午", "去走访"]),
        ("今天下午，去走访", 8, ["今天下", "午，去走", "访"]),  # no line begins with a comma
        ("今天（下午）去", 6, ["今天", "（下", "午）去"]),  # none ends with an opening bracket
        (
            "张三 duty/c1-h0039 到",
            10,
            ["张三", "duty/c1-h0039", "到"],
        ),  # longer than a line, in one piece
        ("由网格员01承担", 8, ["由网格", "员01承担"]),  # a name with its number
        ("名为<任务>.x", 5, ["名为", "<任", "务>.x"]),
        ("共 15,000 分", 9, ["共 15,000", "分"]),
        ("  · 走访改为下午三点", 12, ["  · 走访改为", "    下午三点"]),
        ("  1. one two", 9, ["  1. one", "     two"]),
        ("  one two", 6, ["  one", "  two"]),
        ("  duty/c1", 4, ["  duty/c1"]),
        ("one\n\ntwo", 9, ["one", "", "two"]),
        ("", 9, [""]),
    ],
)
def test_a_line_is_broken_where_a_reader_expects_it(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrapped(Text(text), width).plain.split("\n") == lines


def test_styles_stay_with_their_words() -> None:
    text = Text.assemble(("one", "red"), " ", ("two", "green"))
    spans = {text.plain[span.start : span.end]: span.style for span in text.spans}
    broken = wrapped(text, 4)
    assert {
        broken.plain[span.start : span.end].strip(): span.style
        for span in broken.spans
        if span.style
    } == spans


def shown(talk: Talk, *printed: object) -> list[str]:
    with talk.out.capture() as text:
        talk.out.print(*printed)
    return [line.rstrip() for line in text.get().splitlines()]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A talk on 40 columns."""
    monkeypatch.setenv("COLUMNS", "40")
    return Talk(Language.ZH)


def test_an_id_longer_than_a_line_is_printed_in_one_piece(talk: Talk) -> None:
    name = "x" * 60
    assert shown(talk, f"编号 {name}") == ["编号", name]


def test_without_columns_a_pipe_has_80(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = shown(Talk(Language.ZH), "字" * 100)
    assert [cell_len(line) for line in lines] == [80, 80, 40]


def test_a_column_of_ids_keeps_them_whole_and_the_others_give_way(talk: Talk) -> None:
    table = PlainTable("事项", "编号", ids=(1,))
    table.add_row("给住户送去一份午餐并看看是否平安", "case/c1-series07/1")
    table.add_row("短", "x")
    lines = shown(talk, table)
    assert sum("case/c1-series07/1" in line for line in lines) == 1
    assert max(map(cell_len, lines)) <= 40
