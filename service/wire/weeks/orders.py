"""The micro-list (微清单) of a week: what residents order, up to how they rate it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from service.wire import Both, Wire
from service.wire.weeks.requests import LocalMoment, SpanIn

OrderStage = Literal[
    "ordered",
    "accepted",
    "planned",
    "done",
    "rated",
    "missed",
    "carried",
    "dropped",
    "refused",
    "handled",
]
"""How far an order is, as follows from what happened."""


class OrderIn(Wire):
    """An order as it is taken down, such as from the telephone."""

    name: str = Field(min_length=1, max_length=200)
    """What is needed."""
    kind: str = Field(min_length=1, max_length=100)
    """Kind of work: who may do it is as for the week's other work of this kind."""
    place: str = Field(min_length=1, max_length=200)
    """Id of the place."""
    windows: Annotated[list[SpanIn], Field(min_length=1, max_length=31)]
    """When somebody may begin with it, within the week."""
    duration: int = Field(default=30, ge=1, le=1440)
    """Minutes."""
    priority: int = Field(default=3, ge=1, le=5)
    """5 is the most urgent."""
    private: bool = False
    """Seen as a private matter, by those alone who may see such."""
    words: str = Field(default="", max_length=500)
    """Who asked and how to reach them, whatever is to be said besides."""


class OrderPart(Wire):
    """Who does it, and when it begins."""

    slot: int
    person: str
    name: Both
    start: LocalMoment


class OrderOut(Wire):
    """An order, as who asks may see it. Of a private one neither what it is nor where."""

    id: str
    stage: OrderStage
    """ordered: waits to be accepted; accepted: is work of the week, and nobody does it yet; planned: somebody does;
    done: that was said of all of it; rated; missed: it was not done, and comes again with the next week; carried: the
    week is closed, and the next one has it; dropped: it was accepted, and its work was taken out of the week;
    refused; handled: otherwise than by work of the week."""
    name: Both
    kind: Both
    place: Both
    when: Both
    private: bool
    words: str
    task: str | None
    """Its work, where the week has it."""
    people: list[OrderPart]
    rating: int | None
    """1 to 5, the best; null: none, or not to be seen by who asks."""
    rating_words: str
    answer: str
    """Why it was refused, or how it was handled."""
    answered_by: str
    taken_by: str
    since: datetime
    """When it was ordered."""
    carried: bool
    """Whether it was ordered in a week before this one."""
    due: datetime | None
    """By when it is to be accepted, or once it is, to be done, as the settings promise; null: nothing more is due."""
    late: bool
    """Whether that has passed."""


class OrderList(Wire):
    """The micro-list of a week, the oldest order first."""

    week: str
    counts: dict[OrderStage, int]
    orders: list[OrderOut]


class RatingIn(Wire):
    """What the public says of work that was done."""

    rating: int | None = Field(ge=1, le=5)
    """5 is the best; null: nothing after all."""
    words: str = Field(default="", max_length=500)
