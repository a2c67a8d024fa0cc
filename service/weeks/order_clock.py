"""By when an order of the micro-list is promised: to be accepted first, then to be done."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.settings import ServiceSettings
from service.store.requests import RequestRow
from service.wire import moment
from service.wire.weeks.orders import OrderStage

_TO_FINISH: tuple[OrderStage, ...] = ("accepted", "planned", "missed", "dropped")


@dataclass(frozen=True)
class OrderClock:
    """What an office promises, both from when an order was taken down; `now` has a zone."""

    accept: timedelta
    finish: timedelta
    now: datetime

    @classmethod
    def of(cls, settings: ServiceSettings) -> "OrderClock":
        """The promises of an installation, now."""
        return cls(
            timedelta(days=settings.accept_order_days),
            timedelta(days=settings.finish_order_days),
            datetime.now(UTC),
        )

    def due(self, stage: OrderStage, row: RequestRow) -> datetime | None:
        """By when the next step is promised; None: nothing more is."""
        if stage == "ordered":
            return since(row) + self.accept
        return since(row) + self.finish if stage in _TO_FINISH else None

    def is_late(self, stage: OrderStage, row: RequestRow) -> bool:
        """Whether that has passed."""
        due = self.due(stage, row)
        return due is not None and due < self.now


def since(row: RequestRow) -> datetime:
    """When an order was taken down, in whichever week."""
    return moment(row.said.get("since", row.created))
