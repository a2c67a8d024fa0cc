"""Every page, at each width and in both languages. A new page is a line in `PAGES`."""

import pytest

PAGES = {
    "/": "coordinator",
    "/new": "coordinator",
    "/w": "viewer",
    "/settings": "coordinator",
    "/settings/accounts": "administrator",
    "/settings/accounts/new": "administrator",
    "/settings/tokens": "administrator",
    "/settings/audit?kind=all": "administrator",
    "/settings/retention": "administrator",
    "/sign-in": None,
    "/welcome": None,
    "/w/{week}": "coordinator",
    "/w/{week}/day/2026-11-23?minute=600": "coordinator",
    "/w/{week}/undone": "coordinator",
    "/w/{week}/orders": "coordinator",
    "/w/{week}/map?person=g1": "viewer",
    "/w/{week}/tell": "coordinator",
    "/w/{week}/close": "coordinator",
    "/w/{week}/close?show=all": "viewer",
    "/w/{week}/people": "coordinator",
    "/w/{week}/people/g1": "coordinator",
    "/w/{week}/history": "coordinator",
    "/w/{week}/figures": "viewer",
    "/w/{week}/places?table=areas": "coordinator",
    "/w/{week}/places/home": "viewer",
    "/w/{week}/work?columns=all": "coordinator",
    "/w/{week}/rules": "coordinator",
    "/me": "worker",
    "/me/open": "worker",
    "/me/hours": "worker",
    "/me/offline": "worker",
    "/l": None,
    "/no/such/page": "coordinator",
}
"""Address → who looks at it; None: nobody has signed in. {week}: a small one."""
PROVOKED = {"/no/such/page": "Failed to load resource: the server responded with a status of 404"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_order_at_each_width_in_both_languages(in_order, site, path):
    address = path.format(week=site.week) if "{week}" in path else path
    in_order(PAGES[path], address, [PROVOKED[path]] if path in PROVOKED else [])
