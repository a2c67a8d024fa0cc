"""All pages: a router for each."""

from service.pages import (
    assets,
    board,
    changes,
    close,
    home,
    imports,
    languages,
    me,
    plans,
    settings,
    signing,
    start,
    tell,
    today,
    undone,
)

ROUTERS = (
    assets.router,
    signing.router,
    languages.router,
    home.router,
    start.router,
    imports.router,
    today.router,
    undone.router,
    board.router,
    settings.router,
    plans.router,
    changes.router,
    tell.router,
    close.router,
    me.router,
)
