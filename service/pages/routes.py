"""All pages: a router for each."""

from service.pages import (
    assets,
    board,
    home,
    imports,
    languages,
    plans,
    settings,
    signing,
    start,
    tell,
)

ROUTERS = (
    assets.router,
    signing.router,
    languages.router,
    home.router,
    start.router,
    imports.router,
    board.router,
    settings.router,
    plans.router,
    tell.router,
)
