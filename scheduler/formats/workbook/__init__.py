"""An instance as an Excel workbook in Chinese or English, in which coordinators keep their lists.

The names that a user needs, each loaded when it is first asked for: whoever reads a cell's text, or
writes no workbook, waits for neither reader nor writer.
"""

from typing import TYPE_CHECKING

from scheduler.loading import handing_on

if TYPE_CHECKING:
    from scheduler.formats.workbook.guard import inspect_guarded as inspect_guarded
    from scheduler.formats.workbook.guard import read_guarded as read_guarded
    from scheduler.formats.workbook.mark import mark_faults as mark_faults
    from scheduler.formats.workbook.read import inspect as inspect
    from scheduler.formats.workbook.read import read_instance as read_instance
    from scheduler.formats.workbook.template import write_template as write_template
    from scheduler.formats.workbook.write import write_instance as write_instance

_HOMES = {
    "inspect": "read",
    "inspect_guarded": "guard",
    "mark_faults": "mark",
    "read_guarded": "guard",
    "read_instance": "read",
    "write_instance": "write",
    "write_template": "template",
}

__all__ = tuple(_HOMES)
__getattr__ = handing_on(__name__, _HOMES)
