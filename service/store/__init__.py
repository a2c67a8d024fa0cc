"""What lasts: our tables (SQLAlchemy) and how they came to be (Alembic). Private text lives here only."""

from service.store.database import Store

__all__ = ["Store"]
