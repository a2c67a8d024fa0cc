"""What an installation may choose. Nothing is read from the environment."""

import os
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MEGABYTE = 1 << 20


class ServiceSettings(BaseModel):
    """Choices of an installation; sent as JSON to the worker process."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    data_dir: Path
    """Holds both databases; made with access for its owner only."""
    database_url: str | None = None
    """SQLAlchemy address of our tables; None: ``lianxin.sqlite`` in the data directory."""
    engine_url: str | None = None
    """SQLAlchemy address of the job engine's tables; None: ``jobs.sqlite`` in the data directory."""
    hosts: tuple[str, ...] = LOOPBACK
    """Names that a request's Host may have (against DNS rebinding); empty: any."""
    parallel_jobs: int = Field(default=max(1, (os.cpu_count() or 1) // 2), ge=1)
    """Searches at the same time."""
    max_cores: int = Field(default=os.cpu_count() or 1, ge=1)
    """Most threads of one search."""
    max_seconds: float = 24 * 3600
    """Longest search."""
    memory_mb: int = Field(default=8192, ge=0)
    """Address space of a search in megabytes; 0: no limit (also where the system knows none)."""
    max_json_bytes: int = 64 * MEGABYTE
    max_workbook_bytes: int = 10 * MEGABYTE
    poll_seconds: float = 0.2
    """How often a worker looks for a stop request, and an event stream for changes."""
    save_seconds: float = 1.0
    """How often the best roster so far is saved."""
    grace_seconds: float = 120.0
    """How long a search may go on after a stop or its time limit before it is killed."""
    heartbeat_seconds: float = 5.0
    dead_after_seconds: float = 60.0
    """A worker whose heartbeat is older has its jobs recovered by another."""
    keep_days: float = 365.0
    """Finished jobs with their rosters are erased after this long."""
    keep_engine_days: float = 30.0
    """The job engine's finished rows (ids only) are erased after this long."""
    search_command: tuple[str, ...] = (sys.executable, "-m", "service.search_child")
    """What starts a search process, which talks as `service.search_child` does."""

    webhook_hosts: tuple[str, ...] = ()
    """Hosts that webhooks may be sent to: ``host`` (ports 80 and 443) or ``host:port``; none: no webhooks."""
    max_wait_seconds: float = 30.0
    """Longest that ``Prefer: wait`` holds an answer back."""
    max_waiting: int = Field(default=64, ge=0)
    """Requests that wait at a time; beyond it a job is answered at once."""

    @property
    def database(self) -> str:
        """Address of our tables."""
        return self.database_url or f"sqlite:///{self.data_dir / 'lianxin.sqlite'}"

    @property
    def engine(self) -> str:
        """Address of the job engine's tables, apart from ours: its schema moves with its version."""
        return self.engine_url or f"sqlite:///{self.data_dir / 'jobs.sqlite'}"
