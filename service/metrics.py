"""Figures for Prometheus: requests of this process, and jobs and workers as the database has them.

Names, ids and areas are in none of them.
"""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from service.answers.lanes import LaneFigures
from service.store import Store, executors
from service.store.clock import db_time
from service.store.tables import JobRow

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_STATES = ("queued", "running", "succeeded", "failed", "cancelled")


class RequestMetrics:
    """Counts requests by operation; `text` gives all figures in Prometheus' format."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "lianxin_requests",
            "Requests answered.",
            ("operation", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "lianxin_request_seconds",
            "Time to answer; event streams are left out.",
            ("operation",),
            buckets=_SECONDS,
            registry=self.registry,
        )

    def count(self, operation: str, status: int, seconds: float | None) -> None:
        """Count a request. status: its first digit is kept; seconds: None for a stream."""
        self._requests.labels(operation, f"{status // 100}xx").inc()
        if seconds is not None:
            self._seconds.labels(operation).observe(seconds)

    def text(self) -> bytes:
        """The figures."""
        return generate_latest(self.registry)


class LaneMetrics(Collector):
    """Figures of the lanes of this process, asked for whenever they are read."""

    def __init__(self, figures: Callable[[], Mapping[str, LaneFigures]]):
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Requests by lane: running, waiting, refused."""
        running = GaugeMetricFamily("lianxin_lane_running", "Requests that run.", labels=("lane",))
        waiting = GaugeMetricFamily(
            "lianxin_lane_waiting", "Requests that wait for a place.", labels=("lane",)
        )
        refused = CounterMetricFamily(
            "lianxin_lane_refused", "Requests that were told to come again.", labels=("lane",)
        )
        for lane, figures in self._figures().items():
            running.add_metric((lane,), figures.running)
            waiting.add_metric((lane,), figures.waiting)
            refused.add_metric((lane,), figures.refused)
        yield from (running, waiting, refused)


class StoreMetrics(Collector):
    """Figures of the database, asked for whenever they are read."""

    def __init__(self, store: Store, dead_after: float):
        self._store = store
        self._dead_after = dead_after

    def collect(self) -> Iterator[Metric]:
        """Jobs by state, the oldest that waits, workers; only whether it answers where it does not."""
        alive = GaugeMetricFamily("lianxin_database_up", "Whether the database answers.")
        try:
            figures = list(self._figures())
        except SQLAlchemyError:
            figures = []
        alive.add_metric((), 1.0 if figures else 0.0)
        yield alive
        yield from figures

    def describe(self) -> list[Metric]:
        """Nothing: registering must not ask the database."""
        return []

    def _figures(self) -> Iterator[Metric]:
        with self._store.reading() as session:
            by_state = dict(
                session.execute(
                    select(JobRow.state, func.count())
                    .where(JobRow.erased.is_(None))
                    .group_by(JobRow.state)
                ).all()
            )
            age = session.scalar(
                select(db_time() - func.min(JobRow.created)).where(JobRow.state == "queued")
            )
        workers = executors.alive(self._store, self._dead_after)
        jobs = GaugeMetricFamily("lianxin_jobs", "Jobs by state.", labels=("state",))
        for state in _STATES:
            jobs.add_metric((state,), by_state.get(state, 0))
        yield jobs
        yield GaugeMetricFamily(
            "lianxin_queue_oldest_seconds",
            "Age of the oldest job that waits.",
            max(0.0, age or 0.0),
        )
        yield GaugeMetricFamily("lianxin_workers", "Workers alive.", workers)
