"""What stands around every page: where one can go from it, which week is at hand, which language.

A link shows once there is a route of its name and the table of rights lets the caller there: a new
page is in the bar without a change here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts

from scheduler.messages import Lang
from service.access import rules
from service.access.caller import LOCAL, Caller
from service.access.roles import AccountRole
from service.problems import language
from service.settings import LOOPBACK

BAR = (
    "get_today_page",
    "get_board_page",
    "get_undone_page",
    "get_changes_page",
    "get_orders_page",
    "get_plans_page",
    "get_tell_page",
)
"""Pages of the week at hand, in the order of the bar."""
RECORDS = ("get_people_page", "get_places_page", "get_work_page", "get_rules_page")
MORE = (
    "get_map_page",
    "get_history_page",
    "get_close_page",
    "get_figures_page",
    "get_weeks_page",
    "get_start_page",
    "get_settings_page",
)
SETTINGS = (
    "get_accounts_page",
    "get_tokens_page",
    "get_audit_page",
    "get_retention_page",
)
PHONE = ("get_today_page", "get_board_page", "get_changes_page")
"""In the bar at the foot of a phone; all others are behind 更多."""
WORKER = ("get_my_week_page", "get_open_duties_page", "get_my_hours_page")
"""All that a worker has."""


@dataclass(frozen=True)
class PageWeek:
    """The week that a page is about, or the one at hand. day: a date of it, today's where it is in it.

    before, after: ids of the weeks beside it; None: there is none.
    """

    id: str
    title: str
    label: str
    day: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class PageLink:
    """One way on. name: of its route's function; key: of its word in ``pages.nav``."""

    name: str
    key: str
    href: str
    current: bool


@dataclass(frozen=True)
class PageFrame:
    """All that base.html draws around a page."""

    lang: Lang
    caller: Caller | None
    path: str
    """With its query: what the language's form comes back to."""
    week: PageWeek | None
    bar: tuple[PageLink, ...]
    records: tuple[PageLink, ...]
    more: tuple[PageLink, ...]
    phone: tuple[PageLink, ...]
    phone_more: tuple[PageLink, ...]
    is_open: bool
    """Nobody has to sign in."""
    is_lent: bool
    """Nobody has to, but somebody's private link was opened here."""
    is_plain: bool
    """Whoever listens on the network can read along."""

    @property
    def signed_in(self) -> bool:
        """Whether there is an account to sign out."""
        return self.caller is not None and not self.is_open

    @property
    def opens(self) -> PageWeek | None:
        """The week to switch from, where there are pages of it."""
        return self.week if self.bar else None


def frame(request: Request, week: PageWeek | None) -> PageFrame:
    """What stands around the page that a request asks for."""
    caller: Caller | None = request.state.caller
    client = request.client
    query = f"?{request.url.query}" if request.url.query else ""

    def ways(names: tuple[str, ...]) -> tuple[PageLink, ...]:
        return links(request, names, week)

    worker = works(caller)
    bar = ways(WORKER if worker else BAR)
    records, more = ((), ()) if worker else (ways(RECORDS), ways(MORE))
    phone = bar if worker else ways(PHONE)
    shown = {link.name for link in phone}
    return PageFrame(
        lang=language(request),
        caller=caller,
        path=request.url.path + query,
        week=week,
        bar=bar,
        records=records,
        more=more,
        phone=phone,
        phone_more=tuple(link for link in (*bar, *records, *more) if link.name not in shown),
        is_open=caller == LOCAL,
        is_lent=caller != LOCAL and request.state.open,
        is_plain=request.url.scheme != "https" and not (client and client.host in LOOPBACK),
    )


def works(caller: Caller | None) -> bool:
    """Whether who asks has the pages of their own week, and no others."""
    return caller is not None and caller.role is AccountRole.WORKER


def links(request: Request, names: Iterable[str], week: PageWeek | None) -> tuple[PageLink, ...]:
    """Those of the named routes that there are and that the caller may go to."""
    found = (_link(request, name, week) for name in names)
    return tuple(link for link in found if link is not None)


def _link(request: Request, name: str, week: PageWeek | None) -> PageLink | None:
    caller: Caller | None = request.state.caller
    path = _paths(request.app).get(name)
    if path is None or not rules.may(name, caller):
        return None
    if "{" in path:
        if week is None:
            return None
        path = path.format(week=week.id, day=week.day)
    key = name.removeprefix("get_").removesuffix("_page")
    return PageLink(name, key, path, _is_current(request, name, path))


_ABOVE_OTHERS = frozenset({"get_board_page", "get_weeks_page", "get_my_week_page"})
"""Pages below whose addresses lie other pages of the bar: they are shown at their own alone."""


def _is_current(request: Request, name: str, path: str) -> bool:
    """Whether a page of the bar is shown, or one below it."""
    asked = request.url.path
    if name in _ABOVE_OTHERS:
        return asked == path
    route = request.scope.get("route")
    return getattr(route, "name", "") == name or asked == path or asked.startswith(f"{path}/")


def _paths(app: FastAPI) -> dict[str, str]:
    """Name of a page's route → its path. Kept with the application, whose routes do not change."""
    kept: dict[str, str] | None = getattr(app.state, "page_paths", None)
    if kept is None:
        contexts = iter_route_contexts(app.routes)
        kept = {
            str(context.name): str(context.path)
            for context in contexts
            if (context.name or "").endswith("_page")
        }
        app.state.page_paths = kept
    return kept
