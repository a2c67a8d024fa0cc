"""Two people of one name are told apart on every page that names people."""

import re

import pytest

from scheduler.due import expand
from service.access.caller import LOCAL
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.report.weeks import half_done, week

APART = {
    "zh": ("王丽（走访甲社区）", "王丽（走访乙社区）"),
    "en": ("王丽 (走访甲社区)", "王丽 (走访乙社区)"),
}


@pytest.fixture(scope="module")
def path(site):
    """A week whose two grid workers have one name."""
    first, second, other = week().people
    one = first.model_copy(update={"name": "王丽", "areas": ("a",)})
    two = second.model_copy(update={"name": "王丽", "areas": ("b",)})
    made = expand(week(people=(one, two, other)))
    store = Store.of(site.service.settings)
    id = begun(store, LOCAL, WeekState.of(made, half_done(made))).week.id
    store.close()
    return f"/w/{id}"


@pytest.mark.parametrize("lang", APART)
def test_the_board_tells_namesakes_apart_in_rows_search_and_tips(opened, path, lang):
    page = opened(f"{path}?sel=pair~0", lang=lang)
    page.wait_for_selector("#board:not([aria-busy])")
    names = page.locator("#grid [role=rowheader]").all_inner_texts()
    assert set(APART[lang]) <= {name.strip() for name in names}
    page.locator("#side", has_text=re.compile("|".join(map(re.escape, APART[lang])))).wait_for()
    page.fill("#find", "wl")
    found = page.locator("#found li span").all_inner_texts()
    assert {name for name in found if "王丽" in name} == set(APART[lang])


@pytest.mark.parametrize("where", ["day/2026-11-23", "map", "changes", "table", "figures"])
def test_other_pages_tell_namesakes_apart(opened, path, where):
    page = opened(f"{path}/{where}")
    text = page.locator("main").text_content()
    assert "Text(" not in text
    told = [name for name in APART["zh"] if name in text]
    if where == "figures":  # beside the name, in small print
        assert "走访甲社区" in text
        assert "走访乙社区" in text
    else:
        assert told
        assert text.count("王丽") == sum(text.count(name) for name in APART["zh"])


def test_a_downloaded_table_tells_namesakes_apart(opened, path, site):
    page = opened(f"{path}/figures")
    answer = page.request.get(f"{site.url}/v1/weeks/{path[3:]}/figures/loads.csv?lang=zh")
    lines = answer.text().splitlines()
    names = [line.split(",")[0] for line in lines if "王丽" in line]
    assert len(set(names)) == len(names) == 2
