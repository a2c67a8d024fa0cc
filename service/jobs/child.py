"""The parent's end of a search in a child process: orders down one pipe, messages up the other."""

import json
import queue
import subprocess
import threading
from collections.abc import Sequence
from typing import Any, Self


class EndedError(Exception):
    """The child is gone. `code`: its exit code, negative for a signal."""

    def __init__(self, code: int):
        self.code = code
        super().__init__(f"exit code {code}")


class Child:
    """A running search process. Leaving the context kills what is left of it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                # Closing flushes what the child never read, which fails when the child is gone.
                pass

    def send(self, *lines: str) -> None:
        """Give the child lines of JSON; nothing happens if it is gone."""
        assert self._process.stdin is not None
        try:
            for line in lines:
                self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
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
        assert self._process.stdout is not None
        try:
            for line in self._process.stdout:
                self._messages.put(json.loads(line))
        except ValueError:
            # A line cut off by a crash.
            self._process.kill()
        self._messages.put(None)
