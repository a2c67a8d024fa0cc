"""All pages: a router for each."""

from service.pages import assets, board, home, imports, languages, settings, signing, start, tables

ROUTERS = (
    assets.router,
    signing.router,
    languages.router,
    home.router,
    start.router,
    imports.router,
    board.router,
    tables.router,
    settings.router,
)
