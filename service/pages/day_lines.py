"""The lines of a day's people and posts, as HTML that is kept: a person's is drawn anew where what became of their work is."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from service.answers.recent import Recent
from service.pages.day_words import DayWords
from service.pages.drawing import fragment
from service.settings import MEGABYTE
from service.weeks.day import DayStop, PersonDay, PostDay

_NOW = "<!--now-->"
"""Where a person's line has that of now, which is drawn for each request."""
_lines: Recent[str] = Recent(6000, 12 * MEGABYTE, len)
_stops: Recent[dict[tuple[str, int], dict[str, Any]]] = Recent(32)


class DayLines:
    """The lines of one day. absences: a line leads to where it is said that its person cannot come."""

    def __init__(self, words: DayWords, *, absences: bool):
        self._words = words
        self._absences = absences and not words.is_over
        self._key = *words.asked.key, words.lang, words.day.number
        at = words.now_at
        self._now = (
            "" if at is None else f'<line class="now" x1="{at}" x2="{at}" y1="0" y2="24"/>\n'
        )

    def person(self, one: PersonDay) -> Markup:
        """What somebody does on the day."""
        states = tuple(stop.state for stop in one.stops)
        key = *self._key, self._absences, one.person, states
        line = _lines.get(key, lambda: self._drawn("today_person.html", person=one, now=_NOW))
        return Markup(line.replace(_NOW, self._now))

    def post(self, one: PostDay) -> Markup:
        """Who is at a post of the day."""
        line = _lines.get(
            (*self._key, one.shift.id), lambda: self._drawn("today_post.html", one=one)
        )
        return Markup(line)

    def _drawn(self, template: str, **values: Any) -> str:
        words = self._words
        return fragment(
            template,
            words.lang,
            day=words,
            week=words.asked.id,
            chosen=words.iso(words.day.number),
            absences=self._absences,
            **values,
        )

    def stops(self, people: Iterable[PersonDay]) -> dict[str, list[dict[str, Any]]]:
        """Person → stops, for the script that draws them where they are looked at."""
        people = tuple(people)
        words, now = self._words, self._words.day.now
        plain = _stops.get(
            self._key,
            lambda: {_place(stop): words.stop(stop.stop) for one in people for stop in one.stops},
        )
        return {
            one.person: [
                plain[_place(stop)]
                | {
                    "state": stop.state,
                    "ended": None if stop.ended is None else words.clock(stop.ended),
                    "begun": stop.stop.start <= now,
                }
                for stop in one.stops
            ]
            for one in people
        }


def _place(stop: DayStop) -> tuple[str, int]:
    return stop.stop.task.id, stop.stop.slot
