"""The roster in every format that it can be written in: `FORMATS`, by the ending of a file.

A format is a module here with `write_roster(path, instance, roster, lang)` and an entry of
`FORMATS`; the command line, its help and the service offer every format in it. Private visits
are masked as in the report; writers that can show them take `private`. What one reader gets
(`scheduler.report.audience`) is written by a module's `write_part(path, part, lang, published)`.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.messages import Lang
    from scheduler.model import Instance, Roster
    from scheduler.report import Audience


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
    parts: there is a `write_part`
    opens: `write_roster` also takes `private`, to show private visits as they are
    """

    ending: str
    media_type: str
    name: str
    about: str
    module: str
    compares: bool = False
    parts: bool = True
    opens: bool = True

    def write(
        self,
        path: Path,
        instance: "Instance",
        roster: "Roster",
        lang: "Lang",
        published: "tuple[Instance, Roster] | None" = None,
        audience: "Audience | None" = None,
        *,
        masked: bool = False,
        private: bool = False,
    ) -> None:
        """Write a roster. published: the published week and roster, where this one is a re-plan of them.

        audience: whose part of it to write, None: all of it. masked: private visits are hidden even from
        the person who makes them; private: they are shown in the roster of all. Raises InputError for a place that no
        page may be about.
        """
        module = import_module(f"{__name__}.{self.module}")
        more: dict[str, Any] = {"published": published} if self.compares else {}
        if audience is None:
            if private and self.opens:
                more["private"] = True
            module.write_roster(path, instance, roster, lang, **more)
            return
        from scheduler.due import expand
        from scheduler.facts import Facts
        from scheduler.report import Part

        part = Part(Facts(expand(instance), roster), audience, masked)
        module.write_part(path, part, lang, **more)


_FORMATS = (
    RosterFormat(
        ".json",
        "application/json",
        "roster",
        "The roster itself.",
        "json_roster",
        parts=False,
        opens=False,
    ),
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
    RosterFormat(
        ".ics", "text/calendar", "calendar", "The roster as a calendar.", "ical", compares=True
    ),
    RosterFormat(
        ".html",
        "text/html",
        "report",
        "The report: one self-contained page.",
        "report",
        compares=True,
    ),
    RosterFormat(
        ".txt",
        "text/plain",
        "texts",
        "A short text for each person, to paste into a chat; of a re-plan, what is new for them.",
        "texts",
        compares=True,
        opens=False,
    ),
)

FORMATS = {form.ending: form for form in _FORMATS}
"""By ending, in the order of the help."""
