"""What the web process does with jobs: submit, stop, status, events, erase."""

import copy
import hashlib
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.access.caller import Caller
from service.answers.recent import Recent
from service.jobs.following import Following
from service.problems import ServiceError
from service.settings import ServiceSettings
from service.store import Store, areas, jobs, tags
from service.store.tables import JobRow, RosterRow

_FULL_SECONDS = 30
"""When to ask again where too many jobs wait."""
_MOST_READ = 256
"""Rows of jobs that are kept: to read a job's last event takes a quarter of reading its row."""

NewId = Callable[[], str]


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid.uuid4().hex


def key_id(key: str, account: str | None = None) -> str:
    """The id that an idempotency key of an account stands for."""
    owner = b"" if account is None else account.encode() + b"\0"
    return hashlib.sha256(b"idempotency-key\0" + owner + key.encode()).hexdigest()[:32]


class Jobs:
    """The port. Every method but `events` blocks on the database."""

    def __init__(self, store: Store, following: Following, settings: ServiceSettings):
        self._store = store
        self._settings = settings
        self._following = following
        self._caller: Caller | None = None
        self._read: Recent[JobRow] = Recent(_MOST_READ)

    def seen_by(self, caller: Caller | None) -> "Jobs":
        """The jobs as a caller sees them: those whose instance it may see; nobody sees any."""
        seen = copy.copy(self)
        seen._caller = caller
        return seen

    def submitted(self, id: str, fingerprint: str) -> JobRow | None:
        """The job that the same request made before, if any.

        Raises ServiceError where another request used the key, or the job was erased.
        """
        with self._store.reading() as session:
            row = jobs.find(session, id)
            same = row and tags.fits(session, row.fingerprint, fingerprint, tags.REQUEST)
        if row is None:
            return None
        if row.erased is not None:
            raise ServiceError("key_spent")
        if not same:
            raise ServiceError("key_reused")
        return self.status(id)

    def submit(
        self,
        id: str,
        fingerprint: str,
        prepare: Callable[[Session], str],
        request: dict[str, Any],
        start_roster: str | None,
        published: str | None = None,
        about: dict[str, Any] | None = None,
        turn: str | None = None,
        also: Callable[[Session], None] | None = None,
    ) -> JobRow:
        """Keep a job, which a worker takes up.

        prepare: returns the id of the instance, which it may add in the same transaction. also: keeps
        more in it, once the job is there. about: title, labels and owner. turn: with whose jobs it
        takes turns; None: with those of its line of instances. Raises ServiceError where too many jobs wait.
        """
        try:
            with self._store.session() as session:
                self._ensure_room(session)
                row = jobs.add(
                    session,
                    id,
                    instance_id=prepare(session),
                    fingerprint=tags.tag(session, fingerprint, tags.REQUEST),
                    request=request,
                    start_roster=start_roster,
                    published=published,
                    turn=turn,
                    about=about,
                )
                if also is not None:
                    also(session)
                return row
        except IntegrityError:
            # Two requests with this key arrived at the same time.
            earlier = self.submitted(id, fingerprint)
            if earlier is None:
                raise
            return earlier

    def _ensure_room(self, session: Session) -> None:
        quotas = [(self._settings.open_jobs, jobs.count_open(session))]
        if self._caller is not None:
            own = jobs.count_open_of(session, self._caller.account)
            quotas.append((self._settings.open_jobs_each, own))
        for most, count in quotas:
            if count >= most:
                raise ServiceError("queue_full", most=most, retry_after=_FULL_SECONDS)

    def status(self, id: str) -> JobRow:
        """How a job stands. Raises ServiceError where there is none."""
        found = self._store.first(jobs.EVENT, {"job": id})
        row = self._read.find(id)
        # The place in the line of one that waits changes without an event of its own.
        if found is not None and (row is None or row.event != found.event or row.state == "queued"):
            with self._store.reading() as session:
                row = jobs.find(session, id)
            if row is not None:
                self._read.keep(id, row)
        if found is None or row is None or row.erased is not None or not self._sees(row):
            raise ServiceError("job_not_found", id=id)
        return row

    def _sees(self, row: JobRow) -> bool:
        caller = self._caller
        if caller is None or caller.areas is None:
            return caller is not None
        with self._store.reading() as session:
            return areas.sees(session, caller.areas, row.instance_id)

    def roster(self, id: str) -> RosterRow:
        """The best roster so far. Raises ServiceError where there is none."""
        job = self.status(id)
        with self._store.reading() as session:
            row = jobs.roster(session, id)
        if row is None:
            raise ServiceError("not_ready" if job.state in jobs.OPEN else "no_roster")
        return row

    def is_replan(self, id: str) -> bool:
        """Whether a job changes a published roster."""
        with self._store.reading() as session:
            return jobs.published(session, id) is not None

    def published(self, id: str) -> str:
        """The roster that a re-plan started from. Raises ServiceError for a job that is none."""
        with self._store.reading() as session:
            roster = jobs.published(session, id)
        if roster is None:
            raise ServiceError("no_replan")
        return roster

    def stop(self, id: str) -> JobRow:
        """Have a job end and keep its best; nothing changes for one that has ended."""
        self.status(id)
        with self._store.session() as session:
            jobs.request_stop(session, id)
        return self.status(id)

    def erase(self, id: str) -> None:
        """Forget a job that has ended. Raises ServiceError for one that has not."""
        if self.status(id).state in jobs.OPEN:
            raise ServiceError("job_not_ended")
        with self._store.session() as session:
            jobs.erase(session, id)

    def events(self, id: str, seen: int | None) -> AsyncIterator[JobRow]:
        """A job's state, then each change of it until the job has ended or the service leaves.

        seen: number of the last event that the client has; a state of this number is not repeated.
        """
        return self._following.rows(id, seen)

    def leave(self) -> None:
        """End every event stream, as the service ends."""
        self._following.leave()

    def close(self) -> None:
        """Follow no jobs any longer."""
        self._following.close()
