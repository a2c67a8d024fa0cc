"""All pages: a router for each."""

from service.pages import assets, home, languages, settings, signing

ROUTERS = (
    assets.router,
    signing.router,
    languages.router,
    home.router,
    settings.router,
)
