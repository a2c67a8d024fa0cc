"""What is private: sealed texts and who read them."""

import sqlalchemy as sa
from alembic import op

from service.store.rotate import reseal_all
from service.store.sealed import Sealed, SealedJson, SealedText

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SEALED = (
    ("instances", "id", "name", SealedText),
    ("instances", "id", "title", SealedText),
    ("instances", "id", "body", Sealed),
    ("jobs", "id", "request", SealedJson),
    ("jobs", "id", "start_roster", Sealed),
    ("jobs", "id", "published", Sealed),
    ("jobs", "id", "result", SealedJson),
    ("jobs", "id", "problem", SealedJson),
    ("rosters", "job_id", "body", Sealed),
)
_APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
        for verb in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("made", sa.Double, nullable=False),
        sa.Column("proof", sa.LargeBinary, nullable=False),
    )
    op.add_column("instances", sa.Column("erased", sa.Double))
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False, index=True),
        sa.Column("account", sa.String(32), index=True),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("token", sa.String),
        sa.Column("operation", sa.String, nullable=False),
        sa.Column("instance", sa.String(32), index=True),
        sa.Column("job", sa.String(32)),
        sa.Column("task", sa.String),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("request", sa.String, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    heads = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.bulk_insert(heads, [{"id": 1, "last": 0, "digest": ""}])
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
    for cells in _SEALED:
        reseal_all(op.get_bind(), *cells)


def downgrade() -> None:
    # What is sealed stays so: the release before cannot read it.
    for table in ("audit_head", "audit", "keys"):
        op.drop_table(table)
    op.drop_column("instances", "erased")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only")
