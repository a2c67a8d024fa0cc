"""The kernels' disk cache: a second process finds it, and an edit makes a new one. And kernels as plain Python."""

import os
import subprocess
import sys
from pathlib import Path

from scheduler.engines import compiled
from scheduler.engines.columns.cells import moves as cells
from scheduler.engines.columns.cells import price
from scheduler.engines.columns.routes import labels
from scheduler.engines.search import anneal
from scheduler.engines.search.pack import pack
from scheduler.engines.search.plan import move_weights
from scheduler.engines.search.thread import Thread
from scheduler.rules.lower import lower
from scheduler.solver import warm_up
from tests.engines.search.weeks import random_week

COUNT = """
import numba.core.caching as caching
missed = []
save = caching.IndexDataCacheFile.save
caching.IndexDataCacheFile.save = lambda self, *a: (missed.append(a), save(self, *a))[1]
from numba.core.codegen import CPUCodeLibrary, JITCPUCodegen
linked, environments = [], []
unserialize, set_env = CPUCodeLibrary._unserialize.__func__, JITCPUCodegen.set_env
def unserialized(cls, codegen, state):
    library = unserialize(cls, codegen, state)
    linked.append([
        [one.opcode for block in function.blocks for one in block.instructions]
        for function in library._shared_module.functions
    ])
    return library
CPUCodeLibrary._unserialize = classmethod(unserialized)
JITCPUCodegen.set_env = lambda self, *a: (environments.append(a), set_env(self, *a))[1]
from scheduler.solver import warm_up
warm_up()
print(len(missed))
kinds = {opcode for functions in linked for opcodes in functions for opcode in opcodes}
print(*kinds, all(linked), len(linked) == len(environments))
"""

INTERPRET = """
from scheduler.engines.search import anneal
from tests.engines.test_compiled import a_few_moves
print(type(anneal.anneal).__name__, a_few_moves())
"""


def a_few_moves() -> str:
    """The roster after a greedy construction and some moves of every kind."""
    lowered = lower(random_week(0))
    thread = Thread(lowered, pack(lowered), seed=1)
    thread.construct()
    thread.anneal(move_weights(lowered), 300, 1e9, 1e3)
    return str(thread.dense())


def test_a_second_process_compiles_nothing_and_reads_nothing_to_link():
    warm_up()
    assert not compiled.is_cold()
    told = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["0", "ret", "True", "True"]


def test_no_kernel_of_a_small_week_is_left_for_the_first_search_to_compile():
    warm_up()
    assert anneal.strike.signatures
    assert cells.anneal.signatures
    assert price.load.signatures
    assert labels.route_labels.signatures


def test_an_edit_of_any_kernel_gives_another_cache_folder(tmp_path, monkeypatch):
    deep = tmp_path / "search" / "moves" / "relocate.py"
    of_days, bounds, minima = (
        tmp_path / "columns" / f"{name}.py" for name in ("labels", "bounds", "soft_minimum")
    )
    cells = tmp_path / "columns" / "cells" / "price.py"
    routes = tmp_path / "columns" / "routes" / "labels.py"
    for path in (
        deep,
        routes,
        of_days,
        bounds,
        minima,
        cells,
        tmp_path / "expand.py",
        tmp_path / "compiled.py",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    monkeypatch.setattr(compiled, "__file__", str(tmp_path / "compiled.py"))
    before = compiled.cache_folder()
    deep.write_text("two")
    after = compiled.cache_folder()
    assert after != before
    of_days.write_text("two")
    third = compiled.cache_folder()
    assert third != after
    cells.write_text("two")
    after, third = third, compiled.cache_folder()
    assert third != after
    routes.write_text("two")
    after, third = third, compiled.cache_folder()
    assert third != after
    minima.write_text("two")
    after, third = third, compiled.cache_folder()
    assert third != after
    (tmp_path / "expand.py").write_text("two")
    assert compiled.cache_folder() != third


def test_without_numba_the_same_moves_give_the_same_roster():
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", INTERPRET],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert ran.stdout.strip() == f"function {a_few_moves()}"
