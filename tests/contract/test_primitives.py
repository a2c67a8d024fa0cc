"""Every engine prices primitives drawn at random as the plain reference does: no rule in between."""

import pytest

from tests.contract.engines import ENGINES
from tests.plain import price
from tests.plain.drawn import drawn
from tests.plain.rosters import answers


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_price_drawn_primitives_as_the_plain_reference(engine: str, seed: int) -> None:
    lowered = drawn(seed)
    pricing, most = ENGINES[engine]
    price_of = pricing(lowered)
    made = answers(lowered, 100, seed)
    pairs = [(price_of(one), price(lowered, one.answer)) for one in made[:: -(-len(made) // most)]]
    told = [pair for pair in pairs if pair[0] is not None]
    assert told
    assert [found for found, _ in told] == [expected for _, expected in told]
