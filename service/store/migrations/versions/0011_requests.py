"""What people ask about their week, and private links to it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_week(),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("start", sa.String(10), index=True),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created", sa.Double, nullable=False, index=True),
        sa.Column("account", sa.String),
        sa.Column("account_name", sa.String, nullable=False),
        sa.Column("key", sa.String(64), unique=True),
        sa.Column("settled", sa.Double),
        sa.Column("settled_name", sa.String, nullable=False, server_default=""),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        _of_week(nullable=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column(
            "account_id",
            sa.String(32),
            sa.ForeignKey("accounts.id", ondelete="CASCADE"),
            index=True,
        ),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.Column("revoked", sa.Double),
    )
    op.create_table(
        "link_sessions",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column(
            "link_id",
            sa.String(32),
            sa.ForeignKey("links.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("created", sa.Double, nullable=False),
    )


def _of_week(nullable: bool = False) -> sa.Column[str]:
    return sa.Column(
        "week_id",
        sa.String(32),
        sa.ForeignKey("weeks.id", ondelete="CASCADE"),
        nullable=nullable,
        index=True,
    )


def downgrade() -> None:
    for name in ("link_sessions", "links", "requests"):
        op.drop_table(name)
