"""Templates, style sheets and scripts keep to the strict policy and to one set of tokens. Needs no browser."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from service.pages.assets import assets

PAGES = Path(__file__).parents[2] / "service" / "pages"
TEMPLATES = sorted((PAGES / "templates").rglob("*.html"))
SHEETS = sorted((PAGES / "static").rglob("*.css"))
SCRIPTS = [path for name, path in assets().items() if name.endswith(".js")]
MOST_SCRIPT_BYTES = 110_000
"""On the wire, where they are compressed."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_of_a_page_stands_in_the_page_itself(path):
    text = re.sub(r"\{[%{].*?[%}]\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not re.findall(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=|javascript:", text, re.IGNORECASE)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert [
        tag for tag in scripts if "src=" not in tag and 'type="application/json"' not in tag
    ] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_make_no_markup_from_text_and_ask_no_other_site(path):
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)
    assert re.findall(r"https?://(?!www\.w3\.org/)", text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_have_no_words_and_no_local_dates(path):
    text = path.read_text(encoding="utf-8")
    code = re.sub(r"^\s*//.*$|/\*.*?\*/|(?<=[;{,)\s])//.*$|/\^.*?\$/", "", text, flags=re.M | re.S)
    assert re.findall(r"[一-鿿]+", code) == []
    assert re.findall(r"new Date\(|toLocale(?:Date|Time)?String", code) == []


def test_all_scripts_together_are_small_on_the_wire():
    assert sum(len(gzip.compress(path.read_bytes(), 5)) for path in SCRIPTS) < MOST_SCRIPT_BYTES


@pytest.mark.parametrize("path", [*TEMPLATES, *SHEETS, *SCRIPTS], ids=lambda path: path.name)
def test_a_file_is_read_in_one_sitting(path):
    assert path.read_text(encoding="utf-8").count("\n") < 400


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_language_has_colours_of_its_own(path):
    # Every page's contrast is looked at in one language.
    text = path.read_text(encoding="utf-8")
    of_one = re.findall(r"(?::lang\(|\[lang)[^{}]*\{([^}]*)\}", text)
    assert re.findall(r"colou?r|background|opacity|filter", " ".join(of_one)) == []


@pytest.mark.parametrize(
    "path", [path for path in SHEETS if path.name != "tokens.css"], ids=lambda path: path.name
)
def test_colours_are_tokens(path):
    text = re.sub(r"@media print \{.*?\n\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert re.findall(r"#[0-9a-f]{3,8}\b", text) == []
    used = set(re.findall(r"var\((--[\w-]+)", text))
    kinds = {f"--k{n}{ink}" for n in range(9) for ink in ("", "i")}
    routes = {f"--r{n}" for n in range(6)}
    known = {f"--{name}" for name in tokens()["light"]} | kinds | routes | {"--shade"}
    assert {name for name in used if not name.startswith("--board-")} <= known | set(
        re.findall(r"(--[\w-]+):", text)
    )


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Tokens by name, as they are in the light and in the dark."""
    text = (PAGES / "static" / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)")

    def values(part: str) -> dict[str, str]:
        return dict(re.findall(r"--([\w-]+): ([^;]+);", part))

    return {"light": values(light), "dark": values(light) | values(dark)}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    # Black on white is 21 : 1; #767676 is the lightest grey that passes AA on white, 4.54 : 1.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "card", "faint")),
    ("on-accent", "accent"),
    ("on-alert", "alert"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("alert", "alert-soft"),
    ("alert", "card"),
    ("warn", "warn-soft"),
    ("good", "good-soft"),
    ("paper", "ink"),
]
"""Ink and the ground that it stands on."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_aa(scheme):
    values = tokens()[scheme]
    poor = {pair: contrast(values[pair[0]], values[pair[1]]) for pair in TEXT}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_fields_have_the_contrast_of_aa(scheme):
    values = tokens()[scheme]
    assert min(contrast(values["edge"], values[ground]) for ground in ("paper", "card")) >= 3
