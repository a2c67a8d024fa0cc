"""The roster as short texts, one for each person, to paste into a chat; of a re-plan, what is new for them."""

from collections.abc import Iterable
from pathlib import Path

from scheduler.due import expand
from scheduler.facts import Facts
from scheduler.messages import Lang
from scheduler.model import Instance, Roster
from scheduler.report import Audience, Before, Part
from scheduler.report.texts import ReaderText, change_texts, part_text, week_texts


def write_roster(
    path: Path,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    published: tuple[Instance, Roster] | None = None,
) -> None:
    """Everybody's week; with the published week and roster only what changes, for those concerned."""
    write(path, texts(instance, roster, lang, published))


def write_part(
    path: Path, part: Part, lang: Lang, published: tuple[Instance, Roster] | None = None
) -> None:
    """The text of one reader, private visits hidden, for a chat has others."""
    audience = part.audience
    if audience.kind == "person":
        write(path, texts(part.instance, part.facts.roster, lang, published, audience.id))
    else:
        write(path, [ReaderText(audience.id, part_text(part, lang))])


def texts(
    instance: Instance,
    roster: Roster,
    lang: Lang,
    published: tuple[Instance, Roster] | None = None,
    person: str | None = None,
) -> list[ReaderText]:
    """The texts of everybody whom they concern, or of one person (by id). published: see `write_roster`."""
    week = expand(instance)
    if published is not None:
        told = list(change_texts(week, roster, Before(*published), lang))
        return [text for text in told if person in (None, text.person)]
    facts = Facts(week, roster)
    if person is None:
        return list(week_texts(facts, lang))
    part = Part(facts, Audience("person", person), masked=True)
    return [ReaderText(person, part_text(part, lang))]


def write(path: Path, told: Iterable[ReaderText]) -> None:
    """UTF-8 with a byte order mark and Windows' ends of lines, which old editors ask for."""
    blocks = ("".join(f"{line}\r\n" for line in text.lines) for text in told)
    path.write_bytes("\r\n".join(blocks).encode("utf-8-sig"))
