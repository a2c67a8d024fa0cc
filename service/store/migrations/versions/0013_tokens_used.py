"""When a token was last used; the areas of a webhook."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tokens") as batch:
        batch.add_column(sa.Column("used", sa.Double))
    with op.batch_alter_table("webhooks") as batch:
        batch.add_column(sa.Column("areas", sa.JSON))


def downgrade() -> None:
    with op.batch_alter_table("webhooks") as batch:
        batch.drop_column("areas")
    with op.batch_alter_table("tokens") as batch:
        batch.drop_column("used")
