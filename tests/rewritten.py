"""Rewrite the asserts of all tests once, before pytest begins: `python -m tests.rewritten`.

Each of its processes would, since they begin together, and where no bytecode may be written each time anew.
"""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from _pytest.assertion.rewrite import (
    PYC_TAIL,
    _read_pyc,
    _rewrite_test,
    _write_pyc_fp,
    get_cache_dir,
)

TESTS = Path(__file__).parent


def files() -> list[Path]:
    """The files whose asserts pytest rewrites."""
    return sorted(path for name in ("conftest.py", "test_*.py") for path in TESTS.rglob(name))


def kept(path: Path) -> Path:
    """Where pytest looks for a file that was rewritten."""
    return get_cache_dir(path) / (path.stem + PYC_TAIL)


def rewrite(path: Path) -> None:
    """Rewrite a file, unless that was done since it was changed."""
    if _read_pyc(path, kept(path)) is None:
        source_hash, code = _rewrite_test(path, None)
        kept(path).parent.mkdir(parents=True, exist_ok=True)
        with kept(path).open("wb") as file:
            _write_pyc_fp(file, source_hash, code)


if __name__ == "__main__":
    with ProcessPoolExecutor() as processes:
        list(processes.map(rewrite, files(), chunksize=10))
