"""What all tests share: none is judged by the clock, for machines are slow and busy, and none waits for nothing."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from scheduler.engines import portfolio

settings.register_profile("lianxin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lianxin")


@pytest.fixture(scope="session", autouse=True)
def brief_first_annealing() -> Iterator[None]:
    """Anneal for a moment before a proof: the weeks of tests are tiny, and so proven at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portfolio, "FIRST_SECONDS", 0.15)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the files that wait more than they work, so that none of them is alone at the end."""
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid: str) -> int:
    waiting = ("tests/service/faults/", "tests/service/test_durability.py", "tests/service/")
    return next((n for n, start in enumerate(waiting) if nodeid.startswith(start)), len(waiting))
