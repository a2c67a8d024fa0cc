"""What an installation may choose: arguments, then the environment, then ``lianxin.toml``, then the defaults.

The environment's names are the settings' with ``LIANXIN_`` before them, such as
``LIANXIN_DATABASE_URL``; a setting within a table has ``__`` between the two.
`service.configuration` reads the file and tells its faults.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from scheduler.travel.road_server import RoadServer

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MEGABYTE = 1 << 20
PREFIX = "LIANXIN_"

Seconds = Annotated[float, Field(ge=0.01)]
Days = Annotated[float, Field(ge=0.01)]
Bytes = Annotated[int, Field(ge=1)]


def machine_memory_mb() -> int:
    """Megabytes of memory that this process may use at most: the machine's, or its container's."""
    size = 4096 * MEGABYTE
    with suppress(AttributeError, OSError, ValueError):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        size = min(size, int(limit)) if limit.isdecimal() else size
    return max(1, size // MEGABYTE)


class ServiceSettings(BaseSettings):
    """Choices of an installation; sent as JSON to the worker process."""

    model_config = SettingsConfigDict(
        frozen=True,
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    host: str = "127.0.0.1"
    """Address to listen at. Any other than this machine's own needs accounts and allowed_hosts."""
    port: int = Field(default=8000, ge=0, le=65_535)
    """Port to listen at; 0: any that is free."""
    allowed_hosts: tuple[str, ...] = LOOPBACK
    """Names that a request's Host may have (against DNS rebinding), without ports."""
    data_dir: Path = Path("lianxin-data")
    """Folder of the SQLite database, made with access for its owner only; from where it is started."""
    database_url: str | None = Field(
        default=None, repr=False, examples=["postgresql://lianxin:password@localhost/lianxin"]
    )
    """Address of the database; left out: the file lianxin.sqlite in data_dir. In a password write %40 for @, %3A for : and %2F for /."""
    worker_cores: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, examples=[4])
    """Threads that the searches of one worker use together; left out: as many as there are cores."""
    worker_memory_mb: int = Field(default_factory=machine_memory_mb, ge=1, examples=[16_000])
    """Memory that the searches of one worker use together, in megabytes; left out: what the machine has."""
    job_memory_mb: int = Field(default=1024, ge=1)
    """Memory that a worker puts aside for each search, in megabytes."""
    max_cores: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, examples=[4])
    """Most threads of one search; left out: as many as there are cores."""
    max_seconds: Seconds = 24 * 3600.0
    """Longest search, in seconds."""
    memory_mb: int = Field(default=8192, ge=0)
    """Address space of a search in megabytes; 0: no limit (also where the system knows none)."""
    max_json_bytes: Bytes = 64 * MEGABYTE
    """Largest body in JSON."""
    max_workbook_bytes: Bytes = 10 * MEGABYTE
    """Largest workbook."""
    poll_seconds: Seconds = 0.2
    """How long an attempt listens to its search before it looks whether it was asked to stop."""
    save_seconds: Seconds = 1.0
    """How often the best roster so far is saved."""
    grace_seconds: Seconds = 120.0
    """How long a search may go on after a stop or its time limit before it is killed."""
    heartbeat_seconds: Seconds = 5.0
    """How often a worker shows that it lives."""
    dead_after_seconds: Seconds = 60.0
    """How long a worker has a job without a heartbeat; then another may take it."""
    keep_days: Days = 365.0
    """Finished jobs with their rosters are erased after this long."""
    search_command: tuple[str, ...] = Field(
        default=(sys.executable, "-m", "service.search_child"),
        examples=[["python", "-m", "service.search_child"]],
    )
    """What starts a search process, which talks as `service.search_child` does."""
    search_niceness: int = Field(default=10, ge=0, le=19)
    """How far others go before searches: 0, they share the cores equally; 10, a search has a tenth of what others want too."""

    webhook_hosts: tuple[str, ...] = ()
    """Hosts that webhooks may be sent to: ``host`` (ports 80 and 443) or ``host:port``; none: no webhooks."""
    max_wait_seconds: float = 30.0
    """Longest that ``Prefer: wait`` holds an answer back."""
    max_waiting: int = Field(default=64, ge=0)
    """Requests that wait at a time; beyond it a job is answered at once."""

    light_requests: int = Field(default=32, ge=1)
    """Light requests answered at once."""
    reading_processes: int = Field(default=2, ge=1)
    """Processes that read what is sent (instances, jobs), each one request at a time."""
    heavy_processes: int = Field(default=2, ge=1)
    """Processes for explanations, suggestions, evaluations, comparisons and previews."""
    export_processes: int = Field(default=2, ge=1)
    """Processes for rosters as files."""
    answer_memory_mb: int = Field(default=1024, ge=0)
    """Memory of such a process in megabytes, beyond what its program takes; 0: no limit."""
    answer_seconds: Seconds = 60.0
    """How long one of them may work on a request."""
    light_seconds: Seconds = 30.0
    """How long any other request may take until its answer begins."""
    waiting_requests: int = Field(default=32, ge=0)
    """Requests that may wait for such a process."""
    waiting_seconds: Seconds = 20.0
    """How long a request may wait."""
    event_streams: int = Field(default=256, ge=1)
    """Event streams followed at once."""
    uploads: int = Field(default=64, ge=1)
    """Bodies received at once."""
    upload_seconds: Seconds = 120.0
    """How long a body may take to arrive."""
    upload_idle_seconds: Seconds = 10.0
    """How long a body may take to come on, by a kilobyte for each of these seconds."""
    header_seconds: Seconds = 10.0
    """How long a request's head may take to arrive."""
    stalled_seconds: Seconds = 60.0
    """How long an answer may wait for a client that takes none of it."""
    connections: int = Field(default=1000, ge=1)
    """Connections open at once."""
    open_jobs: int = Field(default=5000, ge=1)
    """Jobs that wait or run, of everybody."""
    open_jobs_each: int = Field(default=2000, ge=1)
    """Jobs that wait or run, of one account."""

    proxies: tuple[str, ...] = ()
    """Addresses of reverse proxies, whose X-Forwarded-For and X-Forwarded-Proto are believed, no others are; *: any that reaches it."""
    public_url: str | None = None
    """Where browsers reach the service, as in https://roster.example; links begin with it."""
    session_idle_minutes: float = Field(default=60.0, ge=0.01)
    """A browser that asks nothing for so long has to sign in again."""
    session_hours: float = Field(default=12.0, ge=0.01)
    """A browser has to sign in again after this long, whatever it does."""
    key_file: Path | None = None
    """File of the keys that seal what is private; left out: ``lianxin.keys`` in data_dir, made where it is missing."""
    keep_instance_days: float = Field(default=730.0, ge=0.01)
    """Instances without later ones, and without a job that is still kept, are erased after this long."""

    time_zone: str = "Asia/Shanghai"
    """Zone of the clock by which a page says what is next; weeks themselves have local times."""
    small_change_minutes: int = Field(default=5, ge=0, le=240)
    """A start or end that moves by less is no change: nobody is told of it again."""
    accept_order_days: Days = 1.0
    """An order of the micro-list that waits longer to be accepted is late."""
    finish_order_days: Days = 7.0
    """An order that is not done so long after it was taken down is late."""
    road_servers: dict[str, RoadServer] = Field(
        default={},
        repr=False,
        examples=[{"office": {"url": "http://127.0.0.1:5000", "engine": "osrm"}}],
    )
    """Servers that know the ways between places, by the names that weeks call them by; engine: osrm or valhalla."""

    @property
    def address(self) -> str:
        """Where people reach the service, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def address_path(self) -> Path:
        """File in which the service tells where it was last started; the port may be one of the command line alone."""
        return self.data_dir / "address"

    @property
    def reached(self) -> str:
        """Where people reach the service, as other commands of the installation tell it."""
        if self.public_url is None and self.address_path.is_file():
            return self.address_path.read_text("utf-8").strip() or self.address
        return self.address

    @property
    def key_path(self) -> Path:
        """File of the keys."""
        return self.key_file or self.data_dir / "lianxin.keys"

    @property
    def database(self) -> str:
        """SQLAlchemy address of our tables."""
        return _with_driver(self.database_url) or f"sqlite:///{self.data_dir / 'lianxin.sqlite'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment."""
        return init_settings, Environment(settings_cls)


class Environment(EnvSettingsSource):
    """Variables with our prefix; a list may also be given as words with commas between."""

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:
        """The value as JSON, or else its words. What is neither is left for validation to refuse."""
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return [word.strip() for word in str(value).split(",")]


def _with_driver(url: str | None) -> str | None:
    """The address as SQLAlchemy wants it: PostgreSQL by psycopg 3."""
    for scheme in ("postgresql://", "postgres://"):
        if url and url.startswith(scheme):
            return f"postgresql+psycopg://{url.removeprefix(scheme)}"
    return url
