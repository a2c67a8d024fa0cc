"""The pages for readers, and what stands in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md", "instances/**/*.md")
    for path in ROOT.glob(pattern)
)
QUOTING = [path for path in PAGES if path.name.startswith(("adding_", "how_the_search"))]
"""Pages that follow a real file; their Python is a quotation, that of other pages is run."""

_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page. `number` counts from 1."""

    page: Path
    number: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{named(self.page)} block {self.number}"


def named(page: Path) -> str:
    """A page's path from the root."""
    return page.relative_to(ROOT).as_posix()


def text(page: Path) -> str:
    """A page's text."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path, *languages: str) -> list[Block]:
    """The fenced blocks of a page in these languages."""
    every = (
        Block(page, number, match[2], re.sub(f"^{match[1]}", "", match[3], flags=re.MULTILINE))
        for number, match in enumerate(_BLOCK.finditer(text(page)), 1)
    )
    return [block for block in every if block.language in languages]


def prose(page: Path) -> str:
    """A page's text without its fenced blocks."""
    return _BLOCK.sub("", text(page))


def links(page: Path) -> list[str]:
    """Where a page's links lead, those to other sites apart."""
    return [to for to in _LINK.findall(prose(page)) if "://" not in to]


def code(page: Path) -> list[str]:
    """What stands between backticks in the prose."""
    return _CODE.findall(prose(page))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as hosts of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def paths(page: Path) -> Iterator[str]:
    """Paths of this repository that a page names in backticks, from the root."""
    for word in code(page):
        if re.fullmatch(r"(scheduler|service|instances|tests|benchmarks|docs)(/[\w.]+)+/?", word):
            yield word
