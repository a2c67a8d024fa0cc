"""The command line: ``lianxin solve week.json --out roster.json``."""

import gc

from scheduler.cli.app import app

_YOUNG = 200_000
"""Objects made between two looks for garbage. A week is many small records, of which nearly none is garbage."""


def main() -> None:
    """Run the command that the arguments name."""
    gc.set_threshold(_YOUNG)
    app()


__all__ = ["app", "main"]
