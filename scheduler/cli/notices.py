"""A difference on the console: for each person what to tell them."""

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from scheduler.cli.talk import Talk, printable
from scheduler.messages.names import Names
from scheduler.model import Instance
from scheduler.model.exemption import by_reason

if TYPE_CHECKING:
    from scheduler.weeks.replan.difference import Difference

MOST_PEOPLE = 40


def notices(
    talk: Talk,
    instance: Instance,
    before: Instance,
    difference: "Difference",
    most: int = MOST_PEOPLE,
) -> RenderableType:
    """Who must be told what, by person, up to `most`; then what is done, dropped or moved."""
    from scheduler.weeks.replan.words import Announcer

    announcer = Announcer(Names(instance, talk.lang, before))
    lines: list[RenderableType] = [Text(announcer.head(difference), style="bold")]
    announcements = announcer.announcements(difference)
    for announcement in announcements[:most]:
        name = announcement.name
        if name != announcement.person:
            name = f"{name} ({announcement.person})"
        lines.append(Text(printable(announcer.person(name)), style="cyan"))
        lines += [Text(f"  · {printable(sentence)}") for sentence in announcement.sentences]
    if len(announcements) > most:
        lines.append(Text(talk.word("more", count=len(announcements) - most), style="dim"))
    lines += [Text(printable(line)) for line in announcer.work(difference)]
    return Group(*lines)


def tell_exceptions(talk: Talk, instance: Instance) -> None:
    """How many hard rules give way in a week, by reason; nothing where none does."""
    if instance.exceptions:
        counts = by_reason(instance.exceptions).items()
        listed = "; ".join(f"{printable(reason)} × {count}" for reason, count in counts)
        talk.tell("by_hand.exceptions", count=len(instance.exceptions), reasons=listed)
