"""What a board draws."""

from typing import Any

from service.wire import Wire


class BoardOut(Wire):
    """A week's board at a revision."""

    week: str
    revision: int
    """The revision that this is; a command names it as its base."""
    drawing: dict[str, Any]
    """Arrays in which names stand once and bars refer to them by position; moments are minutes from the week's start."""
