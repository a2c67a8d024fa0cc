"""Figures in a real browser: bars as long as the figures are, each chart with its table and its file."""

CHARTS = {"loads", "days", "kinds", "ways", "undone"}
"""Of the small week: nobody is known to a household there."""


def _rows(page, section):
    return page.locator(f"section:has(#{section}-title) .bars li")


def test_bars_are_as_long_as_the_figures(opened, site):
    # Other tests of this service may have begun weeks before it.
    page = opened(f"/w/{site.week}/figures?weeks=1")
    # 120 minutes of a share of 96; the longest is a grid worker's share of 960: 998 units across.
    row = _rows(page, "loads").filter(has_text="志愿者01")
    assert row.locator(".value").inner_text() == "2.0 / 1.6 小时"
    assert row.locator(".is").get_attribute("width") == str(998 * 120 // 960)
    assert row.locator(".against").get_attribute("x1") == str(1 + 998 * 96 // 960)
    duties = _rows(page, "kinds").first
    assert duties.locator(".value").inner_text() == "1/2"
    assert (duties.locator(".whole").count(), duties.locator(".against").count()) == (1, 0)
    assert duties.locator(".is").get_attribute("width") == "499"
    assert page.locator("main .primary").count() == 1


def test_each_chart_has_its_table_and_a_file(opened, site):
    page = opened(f"/w/{site.week}/figures", lang="en", width=360)
    found = page.locator("main section.card")
    shown = [one for one in found.all() if one.locator(".bars").count()]
    assert len(shown) == len(CHARTS)
    links = set()
    for card in shown:
        card.locator("summary").click()
        assert card.locator("tbody tr").count() > 0
        links.add(card.locator("a[download]").get_attribute("href"))
    assert {link.split("/figures/")[1].split(".csv")[0] for link in links} == CHARTS
    for link in links:
        answer = page.request.get(site.url + link)
        assert (answer.status, answer.body()[:3]) == (200, b"\xef\xbb\xbf")


def test_opened_tables_are_told_apart_from_their_charts(opened, site, axe):
    page = opened(f"/w/{site.week}/figures")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    axe(page)


def test_without_colour_a_bar_an_outline_and_a_mark_are_told_apart(opened, site):
    page = opened(f"/w/{site.week}/figures")
    page.emulate_media(media="print")
    style = "(one) => { const style = getComputedStyle(one); return [style.fill, style.stroke]; }"
    bar = page.locator(".bars .is").first.evaluate(style)
    whole = page.locator(".bars .whole").first.evaluate(style)
    mark = page.locator(".bars .against").first.evaluate(style)
    assert whole[1] != "none"
    assert bar[1] == "none"
    assert len({bar[0], whole[0], mark[1]}) == 3


def test_who_has_an_area_sees_the_figures_of_it_alone(opened, site):
    """The visit of the other community has all its people; its own two are a post half filled and one left."""
    for name, areas, filled, undone in (
        ("figures-of-a", ["a"], ["1/2", "0/1"], 1),
        ("figures-of-b", ["b"], ["2/2"], 0),
    ):
        site.add_account(name, "a-long-password-of-theirs", areas=areas)
        page = opened(f"/w/{site.week}/figures", who=name)
        for chart in ("days", "kinds"):
            assert _rows(page, chart).locator(".value").all_inner_texts() == filled
        assert _rows(page, "undone").count() == undone
        link = page.locator("a[download][href*='kinds.csv']").get_attribute("href")
        lines = page.request.get(site.url + link).text().strip().splitlines()
        assert len(lines) == 1 + len(filled)
