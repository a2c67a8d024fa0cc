"""A plain reference of what the primitives mean, for tests only: slow, short, and easy to believe."""

from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import DenseRoster
from tests.plain.earliest import earliest as _earliest
from tests.plain.price import costs
from tests.plain.reading import read

__all__ = ["earliest", "price", "price_by_primitive"]


def price(lowered: Lowered, answer: DenseRoster) -> int:
    """Points of an answer, straight from the docstrings in scheduler/lowered."""
    return sum(price_by_primitive(lowered, answer).values())


def price_by_primitive(lowered: Lowered, answer: DenseRoster) -> dict[str, int]:
    """Points of an answer, primitive by primitive."""
    return costs(read(lowered), answer)


def earliest(lowered: Lowered, answer: DenseRoster, order: list[int]) -> DenseRoster:
    """The answer with the starts of its earliest schedule; see tests.plain.earliest."""
    return _earliest(read(lowered), answer, order)
