"""Alembic's environment: how the database comes to the tables' newest shape."""
