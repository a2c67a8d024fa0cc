"""Loads, when it is imported, all that a service's processes load, so that forks of them have it: see `tests.service.forked`."""

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
