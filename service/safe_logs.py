"""Logs that say where something failed and never what it was working on."""

import traceback

_FRAMES = 6


def where(error: BaseException) -> str:
    """The kind of an error and its innermost calls, without its message, which may quote an input."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    calls = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__module__}.{type(error).__name__} in {calls}"
