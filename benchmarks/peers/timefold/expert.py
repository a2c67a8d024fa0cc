"""Timefold as an expert might: nearby moves, replacements, pieces and tails of days, with annealing."""

from functools import partial

from benchmarks.peers.timefold.jdk import prepare
from benchmarks.peers.timefold.search import search, supports

__all__ = ["prepare", "solve", "supports"]

solve = partial(search, "expert")
