"""The list of people to whom a publication is news, as who asks may see it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from scheduler.messages import Lang
from scheduler.messages.names import Names, is_elsewhere
from scheduler.model import Instance, Person
from scheduler.rules import rules
from scheduler.weeks.telling import ToldKind
from service.access.mask import CallerView
from service.answers.recent import Recent
from service.store.publications import TellingRow
from service.weeks.publishing import WeekPublications
from service.weeks.state import WeekState
from service.weeks.telling import DONE, Tellings, Texts, ToldPerson, texts, unseen
from service.weeks.words import mask_of
from service.wire import Both, moment
from service.wire.weeks.telling import ExceptionOut, TellList, TellPerson

_texts: Recent[Mapping[str, Texts]] = Recent(16)


def shown_people(told: Tellings, view: CallerView) -> list[ToldPerson]:
    """Those of the people whom a publication is something to that the view sees."""
    if told.now is None:
        return []
    hidden = unseen(told.now, view.areas)
    return [one for one in told.people if one.person not in hidden]


def tell_list(
    week: str,
    revision: int,
    told: Tellings,
    published: WeekPublications,
    view: CallerView,
    lang: Lang | None = None,
) -> TellList:
    """How everybody stands. lang: with their texts in this language; None: without."""
    people = shown_people(told, view)
    sent = {} if lang is None else told_texts(told, view, people, lang)
    kinds = Counter(one.kind for one in people)
    return TellList(
        week=week,
        publication=published.number,
        revision=revision,
        counts={kind: kinds[kind] for kind in get_args(ToldKind)},
        to_tell=sum(one.state not in DONE for one in people),
        people=[_person(told, one, sent.get(one.person)) for one in people],
        exceptions=[] if told.now is None else exceptions(told.now, view),
    )


def told_texts(
    told: Tellings, view: CallerView, people: Sequence[ToldPerson], lang: Lang
) -> Mapping[str, Texts]:
    """Person → texts, of what is kept as published; made once for all who see the same."""
    if told.now is None or not people:
        return {}
    now = told.now
    before = {one.since: told.state_of(one.since) for one in people if one.since is not None}
    who = tuple((one.person, one.since) for one in people)
    earlier = tuple((number, state.key) for number, state in before.items())

    def made() -> Mapping[str, Texts]:
        states = before.values()
        mask = view.mask(now.instance, *(each.instance for each in states), roster=now.roster)
        weeks = {
            number: (mask.other(each.instance), mask.read(each.roster))
            for number, each in before.items()
        }
        return texts((mask.week, mask.read(now.roster)), weeks, people, lang, told.small)

    if not now.is_kept:
        return made()
    return _texts.get((now.key, earlier, who, view.key, lang, told.small), made)


def exceptions(state: WeekState, view: CallerView) -> list[ExceptionOut]:
    """The hard rules that give way in a state, to work that somebody has."""
    working = {part.task for part in state.roster.assignments}
    if not any(one.task in working for one in state.instance.exceptions):
        return []
    mask = mask_of(view, state) if state.is_kept else view.mask(state.instance, roster=state.roster)
    worked = {part.task for part in mask.read(state.roster).assignments}
    return [
        ExceptionOut(
            rule=one.rule,
            name=Both.text(rules()[one.rule].name),
            task=one.task,
            text=mask.said(_about, one.task, one.person),
            reason="" if one.task in mask.hidden_tasks else one.reason,
        )
        for one in mask.week.exceptions
        if one.task in worked and not is_elsewhere(one.task)
    ]


def _about(names: Names, task: str, person: str | None) -> str:
    return names.listed([names.task(task), *([] if person is None else [names.person(person)])])


def _person(told: Tellings, one: ToldPerson, sent: Texts | None) -> TellPerson:
    week, person = told.person(one.person)
    return TellPerson(
        person=one.person,
        name=person.name,
        detail=Both.of(lambda lang: detail(week, person, lang)),
        kind=one.kind,
        state=one.state,
        since=one.since,
        text=None if sent is None else "\n".join(sent.week),
        change=None if sent is None or sent.change is None else "\n".join(sent.change),
        **_noted(one.row),
    )


def _noted(row: TellingRow | None) -> dict[str, object]:
    if row is None:
        return {}
    steps = ("copied", "told", "received")
    times = {f"{step}_at": getattr(row, step) for step in steps}
    return {name: moment(at) for name, at in times.items() if at is not None} | {
        "by": row.account_name
    }


def detail(week: Instance, person: Person, lang: Lang) -> str:
    """Role and areas of somebody."""
    names = Names(week, lang)
    return " · ".join(_words(names, person))


def _words(names: Names, person: Person) -> Iterable[str]:
    yield names.role(person.role)
    if person.areas:
        yield names.listed(map(names.area, person.areas))
