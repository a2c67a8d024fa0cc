"""Weeks, their revisions and what they are made of."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "weeks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("start", sa.String(10), nullable=False, index=True),
        sa.Column("created", sa.Double, nullable=False, index=True),
        sa.Column("erased", sa.Double),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("secret", sa.String, nullable=False),
        sa.Column("labels", sa.JSON, nullable=False, server_default="{}"),
        sa.Column("owner_id", sa.String),
        sa.Column("owner_name", sa.String, nullable=False, server_default=""),
    )
    op.create_table(
        "week_areas",
        _of_week(primary_key=True),
        sa.Column("area", sa.String, primary_key=True),
    )
    op.create_table(
        "contents",
        sa.Column("digest", sa.String(64), primary_key=True),
        _of_week(index=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "revisions",
        sa.Column("id", sa.String(48), primary_key=True),
        _of_week(index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("account", sa.String),
        sa.Column("account_name", sa.String, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("reverses", sa.Integer),
        sa.Column("key", sa.String(32), unique=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("contents", sa.JSON, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.UniqueConstraint("week_id", "number"),
    )


def _of_week(*, primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    week = sa.ForeignKey("weeks.id", ondelete="CASCADE")
    return sa.Column(
        "week_id", sa.String(32), week, primary_key=primary_key, index=index, nullable=False
    )


def downgrade() -> None:
    for table in ("revisions", "contents", "week_areas", "weeks"):
        op.drop_table(table)
