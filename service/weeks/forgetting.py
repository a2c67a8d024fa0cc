"""One person or household taken out of weeks: out of every revision, what was published, told and reported."""

import base64
import io
import json
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, undefer

from scheduler.due import Expanded
from scheduler.model import Instance
from scheduler.report.forget import Forgotten
from service.access import audit
from service.access.caller import Caller
from service.access.links import LinkRow
from service.store.closings import OutcomeRow
from service.store.contents import ContentRow
from service.store.imports import ImportRow
from service.store.plans import PlanRow
from service.store.publications import PublicationRow, TellingRow
from service.store.requests import RequestRow
from service.store.weeks import RevisionRow, WeekRow
from service.weeks import state
from service.weeks.state import ROSTER

Kept = RevisionRow | PublicationRow
"""What is made of contents."""


def instances(session: Session) -> Iterator[Instance]:
    """Every instance that a revision or publication of a week has, each once."""
    done = set[tuple[str, ...]]()
    for row in _kept(session):
        digests = tuple(row.contents.get(name, "") for name in Instance.model_fields)
        if digests not in done:
            done.add(digests)
            yield state.read(session, row).instance


def mentioned(session: Session, told: Forgotten) -> list[str]:
    """Ids of the weeks that tell of somebody."""
    found = set[str]()
    for row in session.scalars(select(ContentRow)):
        if row.week_id not in found and told.mentioned(row.body):
            found.add(row.week_id)
    found |= {id for id, text in _texts(session) if told.mentioned(text)}
    return sorted(found)


def forget(session: Session, by: Caller, gone: Forgotten, weeks: Collection[str]) -> None:
    """Take somebody out of these weeks, and drop the files on their way that tell of them."""
    for id in weeks:
        _forget(session, session.get_one(WeekRow, id), gone)
        audit.record(session, by, f"erase_{gone.kind}", instance=id)
    rows = session.scalars(select(ImportRow).options(undefer(ImportRow.body))).all()
    for row in rows:
        if any(map(gone.mentioned, (row.name, _json(row.found), *_file_texts(row.body)))):
            session.delete(row)


def _forget(session: Session, week: WeekRow, gone: Forgotten) -> None:
    week.title, week.labels = gone.words(week.title), gone.value(week.labels)
    known: dict[tuple[str, str], str] = {}
    used = set[str]()
    for row in _kept(session, week.id):
        row.contents = _contents(session, week, row, gone, known)
        used.update(row.contents.values())
        if isinstance(row, RevisionRow):
            row.told = _told(row.told, gone)
    session.flush()
    kept = select(ContentRow.digest).where(ContentRow.week_id == week.id)
    for digest in set(session.scalars(kept)) - used:
        session.execute(delete(ContentRow).where(ContentRow.digest == digest))
    for plan in session.scalars(select(PlanRow).where(PlanRow.week_id == week.id)):
        plan.request = gone.value(plan.request)
    for outcome in session.scalars(select(OutcomeRow).where(OutcomeRow.week_id == week.id)):
        outcome.said = gone.value(outcome.said)
        if outcome.person is not None:
            outcome.person = _id(outcome.person, gone)
    for told in session.scalars(select(TellingRow).where(TellingRow.week_id == week.id)):
        told.person = _id(told.person, gone)
    for asked in session.scalars(select(RequestRow).where(RequestRow.week_id == week.id)):
        asked.person, asked.said = _id(asked.person, gone), gone.value(asked.said)
    for link in session.scalars(select(LinkRow).where(LinkRow.week_id == week.id)):
        if gone.kind == "person" and link.person in gone.ids:
            session.delete(link)


def _contents(
    session: Session, week: WeekRow, row: Kept, gone: Forgotten, known: dict[tuple[str, str], str]
) -> dict[str, str]:
    """Digests of the parts of a state without them. known: of parts that were seen before; it adds to them."""
    before = state.read(session, row)
    there = {part[0]: known[part] for part in row.contents.items() if part in known}
    # What is known already needs no second look.
    bare = {
        name: type(value)()
        for name in there
        if isinstance(value := before.part(name), tuple | dict)
    }
    after = replace(
        before,
        instance=Expanded(gone.record(before.instance.changed(**bare))),
        roster=before.roster if ROSTER in there else gone.record(before.roster),
        digests=there,
    )
    digests = state.keep(session, week, after)
    known |= {part: digests[part[0]] for part in row.contents.items()}
    return digests


def _told(told: Mapping[str, Any], gone: Forgotten) -> dict[str, Any]:
    """What a revision tells of itself; ids within its cells are whole ones, or JSON."""
    touched = [[_cell(word, gone) for word in cell] for cell in told.get("touched", ())]
    moved = [
        one
        | {
            side: one[side]
            and [_id(item, gone) if isinstance(item, str) else item for item in one[side]]
            for side in ("before", "after")
        }
        for one in told.get("moved", ())
    ]
    rest = {name: value for name, value in told.items() if name not in ("touched", "moved")}
    named = {"touched": touched, "moved": moved}
    return {**gone.value(rest), **{name: named[name] for name in named if name in told}}


def _cell(word: str, gone: Forgotten) -> str:
    return gone.words(word) if word.startswith("{") else _id(word, gone)


def _id(id: str, gone: Forgotten) -> str:
    """An id without them: a person's, a household's or a place's."""
    return gone.words(id) if id in gone.ids or id in gone.homes else id


def _kept(session: Session, week: str | None = None) -> Iterator[Kept]:
    for table in (RevisionRow, PublicationRow):
        query: Select[Any] = select(table)
        yield from session.scalars(query if week is None else query.where(table.week_id == week))


def _texts(session: Session) -> Iterator[tuple[str, str]]:
    """Id of a week and a text that is kept of it besides its contents."""
    for week in session.scalars(select(WeekRow)):
        yield week.id, _json([week.title, week.labels])
    for row in session.scalars(select(RevisionRow)):
        yield row.week_id, _json(row.told)
    for plan in session.scalars(select(PlanRow)):
        yield plan.week_id, _json(plan.request)
    for outcome in session.scalars(select(OutcomeRow)):
        yield outcome.week_id, _json([outcome.person, outcome.said])
    for told in session.scalars(select(TellingRow)):
        yield told.week_id, _json(told.person)
    for asked in session.scalars(select(RequestRow)):
        yield asked.week_id, _json([asked.person, asked.said])
    for link in session.scalars(select(LinkRow).where(LinkRow.week_id.is_not(None))):
        yield str(link.week_id), _json([link.person, link.name])
    for told in session.scalars(select(TellingRow)):
        yield told.week_id, told.person


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _file_texts(body: str) -> Iterator[str]:
    """What stands in a file: in each part of a workbook, or in the JSON."""
    data = base64.b64decode(body)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield from (book.read(name).decode(errors="replace") for name in book.namelist())
    except zipfile.BadZipFile:
        yield data.decode(errors="replace")
