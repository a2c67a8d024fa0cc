"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path`, renamed to it when the block succeeds, removed when it fails.

    It has the suffix of `path`, because some writers choose their format by it.
    Raises OSError, with `path` as the file's name, where it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        partial.chmod(0o666 & ~_umask())
        _keep(partial)
        partial.replace(path)
    except OSError as error:
        if error.filename in (None, name):
            error.filename = str(path)
        raise
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8 as a whole, or leave the old file."""
    with replacing(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def _keep(path: Path) -> None:
    """Have the content on the disk: a file that is renamed before may be empty after a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
