"""Links lead somewhere, files that a page names are there, and what the code lists is not listed again."""

from pathlib import Path

import pytest

from scheduler.exports import FORMATS
from tests.docs.pages import PAGES, ROOT, anchors, links, named, paths, text

INDEX = ROOT / "docs" / "README.md"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_path_it_names_is_there(page: Path) -> None:
    missing = [path for path in paths(page) if not (ROOT / path).exists()]
    assert not missing


def test_the_index_leads_to_every_page_of_the_docs() -> None:
    told = {(INDEX.parent / link.partition("#")[0]).resolve() for link in links(INDEX)}
    assert {page for page in PAGES if INDEX.parent in page.parents} - told - {INDEX} == set()


def test_the_readme_and_the_contributing_page_lead_to_the_index() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        assert any("docs/README.md" in link for link in links(ROOT / page)), page


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_table_of_formats_stands_in_the_code_alone(page: Path) -> None:
    for paragraph in text(page).split("\n\n"):
        assert sum(ending in paragraph for ending in FORMATS) < len(FORMATS) - 1, paragraph
