"""``lianxin free``: who could take work on at some hours."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.talk import Talk, helped, printable

if TYPE_CHECKING:
    from scheduler.explain.free_people import FreePerson
    from scheduler.facts import Facts
    from scheduler.messages.names import Names

LEAST_MINUTES = 30


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    when: Annotated[str, typer.Option(help=helped("free_when"), show_default=False)],
    skill: Annotated[str | None, typer.Option(help=helped("free_skill"))] = None,
    role: Annotated[str | None, typer.Option(help=helped("free_role"))] = None,
    area: Annotated[str | None, typer.Option(help=helped("free_area"))] = None,
    place: Annotated[str | None, typer.Option(help=helped("free_place"))] = None,
    minutes: Annotated[int, typer.Option(min=1, help=helped("free_minutes"))] = LEAST_MINUTES,
) -> None:
    """Say who is free."""
    from scheduler.cli.files import read_roster
    from scheduler.explain.free_people import free_people
    from scheduler.facts import Facts
    from scheduler.formats import mentions

    talk = Talk(lang)
    with orderly(talk, week):
        instance = expanded(talk, week)
        facts = Facts(instance, read_roster(roster, instance, talk))
        found = free_people(
            facts,
            mentions.spans(instance, when),
            skill=None if skill is None else mentions.skill(instance, skill),
            role=None if role is None else mentions.role(role),
            area=None if area is None else mentions.area(instance, area).id,
            place=None if place is None else mentions.place(instance, place).id,
            least=minutes * instance.horizon.ticks_per_minute,
        )
    _show(talk, facts, found, minutes)


def _show(talk: Talk, facts: "Facts", found: "list[FreePerson]", minutes: int) -> None:
    from scheduler.cli.tables import PlainTable
    from scheduler.messages.names import Names

    if not found:
        talk.tell("free.nobody", minutes=minutes)
        return
    names = Names(facts.instance, talk.lang)
    table = PlainTable(*(talk.word(f"free.{head}") for head in ("person", "role", "when", "left")))
    for free in found:
        person = facts.instance.person_by_id[free.person]
        left = talk.word("free.no_limit")
        if free.week_left is not None:
            left = names.duration(free.week_left)
        table.add_row(
            printable(names.person(free.person)),
            names.role(person.role),
            "\n".join(_span(names, start, end) for start, end in free.spans),
            left,
        )
    talk.out.print(table)
    talk.tell("free.note", minutes=minutes)


def _span(names: "Names", start: int, end: int) -> str:
    """A span as its day and two times."""
    day_ticks = names.instance.horizon.day_ticks
    last = "24:00" if end % day_ticks == 0 else names.clock(end)
    same_day = start // day_ticks == (end - 1) // day_ticks
    return f"{names.moment(start)}–{last if same_day else names.moment(end)}"
