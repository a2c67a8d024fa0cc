"""Titles, labels, owners; webhooks and what they were told; whose work is in which roster."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ZLIB = b"\x78"


def upgrade() -> None:
    for table in ("instances", "jobs"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("labels", sa.JSON, nullable=False, server_default="{}"))
            batch.add_column(sa.Column("owner_id", sa.String))
            batch.add_column(sa.Column("owner_name", sa.String, nullable=False, server_default=""))
    with op.batch_alter_table("jobs") as batch:
        batch.add_column(sa.Column("title", sa.String, nullable=False, server_default=""))
        batch.create_index("ix_jobs_ended", ["ended"])
    with op.batch_alter_table("instances") as batch:
        batch.create_index("ix_instances_created", ["created"])
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("url", sa.String, nullable=False),
        sa.Column("events", sa.JSON, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("owner_id", sa.String),
        sa.Column("owner_name", sa.String, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "webhook_id",
            sa.String(32),
            sa.ForeignKey("webhooks.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("instance_id", sa.String(32), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("due", sa.Double, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("delivered", sa.Double),
        sa.Column("outcome", sa.String, nullable=False),
        sa.UniqueConstraint("webhook_id", "job_id"),
    )
    op.create_table(
        "roster_people",
        sa.Column("job_id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.String, primary_key=True, index=True),
    )
    _enter_people()


def _enter_people() -> None:
    """Those who work in the final rosters that are there already."""
    connection = op.get_bind()
    rosters = sa.table("rosters", *map(sa.column, ("job_id", "final", "body")))
    people = sa.table("roster_people", sa.column("job_id"), sa.column("person_id"))
    for job, body in connection.execute(
        sa.select(rosters.c.job_id, rosters.c.body).where(rosters.c.final.is_(sa.true()))
    ).all():
        if bytes(body).startswith(_ZLIB):
            done = json.loads(zlib.decompress(body))["assignments"]
            rows = [{"job_id": job, "person_id": id} for id in {one["person"] for one in done}]
            if rows:
                connection.execute(people.insert(), rows)


def downgrade() -> None:
    for table in ("roster_people", "deliveries", "webhooks"):
        op.drop_table(table)
    with op.batch_alter_table("instances") as batch:
        batch.drop_index("ix_instances_created")
    with op.batch_alter_table("jobs") as batch:
        batch.drop_index("ix_jobs_ended")
        batch.drop_column("title")
    for table in ("jobs", "instances"):
        with op.batch_alter_table(table) as batch:
            for column in ("owner_name", "owner_id", "labels"):
                batch.drop_column(column)
