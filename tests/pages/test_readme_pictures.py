"""The README's pictures are there, small, and of the pages as they stand."""

import json
import os
import re

import pytest

from tests.docs.pages import ROOT
from tests.pages.readme import FOLDER, MOST_BYTES, SCENES, WORDS, example_site, take

README = (ROOT / "README.md").read_text(encoding="utf-8")
AGAIN = "take them again: python -m tests.pages.readme"


def size_of(picture):
    """Width and height of a WebP file in pixels: of its canvas, each less one in three bytes (RFC 9649, 2.7)."""
    head = picture.read_bytes()[:30]
    assert (head[:4], head[8:16]) == (b"RIFF", b"WEBPVP8X")
    return tuple(int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))


def test_the_readme_shows_all_six_and_no_other():
    shown = re.findall(r"\]\(docs/pictures/([\w-]+)\.webp\)", README)
    assert sorted(shown) == sorted(SCENES)
    assert len(SCENES) == 6
    assert {path.name for path in FOLDER.iterdir()} == {*(f"{name}.webp" for name in SCENES), WORDS}


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_is_small_and_of_its_size(name):
    picture = FOLDER / f"{name}.webp"
    assert picture.stat().st_size < MOST_BYTES
    assert size_of(picture) == SCENES[name].size


@pytest.mark.skipif(
    "LIANXIN_PICTURES" not in os.environ,
    reason="takes minutes: set LIANXIN_PICTURES to see whether the pictures are to be taken again",
)
def test_the_command_takes_them_of_the_pages_as_they_stand(browser, tmp_path):
    """What a page is called and leads to is what it was when its picture was taken."""
    taken = tmp_path / "pictures"
    with example_site(tmp_path, seconds=1) as (site, ids):
        take(taken, browser, site, ids)
    assert sorted(path.name for path in taken.iterdir()) == sorted(
        path.name for path in FOLDER.iterdir()
    )
    for name, scene in SCENES.items():
        assert size_of(taken / f"{name}.webp") == scene.size
    now, then = (json.loads((folder / WORDS).read_text("utf-8")) for folder in (taken, FOLDER))
    assert all(words for words in then.values())
    assert now == then, AGAIN
