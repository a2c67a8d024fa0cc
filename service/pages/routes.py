"""All pages: a router for each."""

from service.pages import (
    assets,
    board,
    home,
    imports,
    languages,
    plans,
    records,
    rules,
    settings,
    signing,
    start,
    tables,
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
    tables.router,
    records.router,
    rules.router,
    settings.router,
    plans.router,
    tell.router,
)
