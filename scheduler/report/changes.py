"""What a re-plan changes for whom: one line for each piece of news, private matters under neutral names."""

from dataclasses import dataclass

from scheduler.messages import LANGS
from scheduler.model import Instance, Roster
from scheduler.report.reader import Reader
from scheduler.rules import Text
from scheduler.weeks.replan import Difference, difference, fallen
from scheduler.weeks.replan.words import Words


@dataclass(frozen=True)
class Before:
    """The roster that people know, and its week."""

    instance: Instance
    roster: Roster


@dataclass(frozen=True)
class Told:
    """What one person is told."""

    name: str
    sentences: list[Text]


@dataclass(frozen=True)
class Changes:
    """How many are told something; what each is told; what starts, stops or moves."""

    head: Text
    people: list[Told]
    work: list[Text]


def changes(reader: Reader, roster: Roster, before: Before) -> Changes:
    """The difference against what people know, as the reader may see it."""
    instance = reader.instance
    forced = fallen(instance, before.roster) if instance.published else ()
    found = difference(instance, before.roster, roster, forced)
    every = [_words(reader, Reader(before.instance, reader.private), lang) for lang in LANGS]
    return _changes(found, every)


def _words(reader: Reader, old: Reader, lang) -> Words:
    return Words(
        reader.words_of(lang, False),
        old.words_of(lang, False),
        lang,
        reader.tasks | old.tasks,
        reader.words_of(lang, True),
    )


def _changes(found: Difference, every: list[Words]) -> Changes:
    notices = [words.notices(found) for words in every]
    return Changes(
        head=_both([words.head(found) for words in every]),
        people=[
            Told(
                told[0].name,
                [_both(list(pair)) for pair in zip(*(one.sentences for one in told), strict=True)],
            )
            for told in zip(*notices, strict=True)
        ],
        work=[
            _both(list(pair)) for pair in zip(*(words.work(found) for words in every), strict=True)
        ],
    )


def _both(words: list[str]) -> Text:
    return Text(**dict(zip(LANGS, words, strict=True)))
