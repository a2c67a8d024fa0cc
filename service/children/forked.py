"""A process that another one forked for this one: asked for, watched and ended as if it were our own."""

import logging
import os
import select
import signal
import socket
import threading

log = logging.getLogger("lianxin.children")

FORKS = hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")
"""Whether this system can."""
_ANSWER_SECONDS = 10.0
_UNKNOWN = -signal.SIGKILL


class ForkedProcess:
    """A child of the process that forked it, as `subprocess.Popen` shows its own."""

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
                    # Who forked it is gone too, and nobody knows the code.
                    self._code = _UNKNOWN
                self._status.close()
                os.close(self._process)
            return self._code


def fork(control: socket.socket, message: bytes, stdin: int, stdout: int) -> ForkedProcess | None:
    """Have a child forked (see `forks`), with these descriptors; None where that is refused.

    Raises OSError where there is nobody at the other end.
    """
    status, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        try:
            socket.send_fds(control, [message], [stdin, stdout, theirs.fileno()])
        except OSError:
            status.close()
            raise
    status.settimeout(_ANSWER_SECONDS)
    try:
        pid, processes, _, _ = socket.recv_fds(status, 64, 1)
        return ForkedProcess(int(pid), processes[0], status)
    except (OSError, ValueError, IndexError):
        log.warning("a child could not be forked and is started cold")
        status.close()
        return None
