"""The folder of what is made once for this machine and its user, and can be made again at any time."""

import os
import tempfile
from pathlib import Path


def caches() -> Path:
    """Where it is: below LIANXIN_CACHE if that is set. It may not be there yet, nor may one be allowed to write."""
    base = os.environ.get("LIANXIN_CACHE") or os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:  # nobody's home: a container without a user
        folder = Path(tempfile.gettempdir())
    return folder / "lianxin"
