"""What an installation may choose. Nothing is read from the environment."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MEGABYTE = 1 << 20


def machine_memory_mb() -> int:
    """Megabytes of memory that this process may use at most: the machine's, or its container's."""
    size = 4096 * MEGABYTE
    with suppress(AttributeError, OSError, ValueError):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        size = min(size, int(limit)) if limit.isdecimal() else size
    return max(1, size // MEGABYTE)


class ServiceSettings(BaseModel):
    """Choices of an installation; sent as JSON to the worker process."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    data_dir: Path
    """Holds the database; made with access for its owner only."""
    database_url: str | None = None
    """SQLAlchemy address of our tables; None: ``lianxin.sqlite`` in the data directory."""
    hosts: tuple[str, ...] = LOOPBACK
    """Names that a request's Host may have (against DNS rebinding); empty: any."""
    worker_cores: int = Field(default=os.cpu_count() or 1, ge=1)
    """Threads that the searches of one worker use together."""
    worker_memory_mb: int = Field(default_factory=machine_memory_mb, ge=1)
    """Memory that the searches of one worker use together."""
    job_memory_mb: int = Field(default=1024, ge=1)
    """Memory that is put aside for each search."""
    max_cores: int = Field(default=os.cpu_count() or 1, ge=1)
    """Most threads of one search."""
    max_seconds: float = 24 * 3600
    """Longest search."""
    memory_mb: int = Field(default=8192, ge=0)
    """Address space of a search in megabytes; 0: no limit (also where the system knows none)."""
    max_json_bytes: int = 64 * MEGABYTE
    max_workbook_bytes: int = 10 * MEGABYTE
    poll_seconds: float = 0.2
    """How long an attempt listens to its search before it looks whether it was asked to stop."""
    save_seconds: float = 1.0
    """How often the best roster so far is saved."""
    grace_seconds: float = 120.0
    """How long a search may go on after a stop or its time limit before it is killed."""
    heartbeat_seconds: float = 5.0
    dead_after_seconds: float = 60.0
    """How long a worker has a job without a heartbeat; then another may take it."""
    keep_days: float = 365.0
    """Finished jobs with their rosters are erased after this long."""
    search_command: tuple[str, ...] = (sys.executable, "-m", "service.search_child")
    """What starts a search process, which talks as `service.search_child` does."""

    @property
    def database(self) -> str:
        """Address of our tables."""
        return self.database_url or f"sqlite:///{self.data_dir / 'lianxin.sqlite'}"
