"""Webhooks: made, listed with what they were sent, removed."""

import secrets
from typing import Annotated

from fastapi import Path, Response
from sqlalchemy.orm import Session

from scheduler.model import Problem
from scheduler.model.pointer import shortened
from service import inputs
from service.access.caller import Asking
from service.examples import WEBHOOK, example
from service.middleware.unversioned import VERSION
from service.problems import ServiceError, invalid
from service.routes.common import Parts, Use, body, errors, owned
from service.routes.parameters import Limit
from service.routes.rooms import Room
from service.store import clock, webhooks
from service.store.webhooks import DeliveryRow, WebhookRow
from service.webhooks import allowed
from service.wire import Owner, moment
from service.wire.webhooks import (
    DeliveryList,
    DeliveryOut,
    NewWebhook,
    WebhookList,
    WebhookOut,
    WebhookRequest,
)

router = Room(prefix="/webhooks", tags=["webhooks"])
MOST_WEBHOOKS = 50

WebhookId = Annotated[str, Path(description="Id that making the webhook gave.")]


def _out(row: WebhookRow) -> WebhookOut:
    return WebhookOut(
        id=row.id,
        url=row.url,
        events=row.events,
        created_at=moment(row.created),
        owner=Owner(account=row.owner_id, name=row.owner_name),
        areas=row.areas,
    )


def _delivery(row: DeliveryRow) -> DeliveryOut:
    return DeliveryOut(
        id=row.id,
        event=row.event,
        job_id=row.job_id,
        created_at=moment(row.created),
        attempts=row.attempts,
        next_attempt_at=row.due and moment(row.due),
        delivered_at=row.delivered and moment(row.delivered),
        outcome=row.outcome,
    )


@router.post(
    "",
    status_code=201,
    responses=errors(409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, WebhookRequest.__name__, example("erp", WEBHOOK))),
)
def post_webhook(
    upload: inputs.JsonUpload, parts: Use, caller: Asking, response: Response
) -> NewWebhook:
    """Have another system told when jobs end: for an account or token with areas, those of their instances.

    The secret of the signatures is told only now.
    """
    request = inputs.read(upload, WebhookRequest)
    hosts = parts.settings.webhook_hosts
    if not allowed(request.url, hosts):
        slots = {"allowed": ", ".join(hosts) or "–"}
        value = shortened(request.url)
        raise invalid([Problem(code="host_not_named", pointer="/url", value=value, slots=slots)])
    secret = secrets.token_urlsafe(32)
    row = WebhookRow(
        id=parts.new_id(),
        url=request.url,
        events=sorted(set(request.events)),
        secret=secret,
        areas=None if caller.areas is None else sorted(caller.areas),
        **owned(caller),
    )
    with parts.store.session() as session:
        if len(webhooks.all_rows(session)) >= MOST_WEBHOOKS:
            raise ServiceError("too_many_webhooks", most=MOST_WEBHOOKS)
        row.created = clock.now(session)
        webhooks.add(session, row)
    response.headers["Location"] = f"{VERSION}/webhooks/{row.id}/deliveries"
    return NewWebhook(**_out(row).model_dump(), secret=secret)


@router.get("", responses=errors())
def get_webhooks(parts: Use) -> WebhookList:
    """Webhooks, oldest first, without their secrets; for an account or token with areas, those for no others."""
    with parts.store.session() as session:
        return WebhookList(webhooks=[_out(row) for row in webhooks.seen(session, parts.areas)])


@router.delete("/{webhook_id}", status_code=204, responses=errors(404))
def delete_webhook(webhook_id: WebhookId, parts: Use) -> None:
    """Remove a webhook; what is not sent yet is not sent any more."""
    with parts.store.session() as session:
        webhooks.remove(session, _found(session, parts, webhook_id))


@router.get("/{webhook_id}/deliveries", responses=errors(404, 422))
def get_webhook_deliveries(webhook_id: WebhookId, parts: Use, limit: Limit = 50) -> DeliveryList:
    """What a webhook was sent in the last 30 days, newest first, and how it was answered."""
    with parts.store.session() as session:
        _found(session, parts, webhook_id)
        rows = webhooks.deliveries(session, webhook_id, limit)
        return DeliveryList(deliveries=[_delivery(row) for row in rows])


def _found(session: Session, parts: Parts, id: str) -> WebhookRow:
    row = webhooks.find(session, parts.areas, id)
    if row is None:
        raise ServiceError("webhook_not_found", id=id)
    return row
