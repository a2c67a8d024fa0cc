"""The nursery of a program: forked from it before it has threads, it forks the program's other processes.

So they begin with all that the program has loaded, which is loaded once and in memory once. Where the system
cannot fork, or the nursery is gone, they load it themselves.
"""

import gc
import json
import logging
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from service import logs
from service.children.forked import FORKS, ForkedProcess, fork
from service.children.forks import serve_forks, threads
from service.children.interrupts import uninterrupted
from service.safe_logs import where

log = logging.getLogger("lianxin.children")

_control: socket.socket | None = None
"""To the nursery of this process."""
_NAME = Path("/proc/self/comm")


def prepare() -> None:
    """Have what is loaded from now on start no threads: linear algebra would, as many as there are cores.

    Until `begin`, garbage is not collected either: what a program loads stays, and looking through it again
    and again takes a fifth of the time.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    gc.disable()


def begin() -> None:
    """Fork the nursery of this process; nothing happens where it has one, or threads already."""
    global _control
    gc.enable()
    if _control is not None or not FORKS or threads() > 1:
        return
    # What is loaded stays: no collection touches, and so copies, its pages.
    gc.collect()
    gc.freeze()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        try:
            child = os.fork()
        except OSError as error:
            log.error("no nursery: %s", where(error))
            ours.close()
            return
        if child == 0:
            _live(theirs)
    # The first packet says that it is ready.
    _control = ours if ours.recv(64) else None


def start(
    command: Sequence[str], stdin: int, stdout: int
) -> "ForkedProcess | subprocess.Popen[bytes]":
    """A process with these descriptors, which remain the caller's to close.

    A command of the form `PYTHON -m MODULE …` runs in a fork.
    """
    global _control
    if _control is not None and tuple(command[:2]) == (sys.executable, "-m"):
        try:
            process = fork(_control, json.dumps(command[2:]).encode(), stdin, stdout)
        except OSError as error:
            log.error("the nursery is gone: %s", where(error))
            _control = None
        else:
            if process is not None:
                return process
    # Threads of a linear algebra library would not survive a fork.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    with uninterrupted():
        return subprocess.Popen(command, stdin=stdin, stdout=stdout, env=environment)


def _live(control: socket.socket) -> NoReturn:
    try:
        # Nothing of the program stays open here but what it says of errors.
        os.dup2(control.detach(), 0)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        logs.configure()
        _call("nursery")
        serve_forks(lambda: None, _run, kill=False)
    finally:
        os._exit(1)


def _run(message: bytes) -> None:
    """As `python -m` does, but that modules are loaded."""
    module, *arguments = json.loads(message)
    _call(module.rpartition(".")[2])
    sys.argv = [module, *arguments]
    sys.path.insert(0, str(Path.cwd()))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - a descriptor
    sys.modules.pop(module, None)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _call(name: str) -> None:
    """Name this process, for who lists processes; where nobody may, it keeps its name."""
    with suppress(OSError):
        _NAME.write_text(name)
