"""Keeps one worker process running beside the web process."""

import logging
import os
import sys
import threading
from contextlib import suppress
from subprocess import Popen
from typing import IO

from service.children.forked import ForkedProcess
from service.children.nursery import start
from service.settings import ServiceSettings

log = logging.getLogger("lianxin.worker")

_COMMAND = (sys.executable, "-m", "service.worker")
_SHUTDOWN_SECONDS = 10.0
_RESTART_SECONDS = 1.0


class Supervisor:
    """Starts a worker, restarts it when it dies, and ends it when the service ends."""

    def __init__(self, settings: ServiceSettings):
        self._settings = settings
        self._closing = threading.Event()
        self._process: ForkedProcess | Popen[bytes] | None = None
        self._input: IO[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Start the worker, and see to it that there is always one."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker; its unfinished jobs go on at the next start."""
        self._closing.set()
        self._close_input()
        self._thread.join(_SHUTDOWN_SECONDS)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            self._thread.join()

    def _close_input(self) -> None:
        # A worker ends when its standard input does.
        if self._input is not None:
            self._input.close()

    def _watch(self) -> None:
        while not self._closing.is_set():
            try:
                code = self._once()
                if not self._closing.is_set():
                    log.error("the worker ended with code %d and is started again", code)
            except OSError as error:
                # No process or no memory to be had just now.
                log.error("no worker could be started: %s", error.strerror)
            self._closing.wait(_RESTART_SECONDS)

    def _once(self) -> int:
        """A worker from its beginning to its end; its exit code."""
        settings, to_worker = os.pipe()
        self._input = os.fdopen(to_worker, "wb", buffering=0)
        try:
            self._process = process = start(_COMMAND, settings, 1)
        except OSError:
            self._close_input()
            raise
        finally:
            os.close(settings)
        with suppress(BrokenPipeError):
            self._input.write(self._settings.model_dump_json().encode() + b"\n")
        if self._closing.is_set():
            self._close_input()
        code = process.wait()
        self._close_input()
        return code
