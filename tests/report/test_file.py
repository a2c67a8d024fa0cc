"""The file as text: whole in itself, escaped, in both languages, and silent about private matters."""

import json
import re

import pytest

from instances.generate import generate
from scheduler.messages import LANGS, catalogue
from scheduler.model import NotARosterError
from scheduler.report import render_report, write_report
from tests.report.weeks import (
    CANARY,
    HOSTILE,
    filled,
    half_done,
    roster,
    secret,
    secret_roster,
    week,
    without_points,
)

LINKS = re.compile(r"\b(?:src|href|action|srcset|poster)\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
FETCHES = re.compile(r"url\(|@import|\bimport\s*\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon")
SVG = "http://www.w3.org/2000/svg"


def html(instance=None, made=None, **options) -> str:
    instance = instance or week()
    return render_report(instance, made or half_done(instance), **options)


def client(page: str) -> dict:
    return json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL).group(1))


def test_the_file_refers_to_nothing_outside():
    page = html()
    assert {link[:1] for link in LINKS.findall(page)} == {"#"}
    assert FETCHES.findall(page) == []
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {SVG}


def test_the_file_forbids_the_browser_to_fetch_anything():
    assert "content=\"default-src 'none'; style-src" in html()


@pytest.mark.parametrize("lang", LANGS)
def test_both_languages_are_in_the_file_and_one_is_shown_first(lang):
    page = html(lang=lang)
    assert f'<html lang="{lang}">' in page
    for one in LANGS:
        assert catalogue(one)["report.nav.undone"] in page


def test_both_languages_have_the_same_keys_and_slots():
    slots = {
        lang: {
            key: set(re.findall(r"{(\w+)", words))
            for key, words in catalogue(lang).items()
            if key.startswith("report.")
        }
        for lang in LANGS
    }
    assert slots["zh"].keys() == slots["en"].keys()
    # Chinese dates give the month as a number, English ones as a word
    free = {"report.short_day"}
    assert {k for k in slots["zh"] if slots["zh"][k] != slots["en"][k]} <= free


def test_hostile_names_stay_text():
    instance = week(HOSTILE)
    page = html(instance, half_done(instance))
    assert "<script>alert" not in page
    assert "</script><script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    # a name that looks like a template is no template
    assert "{{7*7}}" in page.replace("&#34;", '"')
    assert client(page)["people"][0][0] == f"{HOSTILE}网格员01"


def test_private_matters_leave_no_trace():
    page = html(secret(), secret_roster())
    assert CANARY not in page
    assert catalogue("zh")["report.private.task"] in page
    assert catalogue("en")["report.private.task"] in page


def test_private_matters_are_shown_to_those_entitled():
    page = html(secret(), secret_roster(), private=True)
    assert f"visit {CANARY}" in page
    assert f"place {CANARY}" in page


def test_a_private_stop_is_drawn_in_the_middle_of_its_area():
    shown = client(html(secret(), secret_roster()))
    bar = next(bar for bar in shown["bars"] if shown["tasks"][bar[1]][0] == 0)
    name, x, y, blurred, _ = shown["places"][bar[4]]
    assert (name, blurred) == ("走访甲社区", 1)
    assert None not in (x, y)
    known = client(html(secret(), secret_roster(), private=True))
    exact = next(place for place in known["places"] if CANARY in str(place[0]))
    assert (x, y) != (exact[1], exact[2])


def test_without_coordinates_there_is_no_map():
    instance = without_points()
    page = html(instance, half_done(instance))
    assert 'id="map"' not in page
    assert 'href="#map"' not in page
    assert 'id="map"' in html()


def test_an_empty_roster_is_reported_on():
    instance = week()
    page = html(instance, roster(instance))
    assert "走访上门" in page


def test_a_roster_of_another_instance_is_refused():
    other = week(id="other")
    with pytest.raises(NotARosterError):
        render_report(other, half_done(week()))


def test_the_file_appears_whole_and_nothing_else_does(tmp_path):
    path = tmp_path / "week.html"
    write_report(week(), half_done(week()), path)
    assert path.read_text(encoding="utf-8") == html()
    assert [one.name for one in tmp_path.iterdir()] == ["week.html"]


def test_a_refused_roster_leaves_no_file(tmp_path):
    with pytest.raises(NotARosterError):
        write_report(week(id="other"), half_done(week()), tmp_path / "week.html")
    assert list(tmp_path.iterdir()) == []


def test_a_sub_district_fits_in_two_megabytes():
    instance = generate("shizishan/sub_district")
    page = render_report(instance, filled(instance))
    assert len(page.encode()) < 2_000_000
    assert page.count("<svg") == 1
