"""Webhooks in the database: who is told, what they were told, what is still to be tried; people of rosters.

A delivery is made by looking for jobs that have ended and of which a webhook was not told, so that no
ending is missed, whoever wrote it.
"""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.areas import visible
from service.store.clock import db_time, now
from service.store.jobs import FINAL
from service.store.sealed import Sealed
from service.store.tables import Base, JobRow

LOOK_BACK_SECONDS = 7 * 86_400.0
"""A webhook is not told of a job that ended longer ago."""
KEEP_SECONDS = 30 * 86_400.0
"""Deliveries are listed for so long."""


class WebhookRow(Base):
    """An address that is told when jobs end."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    url: Mapped[str]
    events: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str] = mapped_column(Sealed("webhooks.secret"))
    """Key of the signatures."""
    created: Mapped[float]
    owner_id: Mapped[str | None]
    owner_name: Mapped[str]
    areas: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    """Areas that whoever made it was for, whose jobs alone it is told of; None: every area."""


class DeliveryRow(Base):
    """One event for one webhook, sent until it is taken or given up."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("webhook_id", "job_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    job_id: Mapped[str] = mapped_column(String(32))
    instance_id: Mapped[str] = mapped_column(String(32))
    event: Mapped[str] = mapped_column(String(32))
    created: Mapped[float]
    due: Mapped[float | None] = mapped_column(index=True)
    """When to try next; None: taken or given up."""
    attempts: Mapped[int]
    delivered: Mapped[float | None]
    outcome: Mapped[str]
    """Of the last attempt: an HTTP status, or the kind of failure."""


def add(session: Session, row: WebhookRow) -> None:
    """Keep a webhook."""
    session.add(row)


def all_rows(session: Session) -> Sequence[WebhookRow]:
    """Every webhook, oldest first."""
    return session.scalars(select(WebhookRow).order_by(WebhookRow.created, WebhookRow.id)).all()


def seen(session: Session, areas: Collection[str] | None) -> list[WebhookRow]:
    """Webhooks, oldest first, that tell who is for these areas (None: every area) nothing of others."""
    return [row for row in all_rows(session) if _within(row.areas, areas)]


def find(session: Session, areas: Collection[str] | None, id: str) -> WebhookRow | None:
    """One of those that are seen."""
    row = session.get(WebhookRow, id)
    return row if row is not None and _within(row.areas, areas) else None


def _within(areas: Collection[str] | None, whole: Collection[str] | None) -> bool:
    return whole is None or (areas is not None and set(areas) <= set(whole))


def remove(session: Session, row: WebhookRow) -> None:
    """Forget a webhook with its deliveries."""
    session.execute(delete(DeliveryRow).where(DeliveryRow.webhook_id == row.id))
    session.delete(row)


def deliveries(session: Session, webhook: str, limit: int) -> Sequence[DeliveryRow]:
    """What a webhook was told, newest first."""
    query = select(DeliveryRow).where(DeliveryRow.webhook_id == webhook)
    return session.scalars(query.order_by(DeliveryRow.created.desc()).limit(limit)).all()


def enter_ended(session: Session) -> int:
    """Make a delivery for each job that has ended and each webhook not told of it; how many."""
    moment = now(session)
    count = 0
    for webhook in all_rows(session):
        told = select(DeliveryRow.job_id).where(DeliveryRow.webhook_id == webhook.id)
        ended = select(JobRow.id, JobRow.instance_id, JobRow.state).where(
            JobRow.state.in_(FINAL),
            JobRow.ended >= max(webhook.created, moment - LOOK_BACK_SECONDS),
            JobRow.id.not_in(told),
            visible(webhook.areas, JobRow.instance_id),
        )
        for job, instance, state in session.execute(ended):
            event = f"job.{state}"
            if event in webhook.events:
                session.add(_delivery(webhook.id, job, instance, event, moment))
                count += 1
    session.execute(
        delete(DeliveryRow).where(
            DeliveryRow.due.is_(None), DeliveryRow.created < moment - KEEP_SECONDS
        )
    )
    return count


def _delivery(webhook: str, job: str, instance: str, event: str, moment: float) -> DeliveryRow:
    return DeliveryRow(
        id=uuid.uuid4().hex,
        webhook_id=webhook,
        job_id=job,
        instance_id=instance,
        event=event,
        created=moment,
        due=moment,
        attempts=0,
        outcome="",
    )


def due(session: Session, limit: int) -> list[tuple[DeliveryRow, WebhookRow]]:
    """Deliveries to try now, the longest due first."""
    query = (
        select(DeliveryRow, WebhookRow)
        .join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
        .where(DeliveryRow.due <= db_time())
        .order_by(DeliveryRow.due)
        .limit(limit)
    )
    return [(delivery, webhook) for delivery, webhook in session.execute(query)]


def tried(session: Session, id: str, **values: Any) -> None:
    """Write down how an attempt went; nothing where the webhook was removed meanwhile."""
    row = session.get(DeliveryRow, id)
    if row is not None:
        for name, value in values.items():
            setattr(row, name, value)
