"""The database: our tables (SQLAlchemy) and their migrations (Alembic). Private text is stored nowhere else."""

from service.store.database import Store

__all__ = ["Store"]
