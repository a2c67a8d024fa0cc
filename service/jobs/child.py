"""The parent's end of a search in a child process: orders down one pipe, messages up the other."""

import json
import os
import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Self

from service.children.nursery import start
from service.children.warm import WarmProcess


class EndedError(Exception):
    """The child is gone. `code`: its exit code, negative for a signal."""

    def __init__(self, code: int):
        self.code = code
        super().__init__(f"exit code {code}")


class Child:
    """A running search process. Leaving the context kills what is left of it."""

    def __init__(self, command: Sequence[str], warm: WarmProcess | None = None) -> None:
        """Start it: forked from `warm`, or by its command."""
        orders, to_child = os.pipe()
        from_child, answers = os.pipe()
        try:
            self._process = (
                start(command, orders, answers) if warm is None else warm.spawn(orders, answers)
            )
        except BaseException:
            os.close(to_child)
            os.close(from_child)
            raise
        finally:
            os.close(orders)
            os.close(answers)
        self._to = os.fdopen(to_child, "w", encoding="utf-8")
        self._from = os.fdopen(from_child, encoding="utf-8")
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._to, self._from):
            # Closing flushes what the child never read, which fails when the child is gone.
            with suppress(OSError):
                pipe.close()

    def send(self, *lines: str) -> None:
        """Give the child lines of JSON; nothing happens if it is gone."""
        try:
            for line in lines:
                self._to.write(line + "\n")
            self._to.flush()
        except OSError:
            # `receive` reports how the child ended.
            pass

    def receive(self, seconds: float) -> dict[str, Any] | None:
        """The next message, or None after so many seconds. Raises EndedError once it is gone."""
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            return None
        if message is None:
            raise EndedError(self._process.wait())
        return message

    def _read(self) -> None:
        try:
            for line in self._from:
                self._messages.put(json.loads(line))
        except ValueError:
            # A line cut off by a crash.
            self._process.kill()
        self._messages.put(None)
