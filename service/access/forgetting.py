"""``lianxin erase``: one person or household is taken out of everything that is kept, across all weeks.

Their ids and names become neutral ones in instances, rosters, histories and what jobs say; whatever
else was planned stays as it was and can be solved again. Then the database is made to forget: what
SQLite freed is overwritten, its log is emptied, and PostgreSQL's dead rows are removed.
"""

import json
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.orm import Session, undefer

from scheduler.model import Instance, Roster
from scheduler.report.forget import Forgotten, found, homes
from service.access import accounts, audit
from service.access.caller import LOCAL, Caller
from service.access.links import LinkRow
from service.access.tables import AccountRow
from service.store import Store, instances, tags
from service.store.roster_people import RosterPersonRow
from service.store.tables import Base, InstanceRow, JobRow, RosterRow
from service.weeks import forgetting

_SIGNED = ("account_name", "owner_name", "settled_name")
"""Columns with the name of who did something: of who came by a private link, the person's own."""


@dataclass
class Traces:
    """Where somebody is told of. ids, names: theirs; instances, jobs, weeks: ids of the rows."""

    kind: str
    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    instances: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    weeks: list[str] = field(default_factory=list)
    homes: dict[str, frozenset[str]] = field(default_factory=dict)
    """Places that are theirs alone in every week, with their names that no other place has."""

    def __bool__(self) -> bool:
        return bool(self.ids)


def traces(session: Session, kind: str, who: str) -> Traces:
    """Everything that tells of a person or household. who: an id or a name."""
    ids, names = found(kind, who, _instances(session))
    # The same id or name in another week is the same one.
    for other in sorted(ids | names):
        more_ids, more_names = found(kind, other, _instances(session))
        ids, names = ids | more_ids, names | more_names
    result = Traces(kind, ids, names)
    if not result:
        return result
    result.homes = _homes(session, kind, ids)
    told = Forgotten(kind, ids, names, "", result.homes)
    result.instances = [row.id for row, _ in _weeks(session) if told.mentioned(row.body)]
    for job in session.scalars(select(JobRow).options(undefer("*"))):
        if any(told.mentioned(part) for part in _texts(session, job)):
            result.jobs.append(job.id)
    result.weeks = forgetting.mentioned(session, told)
    return result


def forget(store: Store, kind: str, who: str, by: Caller = LOCAL) -> Traces:
    """Replace a person or household everywhere. Returns where they were told of. by: for the audit."""
    with store.session() as session:
        where = traces(session, kind, who)
        if not where:
            return where
        neutral = f"erased/{secrets.token_hex(4)}"
        gone = Forgotten(kind, where.ids, where.names, neutral, where.homes)
        for id in where.instances:
            _instance(session, id, gone)
            audit.record(session, by, f"erase_{kind}", instance=id)
        if kind == "person":
            _sign_out(session, gone)
        # Files and answers that were made of them before are made anew.
        of_them = or_(JobRow.id.in_(where.jobs), JobRow.instance_id.in_(where.instances))
        session.execute(update(JobRow).where(of_them).values(event=JobRow.event + 1))
        for id in where.jobs:
            _job(session, id, gone)
            audit.record(session, by, f"erase_{kind}", job=id)
        forgetting.forget(session, by, gone, where.weeks)
    scrub(store)
    return where


def _sign_out(session: Session, gone: Forgotten) -> None:
    """Shut the ways of a person to their weeks, and take their name from what they did.

    Their account stays, locked and without its name: no two are ever of one id.
    """
    signed = {*gone.ids, *gone.names, *map(accounts.spelt, gone.names)}
    whose = select(AccountRow).where(AccountRow.person.in_(gone.ids)).order_by(AccountRow.id)
    for number, row in enumerate(session.scalars(whose).all(), 1):
        signed.add(row.name)
        accounts.disable(session, row)
        row.name, row.person, row.password = f"{gone.neutral}/{number}", None, None
    session.execute(delete(LinkRow).where(LinkRow.person.in_(gone.ids)))
    for table in Base.metadata.sorted_tables:
        for column in (table.c[name] for name in _SIGNED if name in table.c):
            theirs = update(table).where(column.in_(signed)).values({column: gone.neutral})
            session.execute(theirs)


def _weeks(session: Session) -> Iterator[tuple[InstanceRow, Instance]]:
    query = select(InstanceRow).where(InstanceRow.erased.is_(None)).order_by(InstanceRow.created)
    for row in session.scalars(query.options(undefer(InstanceRow.body))):
        yield row, Instance.model_validate_json(row.body)


def _instances(session: Session) -> Iterator[Instance]:
    """Every instance that is kept: sent in, or of a revision of a week."""
    yield from (week for _, week in _weeks(session))
    yield from forgetting.instances(session)


def _homes(session: Session, kind: str, ids: Collection[str]) -> dict[str, frozenset[str]]:
    theirs: dict[str, set[str]] = {}
    shared, names = set[str](), set[str]()
    for week in _instances(session):
        own = homes(kind, ids, week)
        for place in week.places:
            if place.id in own:
                theirs.setdefault(place.id, set()).add(place.name)
            else:
                shared.add(place.id)
                names.add(place.name)
    return {id: frozenset(told - names - {""}) for id, told in theirs.items() if id not in shared}


def _texts(session: Session, job: JobRow) -> Iterator[str]:
    roster = session.get(RosterRow, job.id)
    yield from (part for part in (job.start_roster, job.published, job.title) if part)
    yield json.dumps([job.request, job.result, job.problem, job.labels], ensure_ascii=False)
    if roster is not None:
        yield roster.body


def _instance(session: Session, id: str, gone: Forgotten) -> None:
    row = session.get_one(InstanceRow, id, options=[undefer(InstanceRow.body)])
    week = gone.record(Instance.model_validate_json(row.body))
    data = week.model_dump(mode="json", exclude_unset=True)
    row.body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    row.digest = tags.tag(session, instances.digest(data), tags.INSTANCE)
    row.name, row.title = gone.words(row.name), gone.words(row.title)
    row.labels = gone.value(row.labels)


def _job(session: Session, id: str, gone: Forgotten) -> None:
    job = session.get_one(JobRow, id, options=[undefer("*")])
    for name in ("start_roster", "published"):
        body = getattr(job, name)
        if body is not None:
            setattr(job, name, _roster(body, gone))
    roster = session.get(RosterRow, id)
    if roster is not None:
        roster.body = _roster(roster.body, gone)
    job.request, job.result = gone.value(job.request), gone.value(job.result)
    job.problem = gone.value(job.problem)
    job.title, job.labels = gone.words(job.title), gone.value(job.labels)
    if gone.kind == "person":
        for old in session.scalars(
            select(RosterPersonRow).where(
                RosterPersonRow.job_id == id, RosterPersonRow.person_id.in_(gone.ids)
            )
        ).all():
            session.delete(old)


def _roster(body: str, gone: Forgotten) -> str:
    roster = gone.record(Roster.model_validate_json(body))
    figures: dict[str, Any] = gone.value(roster.figures)
    return roster.model_copy(update={"figures": figures}).model_dump_json(exclude_none=True)


def scrub(store: Store) -> None:
    """Overwrite what rows that were changed or deleted left in the database's files."""
    # Of the connection itself: an engine's own, where it has one, is set after that of one made from it.
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if store.engine.dialect.name == "sqlite":
            connection.execute(text("VACUUM"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return
        for table in Base.metadata.sorted_tables:
            connection.execute(text(f"VACUUM FULL {table.name}"))
