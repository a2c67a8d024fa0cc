"""A roster as short plain texts, one for each person, to paste into a chat.

A chat has other readers, so private visits are hidden even in the text of the person who makes them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.drawings.reader import Reader
from scheduler.drawings.words import joined, one_line
from scheduler.facts import Facts
from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words, duration_in_words
from scheduler.model import Instance, Roster
from scheduler.report.audience import Audience, Part
from scheduler.report.changes import Before, announcements
from scheduler.report.leave import leave_of_day
from scheduler.report.part import PartLine, PartLines
from scheduler.rules import Text

MOST_LINES = 9
"""Of one day's work; with more the lines hold several visits each, and no ends."""
MOST_NAMES = 6


@dataclass(frozen=True)
class ReaderText:
    """What is sent about one person. person: their id; lines: without their ends."""

    person: str
    lines: tuple[str, ...]


def week_texts(facts: Facts, lang: Lang) -> Iterator[ReaderText]:
    """The week of everybody who has work or leave in it, in the order of the instance."""
    horizon, public = facts.horizon, Reader(facts.instance)
    for person in facts.instance.people:
        away = any(leave_of_day(horizon, person, on) for on in range(horizon.days))
        if facts.by_person[person.id] or away:
            part = Part(facts, Audience("person", person.id), masked=True, public=public)
            yield ReaderText(person.id, part_text(part, lang))


def change_texts(
    instance: Instance, roster: Roster, before: Before, lang: Lang, small: int | None = None
) -> Iterator[ReaderText]:
    """What differs from the published roster, for everybody who must be told, in the same order.

    small: as `difference` has it.
    """
    for one in announcements(Reader(instance), roster, before, small).people:
        head = say("texts.changed", lang, name=one.name)
        told = (head, *(f"· {getattr(words, lang)}" for words in one.sentences))
        yield ReaderText(one.person, tuple(map(one_line, told)))


def part_text(part: Part, lang: Lang) -> tuple[str, ...]:
    """The lines of what one reader gets."""
    lines, horizon = PartLines(part), part.instance.horizon
    first, last = (
        date_in_words(horizon.date(on), lang, "short_day") for on in (0, horizon.days - 1)
    )
    told = [say("texts.head", lang, name=getattr(part.name, lang), first=first, last=last)]
    for on in range(horizon.days):
        told += _day(part, lines, on, lang)
    if len(told) == 1:
        told.append(say("texts.nothing", lang))
    elif lines.lines:
        told.append(_sum(part, lines, lang))
    if any(line.task in part.reader.tasks for line in lines.lines):
        told.append(say("texts.private", lang))
    return tuple(map(one_line, told))


def _day(part: Part, lines: PartLines, on: int, lang: Lang) -> Iterator[str]:
    """The day's name, then its work; its leave stands beside the name."""
    of_day = lines.of_day(on)
    crowded = len(of_day) > MOST_LINES
    work = [_line(part, lines, line, lang, crowded) for line in of_day]
    leave = []
    if part.audience.kind == "person":
        person = part.instance.person_by_id[part.audience.id]
        leave = [getattr(away, lang) for away in leave_of_day(lines.horizon, person, on)]
    if work or leave:
        name = date_in_words(lines.horizon.date(on), lang, "short_day")
        yield " ".join([name, *leave])
    together = -(-len(work) // MOST_LINES) or 1
    for start in range(0, len(work), together):
        yield say("texts.stop", lang).join(work[start : start + together])


def _line(part: Part, lines: PartLines, line: PartLine, lang: Lang, crowded: bool) -> str:
    hidden = line.task in part.reader.tasks
    words = [say("report.private.visit", lang) if hidden else getattr(line.name, lang)]
    if part.audience.kind != "place":
        words.append(getattr(line.place, lang))
    if line.people:
        key = "with" if part.audience.kind == "person" else "people"
        words.append(say(f"texts.{key}", lang, people=_names(line.people, lang)))
    if part.audience.kind != "person" and line.missing:
        words.append(say("texts.missing", lang, count=line.missing))
    clock = getattr(lines.clock(line), lang)
    begins = clock.partition("–")[0] if crowded else clock
    return f"{begins} " + say("texts.comma", lang).join(words)


def _names(people: tuple[Text, ...], lang: Lang) -> str:
    named = str(getattr(joined(list(people[:MOST_NAMES])), lang))
    if len(people) <= MOST_NAMES:
        return named
    return say("texts.more", lang, people=named, count=len(people))


def _sum(part: Part, lines: PartLines, lang: Lang) -> str:
    if part.audience.kind != "person":
        return say("texts.count", lang, count=len(lines.lines))
    ticks = sum(line.end - line.start for line in lines.lines)
    work = duration_in_words(ticks, lines.horizon.ticks_per_minute, lang)
    return say("texts.sum", lang, count=len(lines.lines), work=work)
