"""The kernels' disk cache: a second process finds it, and an edit makes a new one."""

import subprocess
import sys

from scheduler.engines import compiled
from scheduler.solver import warm_up

COUNT = """
import numba.core.caching as caching
missed = []
save = caching.IndexDataCacheFile.save
caching.IndexDataCacheFile.save = lambda self, *a: (missed.append(a), save(self, *a))[1]
from scheduler.solver import warm_up
warm_up()
print(len(missed))
"""


def test_a_second_process_compiles_nothing():
    warm_up()
    assert not compiled.is_cold()
    told = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "0"


def test_an_edit_of_any_kernel_gives_another_cache_folder(tmp_path, monkeypatch):
    deep = tmp_path / "search" / "moves" / "relocate.py"
    labels = tmp_path / "columns" / "labels.py"
    for path in (deep, labels, tmp_path / "expand.py", tmp_path / "compiled.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    monkeypatch.setattr(compiled, "__file__", str(tmp_path / "compiled.py"))
    before = compiled.cache_folder()
    deep.write_text("two")
    after = compiled.cache_folder()
    assert after != before
    labels.write_text("two")
    third = compiled.cache_folder()
    assert third != after
    (tmp_path / "expand.py").write_text("two")
    assert compiled.cache_folder() != third
