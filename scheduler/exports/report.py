"""The roster as a page that opens offline; of a re-plan also with what each person must be told."""

from pathlib import Path

from scheduler.messages import Lang
from scheduler.model import Instance, Roster
from scheduler.report import Before, Part, write_report
from scheduler.report import write_part as write_page


def write_roster(
    path: Path,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    private: bool = False,
    published: tuple[Instance, Roster] | None = None,
) -> None:
    """See `scheduler.report`. published: the published week and roster that this roster is a re-plan of."""
    write_report(instance, roster, path, lang, private, _before(published))


def write_part(
    path: Path, part: Part, lang: Lang, published: tuple[Instance, Roster] | None = None
) -> None:
    """The page of one reader; a person's also with what changes for them."""
    write_page(part, path, lang, _before(published))


def _before(published: tuple[Instance, Roster] | None) -> Before | None:
    return None if published is None else Before(*published)
