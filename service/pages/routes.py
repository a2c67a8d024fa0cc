"""All pages: a router for each."""

from service.pages import assets, board, home, imports, languages, me, settings, signing, start

ROUTERS = (
    assets.router,
    signing.router,
    languages.router,
    home.router,
    start.router,
    imports.router,
    board.router,
    settings.router,
    me.router,
)
