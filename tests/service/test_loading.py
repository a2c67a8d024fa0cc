"""What the processes of the service load of what takes long to load."""

import subprocess
import sys

LATE = ("icalendar", "openpyxl", "ortools", "pandas", "pypinyin", "xlsxwriter")
"""What some answers need, and neither web process nor worker."""
NEVER = ("alembic", "numba")
"""What only migrating needs, and only searching."""
SCRIPT = f"""
import sys
from importlib import import_module
def tell():
    print(*(name for name in {(*LATE, *NEVER)} if name in sys.modules))
import_module("service.worker")
tell()
answering = import_module("service.answers.answering")
tell()
answering.load()
tell()
"""


def test_web_process_and_worker_load_nothing_that_only_answers_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    worker, web, answering = (line.split() for line in done.stdout.splitlines())
    assert worker == []
    assert web == []
    assert answering == [*LATE]
