"""What of a week may go out to whom: the one place that every route asks.

Everything is masked for everybody: private matters have neutral ids and names (``private/1``, see
`scheduler.report.neutral`), their places are areas. Who has the right to private cases and asks for
it (``?private=true``) gets them as they are, and that is in the audit before the answer goes out.
What lies outside the areas of an account is masked likewise (``elsewhere/7``) and never shown to it.

Routes compute with a neutral week: its points and rules are the true ones. What is kept is the true
week: `CallerView.mask` makes the one from the other, and reads neutral ids that come back.
"""

import json
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, TypeVar, cast

from anyio import to_thread
from fastapi import Depends, Query, Request

from scheduler.drawings.reader import Reader
from scheduler.due import Expanded, expand
from scheduler.messages import LANGS, Lang, say
from scheduler.messages.names import NEUTRAL, Names, is_neutral
from scheduler.model import Assignment, Instance, Place, Roster
from scheduler.model.time import clock
from scheduler.report.bare import Bare, restored
from scheduler.report.neutral import Neutral
from scheduler.report.rename import RecordT
from service.access import audit, rules
from service.access.caller import Caller
from service.access.guarded import translated
from service.access.quoted import NOBODYS, Quoted, words
from service.access.within import GROUPS, KINDS_OF_RECORDS, lying_outside, records_outside
from service.problems import ServiceError
from service.store import Store
from service.wire import Both

WeekT = TypeVar("WeekT", bound=Instance)


@dataclass(frozen=True)
class CallerView:
    """What a request may see. private: private matters as they are; areas: None: every area."""

    caller: Caller | None
    private: bool = False
    areas: frozenset[str] | None = None
    operation: str = ""
    request: str = ""
    ratings: bool = True
    """Whether it may see how households rated people."""

    @property
    def cleared(self) -> bool:
        """Whether the caller has the right to private cases, asked for or not."""
        return self.caller is not None and rules.sees(self.caller, "private_case")

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Equal for callers who see the same, and know the same ids."""
        return self.private, self.areas, self.ratings, self.cleared

    def shows(self, body: str) -> bool:
        """Whether a stored instance goes out as it is: nothing in its JSON can be hidden."""
        rated = '"ratings":' in body and not self.ratings
        return self.areas is None and '"private":' not in body and not rated

    def rated(self, week: WeekT) -> WeekT:
        """The week, without what households said of people where that is not to be seen."""
        if self.ratings or not any(home.ratings for home in week.households):
            return week
        homes = tuple(home.model_copy(update={"ratings": {}}) for home in week.households)
        return cast(WeekT, week.changed(households=homes))

    def mask(
        self, instance: Instance, *others: Instance, roster: Roster | None = None
    ) -> "WeekMask":
        """The mask of a week. others: weeks that it is compared with; roster: shows who works in the areas."""
        week = expand(self.rated(instance))
        return WeekMask(self, week, tuple(map(expand, others)), roster)

    def quoted(self, bodies: Sequence[Any], *weeks: Instance) -> Quoted:
        """What may not be quoted of some bodies in faults. weeks: those among them that are instances."""
        outside = {} if self.areas is None else records_outside(weeks, self.areas)
        return Quoted(*bodies, outside=outside)

    def audited_guess(self, store: Store, mask: "WeekMask", data: Any, week: str) -> None:
        """Note that somebody without the right typed a word that is hidden: reading it back tells that it is there.

        data: JSON that came in.
        """
        if mask.guesses(data):
            with store.session() as session:
                audit.record(
                    session,
                    self.caller,
                    self.operation,
                    instance=week,
                    outcome="private_word",
                    request=self.request,
                )

    def audited(
        self,
        store: Store,
        *weeks: Instance,
        instance: str | None = None,
        job: str | None = None,
        task: str | None = None,
    ) -> None:
        """Note that private matters are read, where they are; raises where it cannot be noted."""
        if not self.private or not any(_has_private(week) for week in weeks):
            return
        with store.session() as session:
            audit.record(
                session,
                self.caller,
                self.operation,
                instance=instance,
                job=job,
                task=task,
                request=self.request,
            )


async def _view(
    request: Request,
    private: Annotated[
        bool,
        Query(description="Private matters as they are, for who has the right; it is audited."),
    ] = False,
) -> CallerView:
    caller: Caller | None = request.state.caller
    operation = request.scope["route"].name
    id = str(getattr(request.state, "request_id", ""))
    if private and (caller is None or not rules.sees(caller, "private_case")):
        await to_thread.run_sync(_note_refused, request, caller, operation, id)
        raise ServiceError("private_refused")
    areas = caller.areas if caller is not None else frozenset()
    if caller is not None and rules.sees(caller, "area.outside"):
        areas = None
    ratings = caller is not None and rules.sees(caller, "household.ratings")
    return CallerView(caller, private, areas, operation, id, ratings)


def _note_refused(request: Request, caller: Caller | None, operation: str, id: str) -> None:
    with request.app.state.parts.store.session() as session:
        week, job = audit.asked_about(request.path_params)
        refused = {"outcome": "private_refused", "request": id}
        audit.record(session, caller, operation, instance=week, job=job, **refused)


Viewing = Annotated[CallerView, Depends(_view)]


class WeekMask:
    """One week (expanded) as a view has it. true: the week as it is."""

    def __init__(
        self, view: CallerView, true: Expanded, others: tuple[Expanded, ...], roster: Roster | None
    ):
        self.true = true
        self._view = view
        elsewhere = {} if view.areas is None else lying_outside(true, view.areas, roster)
        for other in others if view.areas is not None else ():
            for kind, ids in lying_outside(other, view.areas or frozenset(), roster).items():
                elsewhere[kind] |= ids
        self.neutral = Neutral(true, *others, private=view.private, elsewhere=elsewhere)

    @cached_property
    def week(self) -> Expanded:
        """The neutral week, to compute with."""
        return Expanded(self.neutral.instance(self.true))

    def other(self, week: WeekT) -> WeekT:
        """Another week that the mask was made for, or a state of this one before it was expanded."""
        rated: Any = self._view.rated(week)
        return cast(WeekT, self.week if rated is self.true else self.neutral.instance(rated))

    @cached_property
    def hidden_tasks(self) -> frozenset[str]:
        """Neutral ids of the visits and shifts that are hidden."""
        return frozenset(self.neutral.ids.get("task", {}).values())

    def read(self, record: RecordT) -> RecordT:
        """A record that came in, whichever ids it has, or a stored one: with neutral ids, to compute with."""
        return self.neutral.record(record)

    @cached_property
    def _incoming(self) -> Neutral:
        return every_neutral(self.true)

    @cached_property
    def _unknown(self) -> dict[str, str]:
        """Hidden ids that the caller may not know → what is as unknown as a wrong guess."""
        heads = ("elsewhere/",) if self._view.cleared else ("elsewhere/", "private/")
        return {
            id: id + NOBODYS
            for kind in _GUESSED
            for id, neutral in self.neutral.ids.get(kind, {}).items()
            if neutral.startswith(heads) and not is_neutral(id)
        }

    @cached_property
    def _meant(self) -> dict[str, str]:
        """What words that came in mean: a neutral id the true one, a hidden one that the caller may not know nothing."""
        return self._unknown | self._incoming.real

    def true_ids(self, data: Any) -> Any:
        """JSON that came in, with true ids instead of neutral ones, whoever's they are.

        A hidden id of which its sender may not know becomes none: who guesses is answered as for a wrong guess.
        """
        # Every neutral id that there may be takes long to find out, and hardly anything that comes in names one.
        named = any(map(_names_neutral, words(data)))
        return translated(data, self._meant if named else self._unknown)

    def guesses(self, data: Any) -> bool:
        """Whether JSON that came in says a kind or skill that is hidden, and that its sender may not know."""
        hidden = {word for kind in ("kind", "skill") for word in self.neutral.ids.get(kind, {})}
        return (
            bool(hidden)
            and not self._view.cleared
            and not hidden.isdisjoint(part for word in words(data) for part in _APART.split(word))
        )

    def known(self, id: str) -> str:
        """The neutral id of a task or person by the id that came in."""
        return self.id(str(self.true_ids(id)))

    def id(self, id: str) -> str:
        """The neutral id of a task or person, whichever id of them it is."""
        id, ids = self._incoming.inward(id) if _names_neutral(id) else id, self.neutral.ids
        return ids.get("task", {}).get(id) or ids.get("person", {}).get(id) or id

    def assignment(self, assignment: Assignment) -> dict[str, Any]:
        """A neutral assignment as it goes out."""
        horizon = self.true.horizon
        with clock(horizon.start, horizon.ticks_per_minute):
            return self.neutral.assignment(assignment).model_dump(mode="json")

    def roster(self, true: Roster) -> Roster:
        """A true roster as it goes out."""
        return self.neutral.roster(true)

    def outgoing(self, neutral: Roster) -> Roster:
        """A neutral roster as it goes out."""
        if not self.neutral:
            return neutral
        parts = tuple(map(self.neutral.assignment, neutral.assignments))
        return neutral.model_copy(update={"assignments": parts})

    def bare(self, neutral: Instance) -> dict[str, Any]:
        """JSON of a neutral instance as it goes out."""
        return self.shown(neutral).model_dump(mode="json", exclude_unset=True)

    def shown(self, neutral: Instance) -> Instance:
        """A neutral instance as it goes out."""
        return Bare(self.neutral, neutral).instance() if self.neutral else neutral

    def shown_record(self, record: Any) -> Any:
        """A record of one of the neutral week's tables as it goes out."""
        return self._bare.record(record) if self.neutral else record

    @cached_property
    def _bare(self) -> Bare:
        return Bare(self.neutral, self.week)

    def restored(self, posted: Any, body: str) -> Any:
        """A changed instance that came in, with what was hidden of `body`, its true JSON, put back."""
        true = json.loads(body)
        if not self.neutral:
            return posted
        shown = self.bare(self.neutral.instance(Instance.model_validate(true)))
        return restored(posted, shown, true, self.neutral)

    def names(
        self, lang: Lang, week: Instance | None = None, before: Instance | None = None
    ) -> Names:
        """Names for sentences that concern nothing hidden."""
        return Names(self.week if week is None else week, lang, before)

    def blurred(
        self, lang: Lang, week: Instance | None = None, before: Instance | None = None
    ) -> Names:
        """Names for sentences about something hidden: every place is an area."""
        if not self.neutral:
            return self.names(lang, week, before)
        blurred = _BY_AREA[lang].week
        earlier = None if before is None else before.derived(blurred, _ALL)
        return Names((week or self.week).derived(blurred, _ALL), lang, earlier)

    def said(
        self,
        tell: Callable[..., str],
        *about: Any,
        week: Instance | None = None,
        before: Instance | None = None,
    ) -> Both:
        """What `tell(names, *about)` says in each language, with places by area where it names something hidden.

        before: a neutral week for the names of what is no longer there
        """
        return Both.of(lambda lang: self._said(lang, tell, about, week or self.week, before))

    def _said(
        self,
        lang: Lang,
        tell: Callable[..., str],
        about: Any,
        week: Instance,
        before: Instance | None,
    ) -> str:
        names = _WatchedNames(week, lang, before)
        sentence = tell(names, *about)
        if not (self.neutral and names.hidden):
            return sentence
        return tell(self.blurred(lang, week, before), *about)


class _WatchedNames(Names):
    """Names that know whether something hidden was named."""

    hidden = False

    def _name(self, id: str, tables: Any) -> str:
        self.hidden = self.hidden or is_neutral(id)
        return super()._name(id, tables)


_ALL = frozenset(Instance.model_fields)


class _ByArea:
    """Makes weeks in which every place has the name of its area, in a language."""

    def __init__(self, lang: Lang):
        self._lang = lang

    def week(self, week: Instance) -> Instance:
        """The week with such places."""
        return week.changed(places=week.derived(self.places, frozenset({"places", "areas"})))

    def places(self, week: Instance) -> tuple[Place, ...]:
        """The places with such names."""
        reader = Reader(week)

        def blurred(place: Place) -> Place:
            area = reader.area(place.id)
            around = say("report.private.place", self._lang)
            name = around if area is None else reader.unmasked.area(area)
            return place.model_copy(update={"name": name})

        return tuple(map(blurred, week.places))


_BY_AREA = {lang: _ByArea(lang) for lang in LANGS}


def true_ids(week: Expanded, data: Any) -> Any:
    """JSON that came in about a week, with true ids instead of neutral ones, whoever's they are."""
    return every_neutral(week).inward(data)


def _names_neutral(word: str) -> bool:
    """Whether a word may hold a neutral id."""
    return any(f"{head}/" in word for head in NEUTRAL)


def every_neutral(week: Expanded) -> Neutral:
    """Every neutral id that anybody may have been told of a week."""
    everything = {kind: {one.id for one in getattr(week, field)} for kind, field in _FIELDS.items()}
    everything["task"] = set(week.task_by_id)
    return Neutral(week, elsewhere=everything)


_APART = re.compile(r"[\s,，、;；:：|/]+")
"""Between the words of a table's cell."""
_GUESSED = (*KINDS_OF_RECORDS, *GROUPS)
"""Kinds of ids; a guessed kind of work or skill is a word that people use, and refused where it would show."""
_FIELDS = {
    "case": "cases",
    "household": "households",
    "duty": "duties",
    "place": "places",
    "person": "people",
}


def _has_private(week: Instance) -> bool:
    reader = Reader(week)
    return bool(reader.tasks or reader.cases)
