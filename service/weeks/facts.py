"""How a week stands, computed from what happened: nothing of it is kept as a status."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.store import closings
from service.store.publications import PublicationRow
from service.weeks import closing
from service.weeks.opening import OpenWeek
from service.weeks.publishing import Ahead, WeekPublications, ahead, published
from service.weeks.telling import Tellings, unseen


@dataclass(frozen=True)
class WeekFacts:
    """How a week stands. next, previous: weeks that it was rolled into and from."""

    published: WeekPublications
    ahead: Ahead
    untold: int
    closed: bool
    reopened: bool
    next: str | None
    previous: str | None

    @property
    def last(self) -> PublicationRow | None:
        """The last publication."""
        return self.published.rows[-1] if self.published.rows else None

    @property
    def words(self) -> list[str]:
        """The facts that hold, by the names of their messages (``service.fact``)."""
        found = {
            "unpublished": self.last is None,
            "partly_published": self.last is not None and self.ahead.partly,
            "published_with_changes": self.last is not None and self.ahead.changed,
            "published": self.last is not None and not self.ahead.tasks and not self.ahead.partly,
            "closed": self.closed,
            "reopened": self.reopened,
        }
        return [name for name, holds in found.items() if holds]


def facts(
    session: Session, week: OpenWeek, small: int, areas: frozenset[str] | None = None
) -> WeekFacts:
    """How a week stands. small: minutes, as telling has it. areas: of whom it is for; None: every area."""
    id = week.week.id
    what = published(session, id)
    told = Tellings(session, id, what, small)
    hidden = frozenset[str]() if told.now is None else unseen(told.now, areas)
    last = closing.last(session, id)
    following = closing.next_week(session, id)
    return WeekFacts(
        published=what,
        ahead=ahead(week.state, what),
        untold=sum(one.person not in hidden for one in told.to_tell),
        closed=last is not None and last.reopened is None,
        reopened=last is not None and last.reopened is not None,
        next=None if following is None else following.next_id,
        previous=closings.before(session, id),
    )
