"""Versions of the program, of Python, of the file format and of the job schema."""

import platform
from functools import cache
from importlib.metadata import version

from scheduler.model.instance import SCHEMA_VERSION
from service.store.jobs import JOB_SCHEMA


@cache
def versions() -> dict[str, str]:
    """Name to version."""
    return {
        "lianxin": version("lianxin"),
        "python": platform.python_version(),
        "schema": SCHEMA_VERSION,
        "jobs": JOB_SCHEMA,
    }
