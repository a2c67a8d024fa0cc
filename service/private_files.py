"""Files that hold what is private for a moment: kept in memory, for this process alone, gone whatever ends it.

A file without a name goes with its process. A folder, for writers that want a name, is locked by its process:
what a killed one left is found by `sweep`, which the service and the workers do when they start.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PREFIX = "lianxin-"
_MEMORY = Path("/dev/shm")


def memory_file() -> BinaryIO:
    """An empty file without a name, to write and read; another process may be given its descriptor."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("lianxin"), "w+b")
    return tempfile.TemporaryFile()


@contextmanager
def private_folder() -> Iterator[Path]:
    """An empty folder of mode 0700, which is gone afterwards with all that is in it."""
    folder, lock = _made()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(lock)


def sweep() -> int:
    """Remove the folders of processes that were killed. Returns how many there were."""
    count = 0
    for folder in _room().glob(f"{_PREFIX}*"):
        with suppress(OSError):
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder)
                os.close(lock)
                count += 1
    return count


def _room() -> Path:
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def _made() -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_room()))
        with suppress(FileNotFoundError):  # It was swept before it was locked.
            lock = _locked(folder)
            if lock is not None and folder.exists():
                return folder, lock


def _locked(folder: Path) -> int | None:
    """A folder's lock, held until it is closed or this process ends; None where another has it, or it is another's."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
    except OSError:
        pass
    os.close(handle)
    return None
