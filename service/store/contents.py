"""What weeks are made of, kept by content: a part that did not change is kept once for all revisions.

A digest is an HMAC under a secret of the week, so that it tells nothing of a body to whom does not have
that; the secret is sealed in the week's row.
"""

import hashlib
import hmac

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.sealed import Sealed
from service.store.tables import Base


class ContentRow(Base):
    """One part of a week's states, such as its people, or its roster."""

    __tablename__ = "contents"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    week_id: Mapped[str] = mapped_column(ForeignKey("weeks.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(Sealed("contents.body"))


def put(session: Session, week: str, secret: str, body: str) -> str:
    """Keep a body of a week, if it is not kept already. Returns its digest."""
    digest = hmac.digest(secret.encode(), body.encode(), hashlib.sha256).hex()
    if session.get(ContentRow, digest) is None:
        session.add(ContentRow(digest=digest, week_id=week, body=body))
        session.flush()
    return digest


def body(session: Session, digest: str) -> str:
    """The body of a digest, which there must be."""
    return session.scalars(select(ContentRow.body).where(ContentRow.digest == digest)).one()
