"""One reader's part of a roster in every form; who is free; hours over weeks; a person's weeks."""

from typing import Annotated, Any, Literal

from fastapi import Path, Query, Response
from sqlalchemy import Select

from scheduler import frames
from scheduler.due import Expanded
from scheduler.explain.free_people import LEAST_MINUTES, free_people
from scheduler.exports import FORMATS, RosterFormat
from scheduler.facts import Facts
from scheduler.formats import mentions
from scheduler.messages.names import is_elsewhere
from scheduler.model import Horizon, InputError, Instance
from scheduler.model.time import to_datetime
from scheduler.report import Audience, Part
from scheduler.report.part import PartLines
from service import inputs
from service.access import rules
from service.access.caller import Asking
from service.access.mask import CallerView, Viewing
from service.access.within import Within
from service.private_files import private_folder
from service.problems import ServiceError, invalid
from service.routes.common import Parts, Use, errors, stored_instance
from service.routes.exports import InLanguage, exported_headers, masked_export
from service.routes.fresh import NOT_MODIFIED, Fresh
from service.routes.jobs import JobId, job_list
from service.routes.named import MaskedRoster, masked_rosters
from service.routes.parameters import Cursor, Limit
from service.routes.rooms import Room
from service.store import areas, listing
from service.store.tables import JobRow
from service.wire import Both, JobOut, RosterIn
from service.wire.labels import TEXT
from service.wire.lists import JobList
from service.wire.parts import (
    FreeList,
    FreePersonOut,
    LoadList,
    LoadOut,
    PersonLine,
    PersonRoster,
    SpanOut,
    WeekLoad,
)

router = Room(tags=["parts"])

Kind = Literal["person", "place", "area"]
_ADDRESSES: dict[Kind, str] = {"person": "people", "place": "places", "area": "areas"}
_WHOM = {
    "person": "One person's own part of the roster: ",
    "place": "What is done at one place, for those who are there: ",
    "area": "What is done in one area and all below it: ",
}
MOST_WEEKS = 60

PersonId = Annotated[str, Path(max_length=200, description="Id of the person in the week.")]


def _week(parts: Parts, view: CallerView, job: str) -> MaskedRoster:
    return masked_rosters(parts, view, (RosterIn(job_id=job), ""))[0]


def _audience(week: Expanded, kind: Kind, id: str) -> Audience:
    """Raises ServiceError where the week has none of this id."""
    known: dict[Kind, Any] = {
        "person": week.person_by_id,
        "place": week.place_by_id,
        "area": week.area_by_id,
    }
    if id not in known[kind] or is_elsewhere(id):
        raise ServiceError("part_not_found", id=id)
    return Audience(kind, id)


@router.get("/jobs/{job_id}/people/{person}/roster", responses=errors(404, 409, 422) | NOT_MODIFIED)
def get_person_roster(
    job_id: JobId, person: PersonId, parts: Use, view: Viewing, fresh: Fresh, response: Response
) -> PersonRoster:
    """One person's week: what, when, where, with whom, and how long on the way. What is private is hidden."""
    row = parts.jobs.status(job_id)
    response.headers.update(fresh.headers(row.event))
    week = _week(parts, view, job_id)
    audience = _audience(week.instance, "person", week.mask.id(person))
    part = Part(Facts(week.instance, week.roster), audience, masked=not view.private)
    horizon = week.instance.horizon
    return PersonRoster(
        job_id=job_id,
        instance_id=row.instance_id,
        person=person,
        name=Both.of(part.name.fill),
        start=horizon.start,
        days=horizon.days,
        lines=person_lines(part),
    )


def person_lines(part: Part) -> list[PersonLine]:
    """The work of one person, in order of time."""
    horizon = part.instance.horizon
    return [
        PersonLine(
            task=None if line.private else line.task,
            start=_moment(horizon, line.start),
            end=_moment(horizon, line.end),
            name=Both.of(line.name.fill),
            place=Both.of(line.place.fill),
            people=[Both.of(one.fill) for one in line.people],
            travel_minutes=line.way,
            private=line.private,
        )
        for line in PartLines(part).lines
    ]


def _add_route(kind: Kind, form: RosterFormat) -> None:
    """Serve one reader's part in a format."""
    name, headers = exported_headers(form)

    def get(
        job_id: JobId,
        id: Annotated[str, Path(alias=kind, max_length=200, description=f"Id of the {kind}.")],
        parts: Use,
        view: Viewing,
        fresh: Fresh,
        lang: InLanguage = "zh",
    ) -> Response:
        tag = fresh.headers(parts.jobs.status(job_id).event)
        week, published = masked_export(parts, view, job_id, form.compares)
        audience = _audience(week.instance, kind, week.mask.id(id) if kind == "person" else id)
        masked = not view.private
        with private_folder() as folder:
            path = folder / f"part{form.ending}"
            form.write(path, week.instance, week.roster, lang, published, audience, masked=masked)
            content = path.read_bytes()
        return Response(content, media_type=form.media_type, headers=headers | tag)

    content = {form.media_type: {"schema": {"type": "string"}}}
    router.add_api_route(
        f"/jobs/{{job_id}}/{_ADDRESSES[kind]}/{{{kind}}}/{name}",
        get,
        name=f"get_{kind}_{form.name}",
        description=_WHOM[kind] + form.about,
        response_class=Response,
        responses=errors(404, 409, 422)
        | NOT_MODIFIED
        | {200: {"description": "The part", "content": content}},
    )


for kind in _ADDRESSES:
    for form in FORMATS.values():
        if form.parts:
            _add_route(kind, form)


@router.get("/jobs/{job_id}/free", responses=errors(404, 409, 422))
def get_free_people(
    job_id: JobId,
    parts: Use,
    view: Viewing,
    when: Annotated[
        str,
        Query(
            max_length=200,
            pattern=TEXT,
            description="As in a workbook's cell: 周五 14:00-16:00, 11-24.",
        ),
    ],
    skill: Annotated[
        str | None, Query(max_length=200, pattern=TEXT, description="Id or name.")
    ] = None,
    role: Annotated[
        str | None, Query(max_length=200, pattern=TEXT, description="Id or name.")
    ] = None,
    area: Annotated[
        str | None, Query(max_length=200, pattern=TEXT, description="Id or name.")
    ] = None,
    place: Annotated[
        str | None, Query(max_length=200, pattern=TEXT, description="Id or name.")
    ] = None,
    minutes: Annotated[int, Query(ge=1, le=10_080, description="Of work.")] = LEAST_MINUTES,
) -> FreeList:
    """Who could take work on at some hours without breaking a limit."""
    week = _week(parts, view, job_id)
    instance, horizon = week.instance, week.instance.horizon
    try:
        found = free_people(
            Facts(instance, week.roster),
            mentions.spans(instance, when),
            skill=None if skill is None else mentions.skill(instance, skill),
            role=None if role is None else mentions.role(role),
            area=None if area is None else mentions.area(instance, area).id,
            place=None if place is None else mentions.place(instance, place).id,
            least=minutes * horizon.ticks_per_minute,
        )
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/query")) from None

    def span(start: int, end: int) -> SpanOut:
        return SpanOut(start=_moment(horizon, start), end=_moment(horizon, end))

    return FreeList(
        people=[
            FreePersonOut(
                person=free.person,
                name=instance.person_by_id[free.person].name,
                role=instance.person_by_id[free.person].role,
                spans=[span(*ends) for ends in free.spans],
                week_left_minutes=None
                if free.week_left is None
                else free.week_left // horizon.ticks_per_minute,
            )
            for free in found
            if not is_elsewhere(free.person)
        ]
    )


@router.get("/loads", responses=errors(404, 409, 422))
def get_loads(
    parts: Use,
    view: Viewing,
    job_id: Annotated[
        list[Annotated[str, Query(max_length=64, pattern=TEXT)]],
        Query(
            min_length=1,
            max_length=MOST_WEEKS,
            description="Jobs whose rosters are the weeks; may stand several times.",
        ),
    ],
) -> LoadList:
    """Hours by person over one week or many, beside their fair share."""
    weeks = [_week(parts, view, job) for job in dict.fromkeys(job_id)]
    rostered = [(week.instance, week.roster) for week in weeks]
    by_person: dict[str, list[WeekLoad]] = {}
    for row in frames.weekly_loads(rostered).itertuples():
        load = WeekLoad(start=row.start.date(), minutes=row.task_minutes)
        by_person.setdefault(row.person, []).append(load)
    return LoadList(
        people=[
            LoadOut(
                person=row.person,
                name=row.name,
                role=row.role,
                minutes=row.task_minutes,
                share_minutes=_whole(row.fair_minutes),
                tasks=row.tasks,
                last=row.last.date() if row.last == row.last else None,
                idle_days=row.idle_days,
                there=row.there,
                weeks=by_person[row.person],
            )
            for row in frames.use(rostered).itertuples()
            if not is_elsewhere(row.person)
        ]
    )


def _moment(horizon: Horizon, ticks: int) -> str:
    return f"{to_datetime(ticks, horizon.start, horizon.ticks_per_minute):%Y-%m-%dT%H:%M}"


def _whole(value: Any) -> int | None:
    """A figure of a table; pandas' NA is equal to nothing, and not even that is true of it."""
    return int(value) if isinstance(value, int) or hasattr(value, "item") else None


@router.get("/people/{person}/rosters", responses=errors(404, 422))
def get_person_rosters(
    person: PersonId, parts: Use, caller: Asking, cursor: Cursor = None, limit: Limit = 50
) -> JobList:
    """Jobs in whose final roster a person has work, newest first; to a worker without what they say of others."""
    query = listing.of_person(person)
    if parts.areas is not None and caller.person != person:
        query = query.where(JobRow.instance_id.in_(_showing(parts, query, person)))
    found = job_list(parts, query, limit, cursor)
    if not rules.may("get_jobs", caller):
        return found.model_copy(update={"jobs": [_of_own(job) for job in found.jobs]})
    return found


def _showing(parts: Parts, query: Select[JobRow], person: str) -> list[str]:
    """Ids of the instances of some jobs in which the caller sees a person."""
    with parts.store.reading() as session:
        seen = query.where(areas.visible(parts.areas, JobRow.instance_id))
        ids = set(session.scalars(seen.with_only_columns(JobRow.instance_id)))
    found = []
    for id in sorted(ids):
        instance = Instance.model_validate_json(stored_instance(parts, id, body=True).body)
        within = Within(instance, parts.areas or ())
        if person in instance.person_by_id and within.sees("people", person):
            found.append(id)
    return found


def _of_own(job: JobOut) -> JobOut:
    """A job as a worker is told of it, who may not read jobs: without what it says of everybody's work."""
    whole = {"score": None, "unassigned": None, "bound": None, "gap": None, "failure": None}
    return job.model_copy(update=whole | {"labels": {}, "figures": {}})
