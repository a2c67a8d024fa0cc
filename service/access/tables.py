"""The tables of sign-in. Of passwords and secrets only hashes are kept; times are seconds since 1970 (UTC)."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables import Base

SHA256 = String(64)


class AccountRow(Base):
    """Somebody, or some program, that may sign in."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    """As it is typed at sign-in, in small letters."""
    role: Mapped[str] = mapped_column(String(16))
    areas: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    """Ids of areas, sorted; null: every area."""
    private: Mapped[bool]
    """The right to private cases."""
    person: Mapped[str | None]
    """Of a worker: the person in the weeks."""
    password: Mapped[str | None]
    """Argon2id; null: none was set yet, so that nobody can sign in."""
    created: Mapped[float]
    disabled: Mapped[float | None]


class SessionRow(Base):
    """A browser that is signed in."""

    __tablename__ = "sessions"

    key: Mapped[str] = mapped_column(SHA256, primary_key=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    created: Mapped[float]
    seen: Mapped[float]
    """When it was last used, to the minute."""


class TokenRow(Base):
    """A secret for programs, for a part of what its account may."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(SHA256, unique=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    """What it is for."""
    role: Mapped[str] = mapped_column(String(16))
    areas: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    private: Mapped[bool]
    created: Mapped[float]
    ends: Mapped[float]
    revoked: Mapped[float | None]
    used: Mapped[float | None]
    """When it was last used, to the minute; None: never."""


class InvitationRow(Base):
    """A link by which the password of an account is set, once."""

    __tablename__ = "invitations"

    key: Mapped[str] = mapped_column(SHA256, primary_key=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    created: Mapped[float]
    ends: Mapped[float]


class InstanceAreaRow(Base):
    """An area of an instance: by these it is found who may see the instance."""

    __tablename__ = "instance_areas"

    instance_id: Mapped[str] = mapped_column(
        ForeignKey("instances.id", ondelete="CASCADE"), primary_key=True
    )
    area: Mapped[str] = mapped_column(primary_key=True, index=True)
