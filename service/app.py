"""The application: `create_app` puts the parts together, `run` serves it with its worker."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import FrameType

import uvicorn
from fastapi import Depends, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.concurrency import run_in_threadpool

from service import problems
from service.access.gate import Gate, authorize, ensure_rights
from service.document import document
from service.jobs.engine import Client
from service.jobs.port import Jobs, NewId, new_id
from service.jobs.supervisor import Supervisor
from service.migrate import migrate
from service.roads import use_road_servers
from service.routes import (
    explanations,
    exports,
    health,
    instances,
    interface,
    jobs,
    me,
    operations,
    replans,
    rolls,
    suggestions,
)
from service.routes.common import Parts
from service.security import Guard
from service.settings import ServiceSettings
from service.store import Store
from service.unversioned import VERSION, Unversioned
from service.versions import versions

log = logging.getLogger("lianxin.service")

_SHUTDOWN_SECONDS = 3
_VERSIONED = (
    instances,
    operations,
    suggestions,
    explanations,
    replans,
    rolls,
    jobs,
    exports,
    me,
)
"""Routes whose addresses begin with the version of the interface."""


def create_app(
    settings: ServiceSettings, *, worker: bool = True, new_id: NewId = new_id
) -> FastAPI:
    """The application over a data directory, which is made where it is missing.

    worker: also run a worker process beside it. new_id: makes ids of instances and jobs.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts = await run_in_threadpool(_open, settings, new_id, app.state.leaving)
        app.state.parts = parts
        supervisor = Supervisor(parts.store, settings)
        if worker:
            await run_in_threadpool(supervisor.start)
        try:
            yield
        finally:
            if worker:
                await run_in_threadpool(supervisor.stop)
            parts.client.close()
            parts.store.close()

    # FastAPI's documentation pages load scripts from other sites; the document is a route of ours.
    app = FastAPI(
        title="Lianxin 连心排班",
        version=versions()["lianxin"],
        lifespan=lifespan,
        openapi_url=None,
        dependencies=[Depends(authorize)],
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.leaving = threading.Event()
    app.state.tiny_solve = health.TinySolve()
    problems.install(app)
    for routes in _VERSIONED:
        app.include_router(routes.router, prefix=VERSION)
    app.include_router(health.router)
    app.include_router(interface.router)
    app.add_middleware(Unversioned, names=_names(app))
    app.add_middleware(Gate, settings=settings)
    app.add_middleware(Guard, hosts=settings.allowed_hosts)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    ensure_rights(app)
    return app


def _names(app: FastAPI) -> frozenset[str]:
    """What the addresses of this version begin with, after the version."""
    paths = (context.path or "" for context in iter_route_contexts(app.routes))
    return frozenset(path.split("/")[2] for path in paths if path.startswith(VERSION + "/"))


def _open(settings: ServiceSettings, new_id: NewId, leaving: threading.Event) -> Parts:
    migrate(settings)
    use_road_servers(settings)
    store = Store.of(settings)
    client = Client(settings.engine)
    return Parts(settings, store, client, Jobs(store, client, settings, leaving), new_id)


def run(settings: ServiceSettings, *, worker: bool = True) -> None:
    """Serve an installation with these settings until stopped.

    worker: also run a worker process beside the web process.
    """
    logging.basicConfig(level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")
    app = create_app(settings, worker=worker)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    with suppress(KeyboardInterrupt):
        _Server(config, app).run()


class _Server(uvicorn.Server):
    """Ends the event streams at the stop signal; open streams would hold up the shutdown."""

    def __init__(self, config: uvicorn.Config, app: FastAPI):
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._app.state.leaving.set()
        super().handle_exit(sig, frame)
