"""How a command ends: its exit codes, and problems of the input as a table instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from scheduler.cli.talk import Talk

BAD_INPUT = 2
HARD_RULE_BROKEN = 1
ABORTED = 130


@contextmanager
def orderly(talk: Talk, source: Path | None = None) -> Iterator[None]:
    """Print problems of the input as a table and end with exit code 2; never with a traceback.

    source: the file to name where a problem names none.
    """
    from scheduler.model import InputError, StoppedError

    try:
        yield
    except InputError as error:
        from scheduler.cli.tables import problem_list

        talk.err.print(problem_list(talk, error.problems, error.source or str(source or "")))
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        talk.warn("solve.aborted")
        raise typer.Exit(ABORTED) from None
    except StoppedError:
        talk.warn("solve.nothing_found")
        raise typer.Exit(HARD_RULE_BROKEN) from None
    except OSError as error:
        talk.warn("cannot_write", path=error.filename or "", reason=error.strerror or "")
        raise typer.Exit(BAD_INPUT) from None
