"""The application: `create_app` puts the parts together, `run` serves it with its worker."""

import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from socket import socket
from types import FrameType

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.concurrency import run_in_threadpool

from scheduler.formats.limited import allow_open_files
from service import logs, problems
from service.access.attempts import Attempts
from service.access.gate import Gate, ensure_rights
from service.access.passwords import PasswordLane
from service.answers.lanes import Lanes
from service.children import nursery
from service.document import document
from service.jobs.following import Following
from service.jobs.port import Jobs, NewId, new_id
from service.jobs.supervisor import Supervisor
from service.metrics import LaneMetrics, RequestMetrics, StoreMetrics
from service.middleware.connections import connection_class
from service.middleware.gzips import Gzips
from service.middleware.heads import Heads
from service.middleware.observes import Observes
from service.middleware.request_limits import RequestLimits
from service.middleware.security import Guard
from service.middleware.unversioned import VERSION, Unversioned
from service.middleware.waits import Waits
from service.migrate import migrate
from service.pages import failing
from service.pages.routes import ROUTERS as PAGES
from service.private_files import sweep
from service.roads import use_road_servers
from service.routes import (
    accounts,
    audit,
    explanations,
    exports,
    health,
    instances,
    interface,
    jobs,
    me,
    metrics,
    operations,
    parts,
    replans,
    rolls,
    suggestions,
    webhooks,
)
from service.routes.admission import admitted, judged
from service.routes.common import Parts
from service.routes.weeks import (
    board,
    closing,
    figures,
    history,
    orders,
    plans,
    prices,
    tables,
    telling,
    today,
    undone,
    weeks,
)
from service.routes.weeks import commands as week_commands
from service.routes.weeks import requests as week_requests
from service.settings import ServiceSettings
from service.store import Store
from service.versions import versions

log = logging.getLogger("lianxin.service")

_SHUTDOWN_SECONDS = 3
_THREADS = 100
"""More than the lanes that answer here let in at once: none waits for another's."""
_ANSWERING = (sys.executable, "-m", "service.answers.answering")
_VERSIONED = (
    instances,
    operations,
    suggestions,
    prices,
    undone,
    today,
    explanations,
    replans,
    rolls,
    jobs,
    exports,
    parts,
    webhooks,
    me,
    accounts,
    audit,
    weeks,
    telling,
    closing,
    figures,
    week_commands,
    week_requests,
    orders,
    history,
    tables,
    board,
    plans,
)
"""Routes whose addresses begin with the version of the interface."""


def create_app(
    settings: ServiceSettings,
    *,
    worker: bool = True,
    new_id: NewId = new_id,
    answering: bool = False,
) -> FastAPI:
    """The application over a data directory, which is made where it is missing.

    worker: also run a worker process beside it. new_id: makes ids of instances and jobs. answering:
    the routes alone, for a process that answers what the web process has let in.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(sweep)
        await run_in_threadpool(migrate, settings)
        opened = await run_in_threadpool(open_parts, settings, new_id)
        app.state.parts = opened
        figures = StoreMetrics(opened.store, settings.dead_after_seconds)
        app.state.metrics.registry.register(figures)
        app.state.lanes = Lanes(settings, _ANSWERING)
        app.state.metrics.registry.register(LaneMetrics(app.state.lanes.figures))
        current_default_thread_limiter().total_tokens = _THREADS
        supervisor = Supervisor(settings)
        if worker:
            await run_in_threadpool(supervisor.start)
        try:
            yield
        finally:
            if worker:
                await run_in_threadpool(supervisor.stop)
            await run_in_threadpool(app.state.lanes.close)
            await run_in_threadpool(opened.jobs.close)
            opened.store.close()

    # FastAPI's documentation pages load scripts from other sites; the document is a route of ours.
    app = FastAPI(
        title="Lianxin 连心排班",
        version=versions()["lianxin"],
        lifespan=lifespan,
        openapi_url=None,
        dependencies=[Depends(judged if answering else admitted)],
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.metrics = RequestMetrics()
    app.state.tiny_solve = health.TinySolve()
    app.state.write_trial = health.WriteTrial()
    app.state.attempts = Attempts()
    app.state.passwords = PasswordLane()
    problems.install(app)
    failing.install(app)
    # In this order they are tried: what programs ask all the time comes first.
    app.include_router(health.router)
    for routes in _VERSIONED:
        app.include_router(routes.router, prefix=VERSION)
    app.include_router(metrics.router)
    app.include_router(interface.router)
    for router in PAGES:
        app.include_router(router)
    ensure_rights(app)
    if not answering:
        _add_middlewares(app, settings)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    return app


def _add_middlewares(app: FastAPI, settings: ServiceSettings) -> None:
    """What lies between server and routes, from the innermost to the outermost."""
    app.add_middleware(Gzips, prefixes=(VERSION, "/static"))
    app.add_middleware(Heads)
    app.add_middleware(
        Waits,
        paths=(f"{VERSION}/jobs", f"{VERSION}/replans"),
        address=f"{VERSION}/jobs/",
        follow=lambda job, caller: app.state.parts.jobs.seen_by(caller).events(job, None),
        most_seconds=settings.max_wait_seconds,
        most_waiting=settings.max_waiting,
    )
    paths = [context.path for context in iter_route_contexts(app.routes)]
    app.add_middleware(Unversioned, paths=[path for path in paths if path])
    app.add_middleware(Gate, settings=settings, attempts=app.state.attempts)
    app.add_middleware(RequestLimits, settings=settings)
    app.add_middleware(Guard, hosts=settings.allowed_hosts, told=failing.told)
    app.add_middleware(Observes, metrics=app.state.metrics)


def open_parts(settings: ServiceSettings, new_id: NewId = new_id) -> Parts:
    """What the routes work with."""
    use_road_servers(settings)
    store = Store.of(settings)
    return Parts(settings, store, Jobs(store, Following(store), settings), new_id)


def run(
    settings: ServiceSettings,
    *,
    worker: bool = True,
    at: socket | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve an installation with these settings until stopped.

    worker: also run a worker process beside the web process. at: listens at its address already; None: is
    made. ready: called once requests are answered.
    """
    logs.configure()
    allow_open_files()
    nursery.begin()
    app = create_app(settings, worker=worker)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        server_header=False,
        access_log=False,
        log_config=None,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        http=connection_class(settings),
        ws="none",
    )
    with suppress(KeyboardInterrupt):
        _Server(config, app, ready).run(None if at is None else [at])


class _Server(uvicorn.Server):
    """Ends the event streams at the stop signal; open streams would hold up the shutdown."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, ready: Callable[[], None]):
        super().__init__(config)
        self._app = app
        self._ready = ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        parts: Parts | None = getattr(self._app.state, "parts", None)
        if parts is not None:
            parts.jobs.leave()
        super().handle_exit(sig, frame)
