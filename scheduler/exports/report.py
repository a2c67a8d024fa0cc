"""The roster as a page that opens offline; of a re-plan also with what each person must be told."""

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
    published: tuple[Instance, Roster] | None = None,
) -> None:
    """See `scheduler.report`. published: the published week and roster that this roster is a re-plan of."""
    before = None if published is None else Before(*published)
    write_report(instance, roster, path, lang, private, before)
