"""Timefold as its quickstart has it: first fit, then late acceptance over its default moves."""

from functools import partial

from benchmarks.peers.timefold.jdk import prepare
from benchmarks.peers.timefold.search import search, supports

__all__ = ["prepare", "solve", "supports"]

solve = partial(search, "stock")
