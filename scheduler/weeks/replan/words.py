"""A difference in words: for each person what to tell them, and what starts, stops or moves."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from scheduler.checker.sentences import moment_in_words
from scheduler.messages import Lang, say
from scheduler.model import Assignment, Instance
from scheduler.weeks.replan.difference import Difference, NewsItem


@dataclass(frozen=True)
class Notice:
    """What one person is told: sentences in order of time."""

    person: str
    name: str
    sentences: tuple[str, ...]


class Words:
    """Speaks of a difference by the names of two instances: the changed one, and the one before.

    hidden: tasks whose places are told by the names that `blurred` has for them
    """

    def __init__(
        self,
        instance: Instance,
        before: Instance,
        lang: Lang,
        hidden: Collection[str] = (),
        blurred: Instance | None = None,
    ):
        self._now, self._before, self._lang = instance, before, lang
        self._hidden, self._blurred = hidden, blurred or instance

    def notices(self, difference: Difference) -> list[Notice]:
        """One for each person with news, in the order of the instance."""
        return [
            Notice(
                person,
                self._person(person),
                tuple(self._sentence(item, difference) for item in items),
            )
            for person, items in difference.by_person.items()
        ]

    def person(self, name: str) -> str:
        """The line before what one person is told."""
        return self._say("person", person=name)

    def head(self, difference: Difference) -> str:
        """How many people have to be told, and how many of them there was no choice about."""
        told = len(difference.by_person)
        if not told:
            return self._say("nobody")
        forced = len(difference.forced)
        if not forced:
            return self._say("head", count=told)
        return self._say("head_forced", count=told, forced=forced)

    def work(self, difference: Difference) -> list[str]:
        """What is newly done, no longer done, or done at another time or place."""
        return [
            self._say(name, tasks=self._counted(tasks))
            for name in ("started", "stopped", "shifted")
            if (tasks := getattr(difference, name))
        ]

    def _sentence(self, item: NewsItem, difference: Difference) -> str:
        words = {"task": self._task(item.task), "people": self._people(item)}
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
        sentence = self._say(f"news.{key}", **words)
        if item.news in ("gained", "moved") and item.others:
            sentence += self._say("with", people=words["people"])
        return sentence

    def _lost(self, item: NewsItem, difference: Difference) -> str:
        if item.task not in self._now.task_by_id:
            return "cancelled"
        if item.others:
            return "taken_over"
        return "dropped" if item.task in difference.stopped else "without"

    def _say(self, key: str, **slots: object) -> str:
        return say(f"difference.{key}", self._lang, **slots)

    def _list(self, parts: list[str]) -> str:
        return self._say("join").join(parts)

    def _counted(self, tasks: tuple[str, ...]) -> str:
        """Names of tasks, each once with how many bear it."""
        names = Counter(self._task(task) for task in tasks)
        return self._list([name if n == 1 else f"{name} ×{n}" for name, n in names.items()])

    def _task(self, task: str) -> str:
        known = self._now.task_by_id.get(task) or self._before.task_by_id.get(task)
        return task if known is None else known.name or task

    def _person(self, person: str) -> str:
        known = self._now.person_by_id.get(person) or self._before.person_by_id.get(person)
        return person if known is None else known.name

    def _people(self, item: NewsItem) -> str:
        return self._list([self._person(one) for one in item.others])

    def _place(self, one: Assignment) -> str:
        names = self._blurred if one.task in self._hidden else self._now
        known = names.place_by_id.get(one.place)
        return one.place if known is None else known.name

    def _when(self, one: Assignment, after: Assignment | None = None) -> str:
        """A start; its time of day alone where it follows another on the same day."""
        told = None if after is None else self._now.horizon.day_of(after.start)
        return moment_in_words(self._now.horizon, one.start, self._lang, told)
