"""Followers of jobs in one process: one look at the database serves them all."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from service.store import Store
from service.store.bell import JOBS, Bell
from service.store.jobs import FINAL, find
from service.store.tables import JobRow

_LEAST_SECONDS = 1.0
"""Between two news of a job in one state: better rosters come faster than anybody reads."""
_MOST_A_SECOND = 50
"""Followers of a job that are told in a second, so that a crowd does not slow down everybody else."""


class _Topic:
    """A job that is followed: how it stood when its followers were told last, and what they wait on."""

    def __init__(self) -> None:
        self.followers = 0
        self.row: JobRow | None = None
        self.later: JobRow | None = None
        """Something newer, which is told when the last news are old enough."""
        self.told = float("-inf")
        self.news = asyncio.Event()

    @property
    def event(self) -> int:
        """Number of the newest event that is known."""
        newest = self.later or self.row
        return 0 if newest is None else newest.event

    def tell(self, row: JobRow | None) -> None:
        """Wake every follower."""
        self.row, self.later = row, None
        self.told = asyncio.get_running_loop().time()
        self.news.set()
        self.news = asyncio.Event()


class Following:
    """Tells followers how jobs stand. It begins to listen with the first of them.

    Used in one event loop; `leave` and `close` may be called from anywhere.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._topics: dict[str, _Topic] = {}
        self._leaving = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell = Bell(store, JOBS, self._heard)

    def leave(self) -> None:
        """End every stream, as the service ends."""
        self._leaving = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake_all)

    def close(self) -> None:
        """Listen no longer. Blocks for up to a second."""
        if self._loop is not None:
            self._bell.close()

    async def rows(self, id: str, seen: int | None) -> AsyncIterator[JobRow]:
        """How a job stands now unless its event is `seen`, then each change until it has ended or was erased."""
        with self._topic(id) as topic:
            if topic.row is None:
                row = await run_in_threadpool(self._find, id)
                # Something newer may have been told meanwhile.
                topic.row = topic.row or row
            while (row := topic.row) is not None and row.erased is None and not self._leaving:
                news, ended = topic.news, row.state in FINAL
                if row.event != seen or ended:
                    seen = row.event
                    yield row
                if ended:
                    return
                if topic.row is row:
                    await news.wait()

    @contextmanager
    def _topic(self, id: str) -> Iterator[_Topic]:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._bell.start()
        topic = self._topics.setdefault(id, _Topic())
        topic.followers += 1
        try:
            yield topic
        finally:
            topic.followers -= 1
            if not topic.followers:
                del self._topics[id]

    def _wake_all(self) -> None:
        for topic in self._topics.values():
            topic.tell(topic.row)

    def _find(self, id: str) -> JobRow | None:
        with self._store.reading() as session:
            return find(session, id)

    def _heard(self, word: str) -> None:
        """In the bell's thread: look what has become of the job told, or of all that are followed."""
        topics = dict(self._topics)
        ids = [id for id in topics if word in ("", id)]
        if not ids:
            return
        with self._store.reading() as session:
            events = session.execute(select(JobRow.id, JobRow.event).where(JobRow.id.in_(ids)))
            changed = [id for id, event in events if topics[id].event != event]
            rows = [find(session, id) for id in changed]
        for row in rows:
            if row is not None and self._loop is not None:
                self._loop.call_soon_threadsafe(self._tell, row)

    def _tell(self, row: JobRow) -> None:
        topic = self._topics.get(row.id)
        if topic is None or self._loop is None or row.event <= topic.event:
            return
        due = topic.told + max(_LEAST_SECONDS, topic.followers / _MOST_A_SECOND)
        if topic.row is None or topic.row.state != row.state or self._loop.time() >= due:
            topic.tell(row)
            return
        if topic.later is None:
            self._loop.call_at(due, self._tell_later, topic)
        topic.later = row

    def _tell_later(self, topic: _Topic) -> None:
        if topic.later is not None:
            topic.tell(topic.later)
