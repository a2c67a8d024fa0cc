"""The command line: ``lianxin solve week.json --out roster.json``."""

import gc
import io
import sys

from scheduler.cli.app import app

_YOUNG = 200_000
"""Objects made between two looks for garbage, where there are any."""


def main() -> None:
    """Run the command that the arguments name.

    Nobody looks for garbage meanwhile: a week is half a million small records, of which nearly none is, and each
    look takes as long as reading it. A search and a service, which run for longer, look again.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows the rest
    gc.set_threshold(_YOUNG)
    gc.disable()
    try:
        app()
    finally:
        gc.freeze()  # the interpreter looks several times as it ends


__all__ = ["app", "main"]
