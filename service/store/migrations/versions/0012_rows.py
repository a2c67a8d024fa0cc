"""What is sealed is bound to its row: until now it opened in any row of its column."""

from alembic import op

from service.store.rotate import reseal_all
from service.store.sealed import Sealed, SealedJson, SealedText

revision = "0012"
down_revision = "0011"
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
    ("jobs", "id", "title", SealedText),
    ("rosters", "job_id", "body", Sealed),
    ("webhooks", "id", "secret", Sealed),
    ("weeks", "id", "title", SealedText),
    ("weeks", "id", "secret", SealedText),
    ("contents", "digest", "body", Sealed),
    ("revisions", "id", "told", SealedJson),
    ("plans", "id", "request", SealedJson),
    ("outcomes", "id", "said", SealedJson),
    ("imports", "id", "name", SealedText),
    ("imports", "id", "body", Sealed),
    ("imports", "id", "found", SealedJson),
    ("requests", "id", "said", SealedJson),
)


def upgrade() -> None:
    for cells in _SEALED:
        reseal_all(op.get_bind(), *cells)


def downgrade() -> None:
    # What is sealed stays so: the release before cannot read it.
    pass
