"""Publishing a week, and telling people of it: two acts."""

from collections.abc import Sequence

from fastapi import Query
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.facts import Facts
from scheduler.messages import Lang
from scheduler.model import Instance, Problem
from scheduler.model.pointer import pointer
from scheduler.report import Audience, Part
from service import inputs
from service.access.caller import Asking, Caller
from service.access.mask import CallerView, Viewing
from service.access.within import Within
from service.examples import example
from service.problems import ServiceError, invalid
from service.routes.common import Language, Parts, Use, body, errors
from service.routes.exports import InLanguage
from service.routes.parts import PersonId, person_lines
from service.routes.rooms import Room
from service.routes.weeks.weeks import WeekId
from service.store import publications
from service.store.publications import PublicationRow, Step
from service.weeks import closing, publishing
from service.weeks.opening import OpenWeek, opened
from service.weeks.publishing import WeekPublications
from service.weeks.state import WeekState
from service.weeks.tell_list import shown_people, tell_list, told_texts
from service.weeks.telling import Tellings, unseen
from service.weeks.words import mask_of
from service.wire import moment
from service.wire.parts import PersonLine
from service.wire.weeks.telling import (
    OwnPart,
    PublicationList,
    PublicationOut,
    PublicationRequest,
    ReceivedRequest,
    TellList,
    ToldRequest,
)

router = Room(prefix="/weeks/{week}", tags=["weeks"])


@router.post(
    "/publications",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, PublicationRequest.__name__, example("whole", {}))),
)
def post_publication(
    week: WeekId, upload: inputs.JsonUpload, parts: Use, caller: Asking, view: Viewing
) -> TellList:
    """Publish a week or some of its areas, or say to whom it would be news; nobody is told by it.

    What is published already as it is stays the publication that it was.
    """
    request = inputs.read(upload, PublicationRequest)
    found = opened(parts.store, caller, week, request.revision)
    view.audited(parts.store, found.state.instance, instance=week)
    publishing.ensure_may_publish(caller, found.state.instance, request.areas)
    if request.dry_run:
        with parts.store.session() as session:
            return would_tell(parts, session, view, found, request.areas)
    return publish(parts, caller, view, found, request.areas)


def publish(
    parts: Parts,
    caller: Caller,
    view: CallerView,
    found: OpenWeek,
    areas: Sequence[str] | None,
) -> TellList:
    """Publish areas of a week, None: all of it. Raises ServiceError."""
    try:
        return _published(parts, caller, view, found, areas)
    except IntegrityError:
        # Somebody else published at the same moment: theirs stands, and mine follows it.
        return _published(parts, caller, view, found, areas)


def _published(
    parts: Parts,
    caller: Caller,
    view: CallerView,
    found: OpenWeek,
    areas: Sequence[str] | None,
) -> TellList:
    by = {"account": caller.account, "account_name": caller.name}
    with parts.store.session() as session:
        closing.ensure_open(session, found.week.id)
        before = publishing.published(session, found.week.id)
        after = publishing.composed(before.state, found.state, areas)
        publishing.publish(session, found.week, found.number, after, areas, by)
    with parts.store.session() as session:
        return tells(parts, session, view, found.week.id)


def would_tell(
    parts: Parts,
    session: Session,
    view: CallerView,
    found: OpenWeek,
    areas: Sequence[str] | None,
    lang: Lang | None = None,
) -> TellList:
    """To whom it would be news if a revision were published. lang: with the texts for them in this language."""
    before = publishing.published(session, found.week.id)
    after = publishing.composed(before.state, found.state, areas)
    small = parts.settings.small_change_minutes
    told = Tellings(session, found.week.id, before, small, after)
    return tell_list(found.week.id, found.number, told, before, view, lang)


def tells(
    parts: Parts, session: Session, view: CallerView, week: str, lang: Lang | None = None
) -> TellList:
    """To whom what is published is news."""
    now = publishing.published(session, week)
    told = Tellings(session, week, now, parts.settings.small_change_minutes)
    revision = now.rows[-1].revision if now.rows else 0
    return tell_list(week, revision, told, now, view, lang)


@router.get("/publications", responses=errors(404, 422))
def get_publications(week: WeekId, parts: Use) -> PublicationList:
    """What of a week was published when, by whom: in the areas of the account, or all of the week."""
    instance = opened(parts.store, parts.caller, week).state.instance
    with parts.store.session() as session:
        rows = publishing.published(session, week).touching(instance, parts.areas)
    return PublicationList(
        publications=[_publication(row, instance, parts.areas) for row in reversed(rows)]
    )


def _publication(
    row: PublicationRow, instance: Instance, areas: frozenset[str] | None
) -> PublicationOut:
    ids = row.areas["ids"]
    if ids is not None and areas is not None:
        around = Within(instance, areas).around
        ids = [id for id in ids if id in around]
    return PublicationOut(
        number=row.number,
        revision=row.revision,
        areas=ids,
        at=moment(row.created),
        who=row.account_name,
    )


@router.get("/tell", responses=errors(404, 422))
def get_tell(
    week: WeekId,
    parts: Use,
    view: Viewing,
    texts: bool = Query(False, description="With a text for everybody, to paste into a chat."),
    lang: InLanguage = "zh",
) -> TellList:
    """Whom what is published is news to: new, changed, withdrawn, unchanged; and who was told, copied or knows."""
    found = opened(parts.store, parts.caller, week)
    view.audited(parts.store, found.state.instance, instance=week)
    with parts.store.session() as session:
        return tells(parts, session, view, week, lang if texts else None)


@router.post(
    "/tell",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (
            inputs.JSON,
            ToldRequest.__name__,
            example("told", {"people": ["worker-03"], "state": "told"}),
        )
    ),
)
def post_told(
    week: WeekId, upload: inputs.JsonUpload, parts: Use, caller: Asking, view: Viewing
) -> TellList:
    """Note how far people were told: their text was copied, they were told, they know. All of them or none."""
    request = inputs.read(upload, ToldRequest)
    opened(parts.store, caller, week)
    with parts.store.session() as session:
        now = publishing.published(session, week)
        told = Tellings(session, week, now, parts.settings.small_change_minutes)
        known = {one.person for one in shown_people(told, view)}
        unknown = [
            Problem(code="unknown_person", pointer=pointer("people", number), value=person)
            for number, person in enumerate(request.people)
            if person not in known
        ]
        if unknown:
            raise invalid(unknown)
        number = _known_publication(now, request.publication)
        for person in dict.fromkeys(request.people):
            note(session, caller, week, number, person, request.state)
    with parts.store.session() as session:
        return tells(parts, session, view, week)


def _known_publication(now: WeekPublications, asked: int | None) -> int:
    """Raises ServiceError where there is none of this number."""
    if asked is None:
        return now.number
    if asked > now.number:
        slots = {"most": str(now.number)}
        raise invalid(
            [Problem(code="too_many", pointer="/publication", value=str(asked), slots=slots)]
        )
    return asked


def note(
    session: Session, caller: Caller, week: str, number: int, person: str, step: Step | None
) -> None:
    """Keep how far somebody was told of a publication."""
    publications.tell(
        session,
        week,
        number,
        person,
        step,
        account=caller.account,
        account_name=caller.name,
    )


@router.get("/people/{person}/part", responses=errors(404, 422))
def get_own_part(
    week: WeekId, person: PersonId, parts: Use, view: Viewing, lang: Language
) -> OwnPart:
    """What is published of one person's week, and whether they said that they know it. Drafts are not in it."""
    opened(parts.store, parts.caller, week)
    with parts.store.session() as session:
        return own_part(parts, session, view, week, person, lang)


@router.post(
    "/people/{person}/received",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, ReceivedRequest.__name__, example("last", {}))),
)
def post_received(
    week: WeekId,
    person: PersonId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    lang: Language,
) -> OwnPart:
    """Say that one knows what is published of one's week."""
    request = inputs.read(upload, ReceivedRequest)
    opened(parts.store, caller, week)
    with parts.store.session() as session:
        now = publishing.published(session, week)
        told = Tellings(session, week, now, parts.settings.small_change_minutes)
        if person not in {one.person for one in shown_people(told, view)}:
            raise ServiceError("part_not_found", id=person)
        number = _known_publication(now, request.publication)
        note(session, caller, week, number, person, "received")
    with parts.store.session() as session:
        return own_part(parts, session, view, week, person, lang)


def own_part(
    parts: Parts, session: Session, view: CallerView, week: str, person: str, lang: Lang
) -> OwnPart:
    """One person's part of what is published. Raises ServiceError where the week has nobody of this id."""
    now = publishing.published(session, week)
    state = now.state
    known = opened(parts.store, parts.caller, week).state if state is None else state
    told = Tellings(session, week, now, parts.settings.small_change_minutes)
    stands = {one.person: one for one in shown_people(told, view)}
    one = stands.get(person)
    if one is None and (
        person not in known.instance.person_by_id or person in unseen(known, view.areas)
    ):
        raise ServiceError("part_not_found", id=person)
    who = known.instance.person_by_id[person] if one is None else told.person(person)[1]
    change = None
    if one is not None and one.kind in ("changed", "withdrawn") and one.since is not None:
        change = told_texts(told, view, [one], lang)[person].change
    horizon = known.instance.horizon
    return OwnPart(
        week=week,
        publication=now.number,
        person=person,
        name=who.name,
        start=horizon.start,
        days=horizon.days,
        state="not_told" if one is None else one.state,
        kind="unchanged" if one is None else one.kind,
        change=list(change or ())[1:],
        lines=_lines(parts, view, week, state, person),
    )


def _lines(
    parts: Parts, view: CallerView, week: str, state: WeekState | None, person: str
) -> list[PersonLine]:
    if state is None or person not in state.instance.person_by_id:
        return []
    view.audited(parts.store, state.instance, instance=week)
    mask = mask_of(view, state)
    audience = Audience("person", mask.id(person))
    part = Part(Facts(mask.week, mask.read(state.roster)), audience, masked=not view.private)
    return person_lines(part)
