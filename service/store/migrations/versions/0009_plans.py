"""Plans, publications, tellings and outcomes of weeks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_week(),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("created", sa.Double, nullable=False, index=True),
        *_by(),
        sa.Column("settled", sa.Double),
        sa.Column("adopted", sa.Integer),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.String(48), primary_key=True),
        _of_week(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("areas", sa.JSON, nullable=False),
        sa.Column("contents", sa.JSON, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        *_by(),
    )
    op.create_table(
        "tellings",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_week(),
        sa.Column("publication", sa.Integer, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        *(sa.Column(step, sa.Double) for step in ("copied", "told", "received")),
        *_by(),
    )
    op.create_table(
        "outcomes",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_week(),
        sa.Column("task", sa.String, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("person", sa.String),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        *_by(),
    )
    op.create_table(
        "closings",
        sa.Column("id", sa.String(48), primary_key=True),
        _of_week(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("next_id", sa.String(32), index=True),
        sa.Column("next_revision", sa.Integer),
        sa.Column("created", sa.Double, nullable=False),
        *_by(),
        sa.Column("reopened", sa.Double),
        sa.Column("reopened_name", sa.String, nullable=False, server_default=""),
    )


def _of_week() -> sa.Column[str]:
    week = sa.ForeignKey("weeks.id", ondelete="CASCADE")
    return sa.Column("week_id", sa.String(32), week, nullable=False, index=True)


def _by() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("account", sa.String), sa.Column("account_name", sa.String, nullable=False)


def downgrade() -> None:
    for table in ("closings", "outcomes", "tellings", "publications", "plans"):
        op.drop_table(table)
