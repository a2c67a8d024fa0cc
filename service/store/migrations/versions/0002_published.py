"""The roster that a re-plan started from, to tell who must be told what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("published", sa.LargeBinary))


def downgrade() -> None:
    op.drop_column("jobs", "published")
