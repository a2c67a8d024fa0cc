"""A plan's news: where its week is published, adopting it can publish it at once, with the texts for whom it concerns copied."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.messages import Lang
from service.access import rules
from service.access.caller import Caller
from service.access.mask import CallerView
from service.access.within import Within
from service.routes.common import Parts
from service.routes.weeks.telling import note, publish, would_tell
from service.weeks.commands import Commanded
from service.weeks.facts import WeekFacts, facts
from service.weeks.opening import OpenWeek
from service.weeks.planning import OfferedPlan
from service.wire.weeks.telling import TellPerson

UNTOLD = ("not_told", "again")


@dataclass(frozen=True)
class PlanNews:
    """What a publication with a plan would be. head: revision that the plan is compared with; others: tasks that were changed before and would be published besides."""

    head: int
    people: Sequence[TellPerson]
    others: int

    @property
    def text(self) -> str:
        """What is sent to each of them, one after another."""
        return "\n\n".join(one.change or one.text or "" for one in self.people)


def publishes(parts: Parts, view: CallerView, caller: Caller, head: OpenWeek) -> bool:
    """Whether adopting may publish, since something that this caller may publish was published before."""
    return _scope(_facts(parts, view, head), caller, head) != []


def plan_news(
    parts: Parts, view: CallerView, caller: Caller, offer: OfferedPlan, lang: Lang
) -> PlanNews | None:
    """Who would have to be told what; None where adopting does not publish."""
    stands = _facts(parts, view, offer.head)
    areas = _scope(stands, caller, offer.head)
    if areas == []:
        return None
    after = replace(offer.head, state=offer.merged.state)
    with parts.store.session() as session:
        told = would_tell(parts, session, view, after, areas, lang)
    people = [one for one in told.people if one.state in UNTOLD]
    return PlanNews(offer.head.number, people, len(stands.ahead.tasks))


def publish_news(
    parts: Parts, view: CallerView, caller: Caller, done: Commanded, seen: int
) -> bool:
    """Publish an adopted plan, and note that the texts for all who do not know were copied.

    seen: the head that the texts were made for. False: somebody changed the week in between, or it
    is not published, so that nothing is published.
    """
    areas = _scope(_facts(parts, view, done.before), caller, done.before)
    if areas == [] or done.before.number != seen:
        return False
    week = done.week.week.id
    told = publish(parts, caller, view, done.week, areas)
    with parts.store.session() as session:
        for one in told.people:
            if one.state in UNTOLD:
                note(session, caller, week, told.publication, one.person, "copied")
    return True


def _facts(parts: Parts, view: CallerView, head: OpenWeek) -> WeekFacts:
    with parts.store.session() as session:
        return facts(session, head, parts.settings.small_change_minutes, view.areas)


def _scope(stands: WeekFacts, caller: Caller, head: OpenWeek) -> list[str] | None:
    """The areas that a publication is of: those of the caller that were published before; None: the whole week; []: of nothing."""
    if stands.last is None or stands.closed:
        return []
    if not rules.may("post_publication", caller):
        return []
    within = None if caller.areas is None else Within(head.state.instance, caller.areas)
    if (within is None or within.whole) and not stands.ahead.partly:
        return None
    inside = None if within is None else within.areas
    known = stands.ahead.covered.items()
    return [
        area for area, number in known if number is not None and (inside is None or area in inside)
    ]
