"""A difference in words: for each person what to tell them, and what starts, stops or moves."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from scheduler.messages import say
from scheduler.messages.names import Names
from scheduler.model import Assignment
from scheduler.weeks.replan.difference import Difference, NewsItem


@dataclass(frozen=True)
class Announcement:
    """What one person is told: sentences in order of time."""

    person: str
    name: str
    sentences: tuple[str, ...]


class Announcer:
    """Puts a difference into words.

    names: of the changed instance, and of the one before
    private: tasks whose places have the names that `neutral` has for them
    """

    def __init__(self, names: Names, private: Collection[str] = (), neutral: Names | None = None):
        self._names = names
        self._private, self._neutral = private, neutral or names

    def announcements(self, difference: Difference) -> list[Announcement]:
        """One for each person with news, in the order of the instance."""
        return [
            Announcement(
                person,
                self._names.person(person),
                tuple(self._sentence(item, difference) for item in items),
            )
            for person, items in difference.by_person.items()
        ]

    def person(self, name: str) -> str:
        """The line before what one person is told."""
        return self._say("person", person=name)

    def head(self, difference: Difference) -> str:
        """How many people have to be told, and how many of them there was no choice about."""
        count = len(difference.by_person)
        if not count:
            return self._say("nobody")
        forced = len(difference.forced)
        if not forced:
            return self._say("head", count=count)
        return self._say("head_forced", count=count, forced=forced)

    def work(self, difference: Difference) -> list[str]:
        """What is newly done, no longer done, or done at another time or place."""
        return [
            self._say(name, tasks=self._counted(tasks))
            for name in ("started", "stopped", "shifted")
            if (tasks := getattr(difference, name))
        ]

    def _sentence(self, item: NewsItem, difference: Difference) -> str:
        words = {"task": self._names.task(item.task), "people": self._names.people(item.others)}
        key: str = item.news
        if item.before is not None:
            words |= {"before": self._when(item.before), "place_before": self._place(item.before)}
        if item.after is not None:
            words |= {
                "after": self._when(item.after, item.before),
                "place": self._place(item.after),
            }
        if item.news == "lost":
            key = self._lost(item, difference)
        elif item.news == "partner":
            words["after"] = self._when(item.after or item.before)  # type: ignore[arg-type]
            key = "partner" if item.others else "alone"
        elif item.before and item.after and item.before.place != item.after.place:
            key = "moved_place"
        elif item.before and item.after and item.before.start == item.after.start:
            words["end"] = self._names.moment(item.after.end, self._day(item.after.start))
            key = "ends"
        sentence = self._say(f"news.{key}", **words)
        if item.news in ("gained", "moved") and item.others:
            sentence += self._say("with", people=words["people"])
        return sentence

    def _lost(self, item: NewsItem, difference: Difference) -> str:
        if item.task not in self._names.instance.task_by_id:
            return "cancelled"
        if item.others:
            return "taken_over"
        return "dropped" if item.task in difference.stopped else "without"

    def _say(self, key: str, **slots: object) -> str:
        return say(f"difference.{key}", self._names.lang, **slots)

    def _counted(self, tasks: tuple[str, ...]) -> str:
        """Names of tasks, each once with how many bear it."""
        names = Counter(map(self._names.task, tasks))
        return self._names.listed(
            name if count == 1 else f"{name} ×{count}" for name, count in names.items()
        )

    def _place(self, assignment: Assignment) -> str:
        names = self._neutral if assignment.task in self._private else self._names
        return names.place(assignment.place)

    def _when(self, assignment: Assignment, after: Assignment | None = None) -> str:
        """A start; its time of day alone where it follows another on the same day."""
        named_day = None if after is None else self._day(after.start)
        return self._names.moment(assignment.start, named_day)

    def _day(self, moment: int) -> int:
        return self._names.instance.horizon.day_of(moment)
