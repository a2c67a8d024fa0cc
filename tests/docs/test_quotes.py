"""Pages that follow a real file quote it as it is, and are short."""

from pathlib import Path

import pytest

from tests.docs.pages import QUOTING, ROOT, Block, blocks, links, named, paths, text

MOST_LINES = 170


def _followed(page: Path) -> list[str]:
    """The text of every source file that a page links or names, and of the tests called after one."""
    linked = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
    files = {*linked, *(ROOT / path for path in paths(page))}
    files |= {test for path in files for test in (ROOT / "tests").rglob(f"test_{path.stem}.py")}
    return [
        path.read_text(encoding="utf-8")
        for path in files
        if path.is_file() and path.suffix in (".py", ".toml")
    ]


@pytest.mark.parametrize(
    "block", [block for page in QUOTING for block in blocks(page, "python", "toml")], ids=str
)
def test_every_piece_of_code_stands_in_a_file_that_the_page_names(block: Block) -> None:
    assert any(block.text in source for source in _followed(block.page)), block.text


@pytest.mark.parametrize("page", QUOTING, ids=named)
def test_a_page_quotes_something(page: Path) -> None:
    assert blocks(page, "python", "toml")


@pytest.mark.parametrize("page", QUOTING, ids=named)
def test_a_page_is_a_page(page: Path) -> None:
    assert len(text(page).splitlines()) <= MOST_LINES
