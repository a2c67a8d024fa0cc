"""The other end of a warm process: keeps it running, and starts children in it."""

import logging
import socket
import threading
import time
from collections.abc import Sequence
from subprocess import Popen

from service.children.forked import FORKS, ForkedProcess, fork
from service.children.forks import FORK, READY, WARM
from service.children.nursery import start

log = logging.getLogger("lianxin.children")

_LOADING_SECONDS = 110.0
"""How long a child waits for the program to be loaded, on a new machine its kernels compiled."""
_RESTART_SECONDS = (1.0, 60.0)
"""The first and the longest wait before a warm process that died is started again."""


class WarmProcess:
    """Starts processes of one program by forking one that has it loaded.

    command: of the program, which takes `forks.WARM` as its last argument. The program is loaded in the
    background. While there is no warm process, and where the system has none, children start cold.
    """

    def __init__(self, command: Sequence[str]):
        self._command = command
        self._lock = threading.Lock()
        self._settled = threading.Event()
        self._control: socket.socket | None = None
        self._closing = threading.Event()
        self._pid = 0
        if FORKS:
            threading.Thread(target=self._keep, daemon=True).start()
        else:
            self._settled.set()

    @property
    def pid(self) -> int:
        """Of the warm process; 0 while there is none."""
        return self._pid

    def close(self) -> None:
        """End the warm process and all that it forked."""
        self._closing.set()
        with self._lock:
            if self._control is not None:
                self._control.shutdown(socket.SHUT_RDWR)

    def spawn(self, stdin: int, stdout: int) -> "ForkedProcess | Popen[bytes]":
        """A child with these descriptors, which remain the caller's to close."""
        self._settled.wait(_LOADING_SECONDS)
        return self._fork(stdin, stdout) or start(self._command, stdin, stdout)

    def _fork(self, stdin: int, stdout: int) -> ForkedProcess | None:
        try:
            with self._lock:
                control = self._control and self._control.dup()
            if control is None:
                return None
            with control:
                return fork(control, FORK, stdin, stdout)
        except OSError:
            return None

    def _keep(self) -> None:
        first, longest = _RESTART_SECONDS
        pause = first
        while True:
            begun = time.monotonic()
            self._live()
            if time.monotonic() - begun > longest:
                pause = first
            if self._closing.is_set():
                return
            log.error("the warm process ended and is started again in %g s", pause)
            if self._closing.wait(pause):
                return
            pause = min(2 * pause, longest)
            self._settled.clear()

    def _live(self) -> None:
        """From the start of a warm process to its end."""
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with control, theirs:
            process = start((*self._command, WARM), theirs.fileno(), 2)
            self._pid = process.pid
            theirs.close()
            ready = control.recv(64) == READY
            with self._lock:
                self._control = control if ready and not self._closing.is_set() else None
            self._settled.set()
            if ready and not self._closing.is_set():
                process.wait()
            with self._lock:
                self._control = None
        process.wait()
        self._pid = 0
