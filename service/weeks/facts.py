"""How a week stands, computed from what happened: nothing of it is kept as a status."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.store import closings
from service.store.publications import PublicationRow
from service.weeks import closing, micro_list
from service.weeks.opening import OpenWeek
from service.weeks.publishing import Ahead, WeekPublications, ahead, published
from service.weeks.request_words import count_open
from service.weeks.telling import Tellings, unseen


@dataclass(frozen=True)
class WeekFacts:
    """How a week stands. last: the last publication; asked: requests that wait; ordered: orders that do; next, previous: weeks that it was rolled into and from."""

    published: WeekPublications
    last: PublicationRow | None
    ahead: Ahead
    untold: int
    asked: int
    ordered: int
    closed: bool
    reopened: bool
    next: str | None
    previous: str | None

    @property
    def words(self) -> list[str]:
        """The facts that hold, by the names of their messages (``service.fact``)."""
        found = {
            "unpublished": self.last is None,
            "partly_published": self.last is not None and self.ahead.partly,
            "published_with_changes": self.last is not None and bool(self.ahead.changed),
            "published": self.last is not None and not self.ahead.tasks and not self.ahead.partly,
            "closed": self.closed,
            "reopened": self.reopened,
        }
        return [name for name, holds in found.items() if holds]


def facts(
    session: Session, week: OpenWeek, small: int, areas: frozenset[str] | None = None
) -> WeekFacts:
    """How a week stands in some areas (None: every one). small: minutes, as telling has it."""
    id, head = week.week.id, week.state
    what = published(session, id)
    touching = what.touching(head.instance, areas)
    news = ahead(head, what)
    if areas is not None:
        before = () if what.state is None else (what.state.instance,)
        news = news.inside(areas, head.instance, *before)
    told = Tellings(session, id, what, small)
    hidden = frozenset[str]() if told.now is None else unseen(told.now, areas)
    last = closing.last(session, id)
    following = closing.next_week(session, id)
    return WeekFacts(
        published=what,
        last=touching[-1] if touching else None,
        ahead=news,
        untold=sum(one.person not in hidden for one in told.to_tell),
        asked=count_open(session, week, areas),
        ordered=len(micro_list.waiting(session, week, areas)),
        closed=last is not None and last.reopened is None,
        reopened=last is not None and last.reopened is not None,
        next=None if following is None else following.next_id,
        previous=closings.before(session, id),
    )
