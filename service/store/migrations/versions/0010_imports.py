"""Files that were dropped to begin a week from."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("created", sa.Double, nullable=False, index=True),
        sa.Column("owner_id", sa.String),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("found", sa.JSON, nullable=False),
        sa.Column("week_id", sa.String(32)),
    )


def downgrade() -> None:
    op.drop_table("imports")
