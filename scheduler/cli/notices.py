"""A difference on the console: for each person what to tell them."""

from rich.console import Group, RenderableType
from rich.text import Text

from scheduler.cli.talk import Talk, printable
from scheduler.model import Instance
from scheduler.weeks.replan.difference import Difference
from scheduler.weeks.replan.words import Words

MOST_PEOPLE = 40


def notices(
    talk: Talk,
    instance: Instance,
    before: Instance,
    difference: Difference,
    most: int = MOST_PEOPLE,
) -> RenderableType:
    """Who must be told what, by person, up to `most`; then what is done, dropped or moved."""
    words = Words(instance, before, talk.lang)
    lines: list[RenderableType] = [Text(words.head(difference), style="bold")]
    every = words.notices(difference)
    for one in every[:most]:
        name = f"{one.name} ({one.person})"
        lines.append(Text(printable(words.person(name)), style="cyan"))
        lines += [Text(f"  · {printable(sentence)}") for sentence in one.sentences]
    if len(every) > most:
        lines.append(Text(talk.word("more", count=len(every) - most), style="dim"))
    lines += [Text(printable(line)) for line in words.work(difference)]
    return Group(*lines)
