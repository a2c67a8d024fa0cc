"""Accounts, sessions, tokens, invitations; the areas of instances."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("areas", sa.JSON),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("person", sa.String),
        sa.Column("password", sa.String),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("disabled", sa.Double),
    )
    op.create_table(
        "sessions",
        sa.Column("key", sa.String(64), primary_key=True),
        _account(),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("seen", sa.Double, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        _account(),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("areas", sa.JSON),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.Column("revoked", sa.Double),
    )
    op.create_table(
        "invitations",
        sa.Column("key", sa.String(64), primary_key=True),
        _account(),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
    )
    op.create_table(
        "instance_areas",
        sa.Column(
            "instance_id",
            sa.String(32),
            sa.ForeignKey("instances.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("area", sa.String, primary_key=True, index=True),
    )
    _enter_areas()


def _account() -> sa.Column[str]:
    return sa.Column(
        "account_id",
        sa.String(32),
        sa.ForeignKey("accounts.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )


def _enter_areas() -> None:
    """Enter the areas of the instances that are there already."""
    connection = op.get_bind()
    instances = sa.table("instances", sa.column("id", sa.String), sa.column("body", sa.LargeBinary))
    entered = sa.table("instance_areas", sa.column("instance_id"), sa.column("area"))
    for id in connection.scalars(sa.select(instances.c.id)).all():
        body = connection.scalars(sa.select(instances.c.body).where(instances.c.id == id)).one()
        areas = {area["id"] for area in json.loads(zlib.decompress(body)).get("areas") or ()}
        if areas:
            rows = [{"instance_id": id, "area": area} for area in sorted(areas)]
            connection.execute(sa.insert(entered), rows)


def downgrade() -> None:
    for table in ("instance_areas", "invitations", "tokens", "sessions", "accounts"):
        op.drop_table(table)
