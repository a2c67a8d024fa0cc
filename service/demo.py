"""A week to look at: the example, solved by a plan that was adopted, with orders on its micro-list, before anybody opens a page."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from service.access.caller import LOCAL
from service.app import open_parts
from service.jobs.supervisor import Supervisor
from service.problems import ServiceError
from service.routes.common import Parts
from service.settings import ServiceSettings
from service.store import weeks
from service.store.jobs import OPEN
from service.weeks import planning
from service.weeks.example import EXAMPLE, example_orders, example_week
from service.weeks.opening import OpenWeek, begun, opened
from service.weeks.ordering import take_order
from service.weeks.planning import OpenPlan, PlanWish
from service.weeks.state import WeekState
from service.weeks.today import clock
from service.wire import SearchLimits

_POLL_SECONDS = 0.1


def prepare_example(
    settings: ServiceSettings, seconds: float, searching: Callable[[], None] = lambda: None
) -> None:
    """Have the example week in an installation that has no other, solved for so many seconds.

    What was interrupted goes on where it was; a week that somebody has worked on stays as it is.
    searching: called before it is waited for.
    """
    with _parts(settings) as parts:
        week = _untouched(parts)
        if week is None:
            return
        found = planning.plans_of(parts.store, parts.jobs, LOCAL, week.week.id)
        plan = found[-1] if found else _planned(parts, week, seconds)
        if plan.standing == "open":
            searching()
            _search(parts, plan)
            with suppress(ServiceError):  # the page of plans tells of a search that failed
                planning.adopt(parts.store, parts.jobs, LOCAL, plan)
            for order in example_orders(week.state.instance):
                take_order(parts.store, LOCAL, week.week.id, order)


@contextmanager
def _parts(settings: ServiceSettings) -> Iterator[Parts]:
    parts = open_parts(settings)
    try:
        yield replace(parts, jobs=parts.jobs.seen_by(LOCAL))
    finally:
        parts.jobs.close()
        parts.store.close()


def _untouched(parts: Parts) -> OpenWeek | None:
    """The example as it began, which begins here where there is no week at all; None for any other."""
    with parts.store.session() as session:
        rows, total = weeks.listed(session, None, 1, None)
    if not total:
        example = example_week(clock(parts.settings.time_zone).date())
        return begun(parts.store, LOCAL, WeekState.of(example), example.title)
    week = opened(parts.store, LOCAL, rows[0].id)
    is_example = total == week.number == 1 and week.state.instance.id == EXAMPLE
    return week if is_example else None


def _planned(parts: Parts, week: OpenWeek, seconds: float) -> OpenPlan:
    limits = SearchLimits(seconds=seconds)
    wish = PlanWish("solve", parts.request(limits, seed=1, cores=1))
    id = parts.new_id()
    return planning.start(parts.store, parts.jobs, LOCAL, week.week.id, wish, id, id, parts.new_id)


def _search(parts: Parts, plan: OpenPlan) -> None:
    """Run a worker until the plan's search has ended."""
    supervisor = Supervisor(parts.settings)
    supervisor.start()
    try:
        while parts.jobs.status(plan.row.id).state in OPEN:
            time.sleep(_POLL_SECONDS)
    finally:
        supervisor.stop()
