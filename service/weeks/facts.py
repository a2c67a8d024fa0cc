"""How a week stands, computed from what happened: nothing of it is kept as a status."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.store import closings
from service.store.publications import PublicationRow
from service.weeks import closing
from service.weeks.opening import OpenWeek
from service.weeks.publishing import Ahead, PublishedWeek, ahead, published
from service.weeks.telling import ToldWeek


@dataclass(frozen=True)
class WeekFacts:
    """How a week stands. next, previous: weeks that it was rolled into and from."""

    published: PublishedWeek
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
            "published_with_changes": self.last is not None and bool(self.ahead.tasks),
            "published": self.last is not None and not self.ahead.tasks and not self.ahead.partly,
            "closed": self.closed,
            "reopened": self.reopened,
        }
        return [name for name, holds in found.items() if holds]


def facts(session: Session, week: OpenWeek, small: int) -> WeekFacts:
    """How a week stands. small: minutes, as telling has it."""
    id = week.week.id
    what = published(session, id)
    last = closing.last(session, id)
    following = closing.next_week(session, id)
    return WeekFacts(
        published=what,
        ahead=ahead(week.state, what),
        untold=len(ToldWeek(session, id, what, small).to_tell),
        closed=last is not None and last.reopened is None,
        reopened=last is not None and last.reopened is not None,
        next=None if following is None else following.next_id,
        previous=closings.before(session, id),
    )
