"""The order to a search process: one line of JSON, before the instance and the roster to begin with."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from service.settings import ServiceSettings

LEAST_SECONDS = 1.0
"""The least that an attempt gets, also after earlier attempts used up the time."""


class _SearchOrder(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    seconds: float | None
    """Seconds of searching; None: no such limit, as for the next two."""
    idle_seconds: float | None
    """Seconds without a better roster."""
    steps: int | None
    """Moves tried."""
    seed: int
    cores: int
    """Threads."""
    memory_mb: int
    """Address space of the process; 0: no limit."""
    save_seconds: float
    """How often a better roster is handed out."""
    niceness: int = 0
    """How far others go before the process: 0, not at all, to 19."""
    empty: tuple[tuple[str, int], ...] = ()
    """Task and slot that stay empty."""
    ways: dict[str, str] = {}
    """Tables of ways by mode, as `service.roads` makes them; the search asks no road server."""


class SolveOrder(_SearchOrder):
    """Find the best roster, from the roster given or from nothing."""

    kind: Literal["solve"] = "solve"


class ReplanOrder(_SearchOrder):
    """Improve the roster given, with few people's work changed."""

    kind: Literal["replan"] = "replan"
    most_moved: int
    """People whose work may change."""


SearchOrder = Annotated[SolveOrder | ReplanOrder, Field(discriminator="kind")]

_ORDERS: TypeAdapter[SolveOrder | ReplanOrder] = TypeAdapter(SearchOrder)


def read_order(line: str) -> SolveOrder | ReplanOrder:
    """The order of a line. Raises ValidationError where it is none."""
    return _ORDERS.validate_json(line)


def order_for(
    request: dict[str, Any], settings: ServiceSettings, seconds: float = 0.0, steps: int = 0
) -> SolveOrder | ReplanOrder:
    """The order of a job's request, less the seconds and steps that earlier attempts took."""
    limits = request["limits"]
    common = {
        "seconds": limits["seconds"] and max(LEAST_SECONDS, limits["seconds"] - seconds),
        "idle_seconds": limits["idle_seconds"],
        "steps": limits["steps"] and max(1, limits["steps"] - steps),
        "seed": request["seed"],
        "cores": request["cores"],
        "memory_mb": settings.memory_mb,
        "save_seconds": settings.save_seconds,
        "niceness": settings.search_niceness,
        "empty": request.get("empty", ()),
    }
    most_moved = request.get("most_moved")
    if most_moved is None:
        return SolveOrder(**common)
    return ReplanOrder(**common, most_moved=most_moved)
