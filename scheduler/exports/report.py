"""The roster as a page that opens offline; of a re-plan also who has to hear what."""

from pathlib import Path

from scheduler.messages import Lang
from scheduler.model import Instance, Roster
from scheduler.report import Before, write_report


def write_roster(
    path: Path,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    private: bool = False,
    known: tuple[Instance, Roster] | None = None,
) -> None:
    """See `scheduler.report`. known: the week and roster that people know."""
    before = None if known is None else Before(*known)
    write_report(instance, roster, path, lang, private, before)
