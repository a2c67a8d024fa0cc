"""How kernels are compiled: the decorators, and a cache folder that knows every kernel source.

numba's disk cache does not notice an edited callee in another file, so the folder is named by a
hash of all of them. Import this module before any kernel.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba


def cache_folder() -> Path:
    """Where kernels compiled from the present sources are kept; under LIANXIN_CACHE if that is set."""
    digest = hashlib.sha256(numba.__version__.encode())
    root = Path(__file__).parent
    for source in [*sorted((root / "search").rglob("*.py")), root / "columns" / "pricing.py"]:
        digest.update(source.relative_to(root).as_posix().encode())
        digest.update(source.read_bytes())
    base = os.environ.get("LIANXIN_CACHE") or os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:  # nobody's home: a container without a user
        folder = Path(tempfile.gettempdir())
    return folder / "lianxin" / digest.hexdigest()[:16]


CACHE = cache_folder()
_config: dict[str, Any] = vars(numba.config)
_config.update(CACHE_DIR=str(CACHE), LOOP_VECTORIZE=0, SLP_VECTORIZE=0, OPT=type(_config["OPT"])(1))
"""Higher levels compile longer and, by measurement, run no faster."""

_COMMON: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
_INNER: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}


def inner(function: Callable) -> Any:
    """For functions that only kernels call: no wrappers, no reference counting, one signature.

    numba would compile such a function once more for every constant that some caller passes.
    """
    compiled = numba.njit(**_COMMON, **_INNER)(function)
    template = compiled.get_call_template

    def plain(args, kws):
        return template(tuple(map(numba.types.unliteral, args)), kws)

    compiled.get_call_template = plain
    return compiled


outer = numba.njit(**_COMMON)
"""For functions that Python calls."""


def is_cold() -> bool:
    """Whether the first call will have to compile."""
    return not CACHE.exists() or not any(CACHE.rglob("*.nbi"))
