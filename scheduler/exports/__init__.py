"""The roster in every format that it can be written in: `FORMATS`, by the ending of a file.

A format is a module here with `write_roster(path, instance, roster, lang)` and an entry of
`FORMATS`; the command line, its help and the service offer every format in it. Private visits
are masked as in the report; writers that can show them take `private`.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.messages import Lang
    from scheduler.model import Instance, Roster


@dataclass(frozen=True)
class RosterFormat:
    """A format of rosters. Its module is loaded when a roster is written.

    ending: of a file, with its dot
    media_type: of what the service answers with
    name: of the operation in the service's document: ``csv`` makes ``get_csv``
    about: that operation's description, in English
    module: of this package, the one that has `write_roster`
    compares: `write_roster` also takes `published`, the published week and roster, and tells what
        changes for whom
    """

    ending: str
    media_type: str
    name: str
    about: str
    module: str
    compares: bool = False

    def write(
        self,
        path: Path,
        instance: "Instance",
        roster: "Roster",
        lang: "Lang",
        published: "tuple[Instance, Roster] | None" = None,
    ) -> None:
        """Write a roster. published: the published week and roster, where this one is a re-plan of them."""
        more = {"published": published} if self.compares else {}
        import_module(f"{__name__}.{self.module}").write_roster(
            path, instance, roster, lang, **more
        )


_FORMATS = (
    RosterFormat(".json", "application/json", "roster", "The roster itself.", "json_roster"),
    RosterFormat(
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "workbook",
        "The roster as a workbook to print and pin to a wall.",
        "workbook",
    ),
    RosterFormat(
        ".csv", "text/csv", "csv", "The roster as one line for each assignment.", "csv_file"
    ),
    RosterFormat(".ics", "text/calendar", "calendar", "The roster as a calendar.", "ical"),
    RosterFormat(
        ".html",
        "text/html",
        "report",
        "The report: one self-contained page.",
        "report",
        compares=True,
    ),
)

FORMATS = {form.ending: form for form in _FORMATS}
"""By ending, in the order of the help."""
