"""Webhooks over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from service.wire import Owner, Wire

WebhookEvent = Literal["job.succeeded", "job.failed", "job.cancelled"]


class WebhookRequest(Wire):
    """An address to tell when jobs end."""

    url: str = Field(max_length=2000)
    """http or https; its host is one of those that the installation names in `webhook_hosts`."""
    events: Annotated[list[WebhookEvent], Field(min_length=1, max_length=3)] = [
        "job.succeeded",
        "job.failed",
        "job.cancelled",
    ]


class WebhookOut(Wire):
    """An address that is told when jobs end."""

    id: str
    url: str
    events: list[WebhookEvent]
    created_at: datetime
    owner: Owner
    areas: list[str] | None
    """Ids of the areas whose jobs alone it is told of; null: every area."""


class NewWebhook(WebhookOut):
    """A webhook as it was made."""

    secret: str
    """Key of the signatures, as it is to be used; told only now."""


class WebhookList(Wire):
    """Webhooks, oldest first."""

    webhooks: list[WebhookOut]


class DeliveryOut(Wire):
    """What a webhook was sent."""

    id: str
    event: WebhookEvent
    job_id: str
    created_at: datetime
    attempts: int
    next_attempt_at: datetime | None
    """null: it was taken, or given up."""
    delivered_at: datetime | None
    outcome: str
    """Of the last attempt: the HTTP status of the answer, or the kind of failure; empty before the first."""


class DeliveryList(Wire):
    """Deliveries of a webhook, newest first."""

    deliveries: list[DeliveryOut]
