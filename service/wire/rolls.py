"""The wire of rolling weeks."""

from typing import Any

from service.wire import InlineInstance, InlineRoster, Wire


class RollRequest(Wire):
    """A week's roster to carry into the next horizon."""

    instance_id: str | None = None
    instance: InlineInstance | None = None
    """Just one of `instance_id` and `instance`."""
    roster: InlineRoster
    worked: dict[str, Any] | None = None
    """Departures from the roster (see worked.schema.json); left out: worked as planned."""
    following_id: str | None = None
    following: InlineInstance | None = None
    """At most one of the two; neither: the same people, duties, cases and shifts again."""
    carry: bool = True
    """Whether one-off visits that were not done come along."""
