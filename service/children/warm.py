"""The other end of a warm process: keeps it running, and starts children in it."""

import logging
import os
import select
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence

from service.children.forks import FORK, READY, WARM
from service.children.interrupts import uninterrupted

log = logging.getLogger("lianxin.children")

_LOADING_SECONDS = 110.0
"""How long a child waits for the program to be loaded, on a new machine its kernels compiled."""
_ANSWER_SECONDS = 10.0
_RESTART_SECONDS = (1.0, 60.0)
"""The first and the longest wait before a warm process that died is started again."""
_UNKNOWN = -signal.SIGKILL
_FORKS = hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")
"""Whether this system can."""


class ForkedProcess:
    """A child of the warm process, as `subprocess.Popen` shows its own."""

    def __init__(self, pid: int, process: int, status: socket.socket):
        self.pid = pid
        self._process = process
        self._status = status
        self._code: int | None = None
        self._lock = threading.Lock()

    def kill(self) -> None:
        """End it at once; nothing happens if it has ended."""
        with self._lock:
            if self._code is None:
                try:
                    signal.pidfd_send_signal(self._process, signal.SIGKILL)
                except ProcessLookupError:
                    return

    def wait(self) -> int:
        """Its exit code, negative for a signal, once it has ended."""
        if self._code is None:
            # Readable once it has ended.
            ended = select.poll()
            ended.register(self._process, select.POLLIN)
            ended.poll()
        with self._lock:
            if self._code is None:
                self._status.settimeout(_ANSWER_SECONDS)
                try:
                    self._code = int(self._status.recv(64) or _UNKNOWN)
                except OSError:
                    # The warm process is gone too, and nobody knows the code.
                    self._code = _UNKNOWN
                self._status.close()
                os.close(self._process)
            return self._code


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
        if _FORKS:
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

    def spawn(self, stdin: int, stdout: int) -> "ForkedProcess | subprocess.Popen[bytes]":
        """A child with these descriptors, which remain the caller's to close."""
        self._settled.wait(_LOADING_SECONDS)
        return self._fork(stdin, stdout) or subprocess.Popen(
            self._command, stdin=stdin, stdout=stdout
        )

    def _fork(self, stdin: int, stdout: int) -> ForkedProcess | None:
        status, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                with self._lock:
                    if self._control is None:
                        raise ConnectionError
                    socket.send_fds(self._control, [FORK], [stdin, stdout, theirs.fileno()])
            except OSError:
                status.close()
                return None
        status.settimeout(_ANSWER_SECONDS)
        try:
            pid, processes, _, _ = socket.recv_fds(status, 64, 1)
            return ForkedProcess(int(pid), processes[0], status)
        except (OSError, ValueError, IndexError):
            log.warning("a child could not be forked and is started cold")
            status.close()
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
            # Threads of a linear algebra library would not survive the fork.
            with uninterrupted():
                process = subprocess.Popen(
                    (*self._command, WARM),
                    stdin=theirs.fileno(),
                    stdout=2,
                    env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                )
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
