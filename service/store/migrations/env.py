"""Alembic's entry: run on the connection that `Store.migrate` holds."""

from alembic import context

from service.store.every_table import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
