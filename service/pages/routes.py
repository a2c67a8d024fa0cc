"""All pages: a router for each."""

<<<<<<< HEAD
from service.pages import assets, board, home, imports, languages, plans, settings, signing, start
=======
from service.pages import assets, board, home, imports, languages, settings, signing, start, tell
>>>>>>> tell2

ROUTERS = (
    assets.router,
    signing.router,
    languages.router,
    home.router,
    start.router,
    imports.router,
    board.router,
    settings.router,
<<<<<<< HEAD
    plans.router,
=======
    tell.router,
>>>>>>> tell2
)
