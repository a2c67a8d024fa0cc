"""Alembic's entry: run on the connection that `Store.migrate` holds."""

from alembic import context

import service.access.audit
import service.access.tables  # noqa: F401 - its tables are in the metadata
from service.store import (  # noqa: F401 - their tables
    closings,
    contents,
    imports,
    plans,
    publications,
    roster_people,
    ways,
    webhooks,
    weeks,
)
from service.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
