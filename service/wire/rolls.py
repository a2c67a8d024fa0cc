"""The wire of rolling weeks."""

from typing import Any

from service.wire import InlineInstance, RosterIn


class RollRequest(RosterIn):
    """A week's roster to carry into the next horizon."""

    worked: dict[str, Any] | None = None
    """Departures from the roster (see worked.schema.json); left out: worked as planned."""
    following_id: str | None = None
    following: InlineInstance | None = None
    """At most one of the two; neither: the same people, duties, cases and shifts again."""
    carry: bool = True
    """Whether one-off visits that were not done come along."""
