"""Logs as lines of JSON: one for each request, and what goes wrong. They never say what was worked on.

Errors are told by `safe_logs.where`, whoever logs them. What libraries say of an error may quote a
value that they worked on: of their messages only the beginning is kept, up to where such a value may begin.
"""

import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from service.safe_logs import where

_OURS = "lianxin"
_ERRORS = 2
"""The descriptor of standard error."""
_VALUE = re.compile(r"[<>({\[\"'=:%\n]")
_JOB: ContextVar[str | None] = ContextVar("job", default=None)


@contextmanager
def about_job(job: str) -> Iterator[None]:
    """Every line logged inside names the job."""
    token = _JOB.set(job)
    try:
        yield
    finally:
        _JOB.reset(token)


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, then what the record brings."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if (job := _JOB.get()) is not None:
            line["job"] = job
        line |= getattr(record, "fields", {})
        error = record.exc_info and record.exc_info[1]
        if error:
            line["error"] = where(error)
        return json.dumps(line, ensure_ascii=False)


class PlainLines(JsonLines):
    """The same for who looks on at a terminal: time of day, then what happened."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = json.loads(super().format(record))
        told = (line[name] for name in ("method", "operation", "status", "error") if line.get(name))
        clock = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        return " ".join([clock, line["level"], line["message"], *map(str, told)])


def _message(record: logging.LogRecord) -> str:
    ours = record.name.split(".")[0] == _OURS
    if ours or (record.name.startswith("uvicorn") and record.levelno < logging.ERROR):
        return record.getMessage()
    return _VALUE.split(str(record.msg), maxsplit=1)[0].strip()


def operation(scope: Mapping[str, Any]) -> str:
    """The id of the operation that a request asks for; an address may hold names."""
    return getattr(scope.get("route"), "name", None) or "none"


def configure() -> None:
    """Have this process log to standard error: lines of JSON, where nobody looks on at a terminal."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLines() if sys.stderr.isatty() else JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("lianxin.requests", "lianxin.worker"):
        logging.getLogger(name).setLevel(logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.INFO)
    sys.excepthook = _uncaught


@contextmanager
def written_to(file: Path) -> Iterator[None]:
    """Inside, the logs of this process and of all that it starts go to a file, away from the terminal.

    The file begins anew; the one before stays beside it, named ``….before``.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        file.replace(f"{file}.before")
    terminal = os.dup(_ERRORS)
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.dup2(opened, _ERRORS)
        yield
    finally:
        os.dup2(terminal, _ERRORS)
        os.close(opened)
        os.close(terminal)


def _uncaught(_kind: object, error: BaseException, _trace: object) -> None:
    logging.getLogger("lianxin").critical("ended by an error: %s", where(error))
