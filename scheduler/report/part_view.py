"""The page of one reader: the values that its template shows."""

from dataclasses import dataclass

from scheduler.drawings.kinds import Kind
from scheduler.drawings.words import duration, role, span, text
from scheduler.report.audience import Part
from scheduler.report.changes import Before, announcements
from scheduler.report.leave import leave_of_day
from scheduler.report.part import PartLine, PartLines
from scheduler.rules import Text


@dataclass(frozen=True)
class PartDay:
    """A day of the page. notes: the reader's leave; lines: each with its time of day."""

    name: Text
    notes: list[Text]
    lines: list[tuple[Text, PartLine]]


@dataclass(frozen=True)
class PartView:
    """What the template reads.

    title: of the week; whose: who or what the page is about, and what that is
    personal: it is about a person; where: its lines say at which place
    sums: how much it is; news: what changes against the published roster, None where there is none to compare with, and for a place or area
    note: what of private matters it tells
    """

    title: str
    whose: tuple[Text, Text]
    personal: bool
    where: bool
    span: Text
    sums: Text
    kinds: list[Kind]
    days: list[PartDay]
    news: list[Text] | None
    note: Text | None


def part_view(part: Part, before: Before | None = None) -> PartView:
    """The page of an audience. before: the published roster; a person's page then tells what changes for them."""
    instance, lines = part.instance, PartLines(part)
    return PartView(
        title=instance.title or instance.id,
        whose=_whose(part),
        personal=part.audience.kind == "person",
        where=part.audience.kind != "place",
        span=span(instance.horizon),
        sums=_sums(part, lines),
        kinds=lines.kinds,
        days=[
            PartDay(
                lines.day(on),
                _leave(part, on),
                [(lines.clock(line), line) for line in lines.of_day(on)],
            )
            for on in range(instance.horizon.days)
        ],
        news=_news(part, before),
        note=_note(part, lines),
    )


def _whose(part: Part) -> tuple[Text, Text]:
    if part.audience.kind == "person":
        person = part.instance.person_by_id[part.audience.id]
        return part.name, role(person.role.value, count=1)
    return part.name, text(f"part.{part.audience.kind}")


def _sums(part: Part, lines: PartLines) -> Text:
    count = len(lines.lines)
    if part.audience.kind != "person":
        return text("part.count", count=count)
    ticks = sum(line.end - line.start for line in lines.lines)
    work = duration(round(ticks / part.instance.horizon.ticks_per_minute))
    way = duration(sum(line.way for line in lines.lines))
    return text("part.sums", count=count, work=work, way=way)


def _leave(part: Part, on: int) -> list[Text]:
    if part.audience.kind != "person":
        return []
    person = part.instance.person_by_id[part.audience.id]
    return leave_of_day(part.instance.horizon, person, on)


def _news(part: Part, before: Before | None) -> list[Text] | None:
    if before is None or part.audience.kind != "person":
        return None
    told = announcements(part.reader, part.facts.roster, before).people
    return [line for one in told if one.person == part.audience.id for line in one.sentences]


def _note(part: Part, lines: PartLines) -> Text | None:
    if part.audience.kind == "person":
        return text("part.own") if any(line.private for line in lines.lines) else None
    private = any(visit.private for visit in part.instance.visits)
    private = private or any(case.private for case in part.instance.cases)
    return text(f"part.hidden_{part.audience.kind}") if private else None
