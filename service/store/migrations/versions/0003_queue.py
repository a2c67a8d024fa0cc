"""Jobs taken by lease, with a turn; workers by the database's clock."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INTERACTIVE_SECONDS = 60.0
_JOBS = sa.table(
    "jobs",
    *(sa.column(name) for name in ("id", "instance_id", "state", "runner", "priority", "turn")),
    sa.column("cores"),
    sa.column("event"),
    sa.column("request", sa.JSON),
)
_INSTANCES = sa.table("instances", sa.column("id"), sa.column("origin_id"))


def upgrade() -> None:
    with op.batch_alter_table("jobs") as table:
        table.add_column(sa.Column("priority", sa.Integer, nullable=False, server_default="1"))
        table.add_column(sa.Column("turn", sa.String, nullable=False, server_default=""))
        table.add_column(sa.Column("cores", sa.Integer, nullable=False, server_default="1"))
        table.add_column(sa.Column("taken", sa.Double))
        table.add_column(sa.Column("executor", sa.String))
        table.add_column(sa.Column("lease_until", sa.Double))
        table.add_column(sa.Column("crashes", sa.Integer, nullable=False, server_default="0"))
    _take_up_open_jobs()
    with op.batch_alter_table("jobs") as table:
        for name in ("priority", "turn", "cores", "crashes"):
            table.alter_column(name, server_default=None)
        table.create_index("ix_jobs_turn_taken", ["turn", "taken"])
        table.create_index("ix_jobs_runner", ["runner"])
    # Nobody of these lives: the workers of earlier versions took their jobs elsewhere.
    op.execute("DELETE FROM executors")
    op.execute("DELETE FROM leases")
    with op.batch_alter_table("executors") as table:
        table.drop_column("ended")


def _take_up_open_jobs() -> None:
    """Every job that had not ended waits, with what the queue must know of it."""
    connection = op.get_bind()
    connection.execute(
        _JOBS.update().values(
            turn=sa.select(_INSTANCES.c.origin_id)
            .where(_INSTANCES.c.id == _JOBS.c.instance_id)
            .scalar_subquery()
        )
    )
    of_open = sa.select(_JOBS.c.id, _JOBS.c.request).where(_JOBS.c.state.in_(["queued", "running"]))
    for id, request in connection.execute(of_open).all():
        seconds = request["limits"]["seconds"]
        connection.execute(
            _JOBS.update()
            .where(_JOBS.c.id == id)
            .values(
                state="queued",
                runner=None,
                event=_JOBS.c.event + 1,
                cores=request["cores"],
                priority=0 if seconds is not None and seconds <= _INTERACTIVE_SECONDS else 1,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("executors") as table:
        table.add_column(sa.Column("ended", sa.Double))
    with op.batch_alter_table("jobs") as table:
        table.drop_index("ix_jobs_turn_taken")
        table.drop_index("ix_jobs_runner")
        for name in ("priority", "turn", "cores", "taken", "executor", "lease_until", "crashes"):
            table.drop_column(name)
