"""The report: one HTML file that opens offline, in both languages, for screen, phone and paper."""

import tempfile
from pathlib import Path

from scheduler.messages import Lang
from scheduler.model import Instance, Roster
from scheduler.report.audience import Audience, Part
from scheduler.report.changes import Before
from scheduler.report.page import page, part_page

__all__ = ["Audience", "Before", "Part", "render_report", "write_part", "write_report"]


def render_report(
    instance: Instance,
    roster: Roster,
    lang: Lang = "zh",
    private: bool = False,
    before: Before | None = None,
) -> str:
    """The report as HTML. It holds both languages, shows `lang` first, and loads no other file.

    private: show private visits, cases and households as they are, instead of as busy time at area
    level. before: the published roster; the page then lists what each person must be told. Raises
    NotARosterError for a roster of another instance.
    """
    return page(instance, roster, lang, private, before)


def write_report(
    instance: Instance,
    roster: Roster,
    path: Path | str,
    lang: Lang = "zh",
    private: bool = False,
    before: Before | None = None,
) -> None:
    """Write the report as UTF-8; the file appears whole or not at all. See `render_report`."""
    _write(Path(path), render_report(instance, roster, lang, private, before))


def write_part(
    part: Part, path: Path | str, lang: Lang = "zh", before: Before | None = None
) -> None:
    """Write the page of one reader in the same way. before: the published roster, for a person's page."""
    _write(Path(path), part_page(part, lang, before))


def _write(path: Path, html: str) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / path.name
        draft.write_text(html, encoding="utf-8")
        draft.replace(path)
