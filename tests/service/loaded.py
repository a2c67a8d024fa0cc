"""Loads, when it is imported, all that a service's processes load, so that forks of them have it: see `tests.service.forked`."""

import gc
from importlib import import_module

from service.answers.answering import load

for _name in (
    "alembic.command",
    "scheduler.formats.workbook.limited_reading",
    "service.worker",
    "tests.service.puppets",
):
    import_module(_name)
load()
# No fork looks through what is loaded for garbage: each would twice when it begins, 0.2 s of CPU.
gc.collect()
gc.freeze()
