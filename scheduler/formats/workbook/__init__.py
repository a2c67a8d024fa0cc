"""An instance as an Excel workbook in Chinese or English, in which coordinators keep their lists."""

from scheduler.formats.workbook.guard import inspect_guarded, read_guarded
from scheduler.formats.workbook.mark import mark_faults
from scheduler.formats.workbook.read import inspect, read_instance
from scheduler.formats.workbook.write import write_instance, write_template

__all__ = [
    "inspect",
    "inspect_guarded",
    "mark_faults",
    "read_guarded",
    "read_instance",
    "write_instance",
    "write_template",
]
