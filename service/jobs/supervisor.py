"""Keeps one worker process running beside the web process."""

import logging
import socket
import subprocess
import sys
import threading

from service.settings import ServiceSettings
from service.store import Store, executors

log = logging.getLogger("lianxin.worker")

_SHUTDOWN_SECONDS = 10.0
_RESTART_SECONDS = 1.0


class Supervisor:
    """Starts a worker, restarts it when it dies, and ends it when the service ends."""

    def __init__(self, store: Store, settings: ServiceSettings):
        self._store = store
        self._settings = settings
        self._closing = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Start the worker."""
        self._process = self._spawn()
        self._thread.start()

    def stop(self) -> None:
        """End the worker; its unfinished jobs go on at the next start."""
        self._closing.set()
        self._close_input()
        self._thread.join(_SHUTDOWN_SECONDS)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            self._thread.join()

    def _spawn(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.worker"], stdin=subprocess.PIPE, bufsize=0
        )
        assert process.stdin is not None
        process.stdin.write(self._settings.model_dump_json().encode() + b"\n")
        return process

    def _close_input(self) -> None:
        # A worker ends when its standard input does.
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    def _watch(self) -> None:
        while True:
            process = self._process
            assert process is not None
            code = process.wait()
            with self._store.session() as session:
                executors.leave(session, pid=process.pid, host=socket.gethostname())
            self._close_input()
            if self._closing.wait(_RESTART_SECONDS):
                return
            log.error("the worker ended with code %d and is started again", code)
            self._process = self._spawn()
            if self._closing.is_set():
                self._close_input()
