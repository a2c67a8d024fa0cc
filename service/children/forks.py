"""A process that has a program loaded, runs no threads, and forks a child for each message.

Its standard input is a packet socket. Each message brings three descriptors: the child's standard
input, its standard output, and a socket that is told its process id (with a descriptor of the process)
and, once it has ended, its exit code. When the socket ends, whoever started this process is gone.
"""

import gc
import logging
import os
import select
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from service.safe_logs import where

log = logging.getLogger("lianxin.children")

WARM = "--warm"
"""The argument that makes a program a warm process of itself."""
FORK = b"fork"
READY = b"ready"
_THREADS = Path("/proc/self/task")
_LONGEST = 1 << 16
"""Bytes of a message."""


class ThreadsError(Exception):
    """Loading the program left threads running, so that it cannot be forked."""


def threads() -> int:
    """How many this process has, of Python's and of libraries."""
    return max(threading.active_count(), sum(1 for _ in _THREADS.iterdir()))


def serve_forks(
    load: Callable[[], object], run: Callable[[bytes], None], *, kill: bool = True
) -> NoReturn:
    """Load the program, then fork until the socket on standard input ends.

    run: the child's work on a message, between its own standard input and output. kill: end the children
    too; else they must see for themselves that nobody is left to work for.
    """
    # Ctrl-C reaches the whole process group; the socket says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(0))
    gc.disable()
    load()
    gc.enable()
    if threads() > 1:
        raise ThreadsError
    # What is loaded now stays: no collection touches, and so copies, its pages in a child.
    gc.collect()
    gc.freeze()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    try:
        control.send(READY)
    except OSError:
        os._exit(0)  # whoever started this process is gone
    _Forks(control, run, kill).serve(woken)


class _Forks:
    def __init__(self, control: socket.socket, run: Callable[[bytes], None], kill: bool):
        self._control = control
        self._run = run
        self._kill = kill
        self._children: dict[int, socket.socket] = {}

    def serve(self, woken: int) -> NoReturn:
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(woken, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor != woken:
                    self._message()
                    continue
                with suppress(BlockingIOError):
                    os.read(woken, 4096)
            self._reap()

    def _message(self) -> None:
        message, descriptors, _, _ = socket.recv_fds(self._control, _LONGEST, 3)
        if not message:
            for child in self._children if self._kill else ():
                os.kill(child, signal.SIGKILL)
            os._exit(0)
        stdin, stdout, status = descriptors
        try:
            child = os.fork()
        except OSError as error:
            log.error("no child: %s", where(error))
            child = -1
        if child == 0:
            _begin(lambda: self._run(message), stdin, stdout)
        told = socket.socket(fileno=status)
        os.close(stdin)
        os.close(stdout)
        if child > 0:
            self._children[child] = told
            process = os.pidfd_open(child)
            with suppress(OSError):
                socket.send_fds(told, [str(child).encode()], [process])
            os.close(process)
        else:
            told.close()

    def _reap(self) -> None:
        while self._children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            with self._children.pop(child) as told, suppress(OSError):
                told.send(str(os.waitstatus_to_exitcode(status)).encode())


def _begin(run: Callable[[], None], stdin: int, stdout: int) -> None:
    """The life of a child, with nothing open but its three standard descriptors."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(stdin, 0)
        os.dup2(stdout, 1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:
        log.error("a child failed: %s", where(error))
    finally:
        os._exit(code)
