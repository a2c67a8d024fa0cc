"""What a re-plan changes for whom: one line for each piece of news, private matters under neutral names."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.drawings.reader import Reader
from scheduler.drawings.words import bilingual
from scheduler.messages import LANGS, Lang
from scheduler.messages.names import Names
from scheduler.model import Instance, Roster
from scheduler.rules import Text
from scheduler.weeks.replan import difference, fallen
from scheduler.weeks.replan.words import Announcer


@dataclass(frozen=True)
class Before:
    """The published roster and its week."""

    instance: Instance
    roster: Roster


@dataclass(frozen=True)
class PersonAnnouncements:
    """What one person must be told. person: their id."""

    person: str
    name: str
    sentences: list[Text]


@dataclass(frozen=True)
class Announcements:
    """What a re-plan changes for people and for the work.

    head: how many people must be told something. people: what each must be told. work: what
    starts, stops or moves.
    """

    head: Text
    people: list[PersonAnnouncements]
    work: list[Text]


def announcements(
    reader: Reader, roster: Roster, before: Before, small: int | None = None
) -> Announcements:
    """The difference from the published roster, as the reader may see it. small: as `difference` has it."""
    instance = reader.instance
    forced = fallen(instance, before.roster)
    change = difference(instance, before.roster, roster, forced, small=small)
    old = Reader(before.instance, reader.private)
    announcers = {lang: _announcer(reader, old, lang) for lang in LANGS}
    by_lang = [announcers[lang].announcements(change) for lang in LANGS]
    return Announcements(
        head=bilingual(lambda lang: announcers[lang].head(change)),
        people=[
            PersonAnnouncements(
                in_each_lang[0].person,
                in_each_lang[0].name,
                _both(announcement.sentences for announcement in in_each_lang),
            )
            for in_each_lang in zip(*by_lang, strict=True)
        ],
        work=_both(announcers[lang].work(change) for lang in LANGS),
    )


def _announcer(reader: Reader, old: Reader, lang: Lang) -> Announcer:
    names = Names(reader.names(lang).instance, lang, old.names(lang).instance)
    return Announcer(names, reader.tasks | old.tasks, reader.names(lang, private_matter=True))


def _both(sentences: Iterable[Iterable[str]]) -> list[Text]:
    """Sentences of each language, side by side."""
    return [Text(**dict(zip(LANGS, pair, strict=True))) for pair in zip(*sentences, strict=True)]
