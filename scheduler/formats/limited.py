"""Limits of a process that reads what strangers send, or that must not take its machine with it.

A limit that is already lower, set by whoever started the process, is kept.
"""

import sys
from typing import Any


def taken_bytes() -> int:
    """Address space that this process has, in bytes; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    import resource

    with open("/proc/self/statm", encoding="ascii") as figures:  # noqa: PTH123
        return int(figures.read().split()[0]) * resource.getpagesize()


def limit_process(*, memory_bytes: int = 0, cpu_seconds: int = 0) -> None:
    """Bound this process, where the system can. 0: no limit of ours.

    memory_bytes: of address space, with what the process already has. cpu_seconds: in all.
    """
    try:
        import resource
    except ImportError:  # not a Unix
        return
    if memory_bytes:
        _lower(resource, resource.RLIMIT_AS, memory_bytes)
    if cpu_seconds:
        _lower(resource, resource.RLIMIT_CPU, cpu_seconds)


def _lower(resource: Any, kind: int, most: int) -> None:
    limits = resource.getrlimit(kind)
    lowered = tuple(most if now == resource.RLIM_INFINITY else min(most, now) for now in limits)
    resource.setrlimit(kind, lowered)


def allow_open_files() -> None:
    """Let this process open as many files and connections as whoever started it allows it to."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
