"""The command line: ``lianxin solve week.json --out roster.json``."""

import gc

from scheduler.cli.app import app


def main() -> None:
    """Run the command that the arguments name.

    Nobody looks for garbage meanwhile: a week is half a million small records, of which nearly none is, and each
    look takes as long as reading it. A search and a service, which run for longer, look again.
    """
    gc.disable()
    try:
        app()
    finally:
        gc.freeze()  # the interpreter looks several times as it ends


__all__ = ["app", "main"]
