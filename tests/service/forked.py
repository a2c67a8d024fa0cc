"""Programs forked from a process that has the service loaded: to load it takes longer than most tests."""

import os
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from service.settings import ServiceSettings

_FORKS = get_context("forkserver")
# Threads of a linear algebra library would not survive the fork.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# What else this process forks comes from the same one: see `scheduler.formats.workbook.guard`.
_FORKS.set_forkserver_preload(["tests.service.loaded"])


class ForkedProgram:
    """A program's own process, as `subprocess.Popen` shows it. It leads a group of its own."""

    def __init__(self, main: Callable[..., None], *told: Any, log: Path):
        """main: a function of a module, called with what it is told, which can be pickled."""
        arguments = (main, told, str(log), dict(os.environ))
        self._process = _FORKS.Process(target=_begin, args=arguments, daemon=True)
        self._process.start()
        self.pid: int = self._process.pid
        self.kill = self._process.kill
        self.terminate = self._process.terminate

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Its exit code, once it has ended."""
        self._process.join()
        return self._process.exitcode


def forked_service(settings: ServiceSettings, log: Path, *, worker: bool) -> ForkedProgram:
    """A service, with a worker beside it or none."""
    return ForkedProgram(_serve, settings.model_dump_json(), worker, log=log)


def _begin(
    main: Callable[..., None], told: tuple[Any, ...], log: str, environment: Mapping[str, str]
) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for stream in (1, 2):
        os.dup2(written, stream)
    main(*told)


def _serve(settings: str, worker: bool) -> None:
    from service.app import run

    run(ServiceSettings.model_validate_json(settings), worker=worker)
