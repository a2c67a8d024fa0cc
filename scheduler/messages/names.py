"""What an instance's ids, days and ticks are called: the one way from a record to words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

from scheduler.messages import Lang, has, say
from scheduler.messages.moments import (
    clock_in_words,
    date_in_words,
    day_in_words,
    duration_in_words,
    moment_in_words,
)
from scheduler.model import Duty, Instance, Person, Role, Wish


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class Names:
    """The names and units of one instance in one language.

    An id that the instance does not have, or whose record has no name, is given back as it is; a neutral
    one (``private/3``) as a word. Private visits have the names that the instance gives them;
    `scheduler.drawings.reader` makes an instance with neutral names.

    before: an earlier state of the instance, for the names of records that it no longer has
    """

    def __init__(self, instance: Instance, lang: Lang, before: Instance | None = None):
        self.instance, self.lang = instance, lang
        self._instances = [instance] if before is None else [instance, before]

    def person(self, id: str) -> str:
        """Name of a person; where others of the instance have the same, with what tells them apart."""
        if id in self._namesakes:
            return self._namesakes[id]
        return self._name(id, (instance.person_by_id for instance in self._instances))

    def people(self, ids: Iterable[str]) -> str:
        """Names of people in a row."""
        return self.listed(map(self.person, ids))

    def task(self, id: str) -> str:
        """Name of a visit or shift."""
        return self._name(id, (instance.task_by_id for instance in self._instances))

    def place(self, id: str) -> str:
        """Name of a place."""
        return self._name(id, (instance.place_by_id for instance in self._instances))

    def area(self, id: str) -> str:
        """Name of an area."""
        return self._name(id, (instance.area_by_id for instance in self._instances))

    def household(self, id: str) -> str:
        """Name of a household."""
        return self._name(id, (instance.household_by_id for instance in self._instances))

    def case(self, id: str) -> str:
        """Name of a case."""
        return self._name(id, (instance.case_by_id for instance in self._instances))

    def duty(self, id: str) -> str:
        """Name of a standing duty."""
        return self._name(id, self._duties)

    @cached_property
    def _namesakes(self) -> dict[str, str]:
        alike: dict[str, list[Person]] = {}
        for person in self.instance.people:
            alike.setdefault(person.name, []).append(person)
        return {
            person.id: self._apart(person, others)
            for name, others in alike.items()
            if name and len(others) > 1
            for person in others
        }

    def _apart(self, person: Person, alike: Sequence[Person]) -> str:
        """A name with the role, the areas or else the id that none of the others has."""
        roles = {one.id: self.role(one.role) for one in alike}
        areas = {one.id: self.listed(map(self.area, one.areas)) for one in alike}
        about = person.id
        for words in (areas, roles):
            if words[person.id] and list(words.values()).count(words[person.id]) == 1:
                about = words[person.id]
        return self._say("apart", name=person.name, about=about)

    @cached_property
    def _duties(self) -> list[dict[str, Duty]]:
        return [{duty.id: duty for duty in instance.duties} for instance in self._instances]

    def kind(self, kind: str) -> str:
        """The word for a kind of work."""
        return kind_in_words(kind, self.lang)

    def role(self, role: Role | str, count: int = 1) -> str:
        """The word for so many people of a role."""
        return role_in_words(role, self.lang, count)

    def skill(self, skill: str) -> str:
        """What a skill is called: its id."""
        return neutral_in_words(skill, self.lang)

    def skills(self, levels: Mapping[str, int]) -> str:
        """Skills in a row."""
        return skills_in_words(levels, self.lang)

    def day(self, day: int) -> str:
        """A day index as date and weekday."""
        return day_in_words(self.instance.horizon, day, self.lang)

    def date(self, when: date, shape: str = "day") -> str:
        """A calendar date; see `date_in_words`."""
        return date_in_words(when, self.lang, shape)

    def moment(self, ticks: int, named_day: str | int | None = None) -> str:
        """Ticks from the horizon's start as day and time of day, without the day that was named already."""
        return moment_in_words(self.instance.horizon, ticks, self.lang, named_day)

    def clock(self, ticks: int) -> str:
        """Time of day of ticks from any midnight."""
        return clock_in_words(ticks // self.instance.horizon.ticks_per_minute)

    def duration(self, ticks: int) -> str:
        """Ticks as hours and minutes."""
        return duration_in_words(ticks, self.instance.horizon.ticks_per_minute, self.lang)

    def wish(self, wish: Wish) -> str:
        """What a wish asks for: its days, kind and place, as far as it has them."""
        parts = []
        if wish.days:
            parts.append(self.listed(map(self.date, wish.days)))
        if wish.kind is not None:
            parts.append(self._say("wish.kind", kind=self.kind(wish.kind)))
        if wish.place is not None:
            parts.append(self.place(wish.place))
        what = self._say("stop").join(parts) or self._say("wish.anything")
        return self._say(f"wish.{'wanted' if wish.want else 'unwanted'}", what=what)

    def listed(self, words: Iterable[str]) -> str:
        """Words in a row, with the language's comma for lists."""
        return self._say("comma").join(words)

    def _name(self, id: str, tables: Iterable[Mapping[str, _Named]]) -> str:
        record = next((table[id] for table in tables if id in table), None)
        name = "" if record is None else record.name
        return name or neutral_in_words(id, self.lang)

    def _say(self, key: str, **slots: object) -> str:
        return say(f"words.{key}", self.lang, **slots)


def kind_in_words(kind: str, lang: Lang) -> str:
    """The word for a kind of work; the kind itself where the catalogue has no word."""
    key = f"words.kind.{kind}"
    return say(key, lang) if has(key) else neutral_in_words(kind, lang)


def holiday_in_words(holiday: str, lang: Lang) -> str:
    """The word for a public holiday; its name itself where the catalogue has no word."""
    key = f"words.holiday.{holiday}"
    return say(key, lang) if has(key) else holiday


def role_in_words(role: Role | str, lang: Lang, count: int = 1) -> str:
    """The word for so many people of a role."""
    return say(f"words.role.{role}", lang, count=count)


def roles_in_words(roles: Sequence[Role | str], lang: Lang) -> str:
    """Roles in a row, of which any will do."""
    listed = say("words.comma", lang).join(role_in_words(role, lang) for role in roles)
    return say("words.roles.listed", lang, roles=listed, count=len(roles))


def skills_in_words(levels: Mapping[str, int], lang: Lang) -> str:
    """Skills in a row, with the level of those for which the first does not do."""
    listed = say("words.comma", lang).join(
        say("words.skills.level", lang, skill=skill, level=level) if level > 1 else skill
        for skill, level in (
            (neutral_in_words(skill, lang), level) for skill, level in levels.items()
        )
    )
    return say("words.skills.listed", lang, skills=listed, count=len(levels))


PRIVATE = "private"
"""Kind of every hidden visit, and the beginning of its id."""
NEUTRAL = (PRIVATE, "elsewhere")
"""What the ids that stand for hidden ones begin with."""


def is_neutral(id: str) -> bool:
    """Whether an id stands for a hidden one. What is no text, as a table's missing value, is none."""
    head, *middle, last = id.split("/") if isinstance(id, str) and "/" in id else ("", "")
    return head in NEUTRAL and len(middle) <= 1 and last.isdecimal()


def is_elsewhere(id: str) -> bool:
    """Whether an id stands for what lies outside the areas of who asks."""
    return is_neutral(id) and not id.startswith(f"{PRIVATE}/")


def neutral_in_words(id: str, lang: Lang) -> str:
    """What an id that stands for a hidden one is called; any other id itself."""
    if not is_neutral(id):
        return id
    head, *middle, number = id.split("/")
    key = f"words.{head}.{middle[0] if middle else 'visit'}"
    return say(key, lang, number=number) if has(key) else id
