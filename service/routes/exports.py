"""A job's roster in every form: JSON, workbook, iCalendar, CSV, report.

While the job runs, this is its best roster so far.
"""

from typing import Annotated, Any

from fastapi import Query, Response

from scheduler.due import Expanded, expand
from scheduler.exports import FORMATS, RosterFormat
from scheduler.messages import Lang
from scheduler.model import Instance, Roster
from service import inputs
from service.access.mask import CallerView, Viewing
from service.answers.recent import Recent
from service.middleware.security import REPORT_POLICY
from service.private_files import private_folder
from service.routes.common import Parts, Use, errors, published_week, stored_instance
from service.routes.fresh import NOT_MODIFIED, Fresh
from service.routes.jobs import JobId
from service.routes.named import MaskedRoster
from service.routes.rooms import Room
from service.settings import MEGABYTE

router = Room(prefix="/jobs/{job_id}", tags=["rosters"])

_files: Recent[bytes] = Recent(64, 16 * MEGABYTE, len)
"""By job, number of its last event, format, language and caller."""

InLanguage = Annotated[Lang, Query(description="Language of the words in the file.")]


def masked_export(
    parts: Parts, view: CallerView, job: str, compares: bool
) -> tuple[MaskedRoster, tuple[Expanded, Roster] | None]:
    """A job's roster as it may go out and, of a re-plan, the published one that it is compared with."""
    roster = Roster.model_validate_json(parts.jobs.roster(job).body)
    row = stored_instance(parts, parts.jobs.status(job).instance_id, body=True)
    instance = expand(Instance.model_validate_json(row.body))
    before = published_before(parts, job) if compares else None
    others = () if before is None else (before[0],)
    view.audited(parts.store, instance, instance=row.id, job=job)
    view.audited(parts.store, *others, instance=row.parent_id, job=job)
    guard = parts.guard
    for week in (instance, *others):
        guard.learn(week, roster)
    instance, roster = guard.closed(instance), guard.closed(roster)
    before = None if before is None else (guard.closed(before[0]), guard.closed(before[1]))
    others = () if before is None else (before[0],)
    mask = view.mask(instance, *others, roster=roster)
    published = None if before is None else (mask.other(before[0]), mask.read(before[1]))
    return MaskedRoster(mask, mask.week, mask.read(roster)), published


def _exported(parts: Parts, view: CallerView, job: str, form: RosterFormat, lang: Lang) -> bytes:
    week, published = masked_export(parts, view, job, form.compares)
    with private_folder() as folder:
        path = folder / f"roster{form.ending}"
        form.write(path, week.instance, week.roster, lang, published, private=view.private)
        return path.read_bytes()


def published_before(parts: Parts, job: str) -> tuple[Expanded, Roster] | None:
    """The published week and roster that a job changes; None where it is no re-plan."""
    if not parts.jobs.is_replan(job):
        return None
    return published_week(parts, job)


def _file(media_type: str, schema: dict[str, Any] | None = None) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": schema or {"type": "string"}}}
    return (
        errors(404, 409, 422)
        | NOT_MODIFIED
        | {200: {"description": "The roster", "content": content}}
    )


@router.get(
    "/roster",
    response_class=Response,
    responses=_file(inputs.JSON, {"$ref": "#/components/schemas/Roster"}),
)
def get_roster(job_id: JobId, parts: Use, view: Viewing, fresh: Fresh) -> Response:
    """The roster (排班表) with its score, figures and how it was found."""
    tag = fresh.headers(parts.jobs.status(job_id).event)
    body = parts.jobs.roster(job_id).body
    row = stored_instance(parts, parts.jobs.status(job_id).instance_id, body=True)
    if not view.shows(row.body):
        instance = Instance.model_validate_json(row.body)
        roster = Roster.model_validate_json(body)
        view.audited(parts.store, instance, instance=row.id, job=job_id)
        masked = view.mask(instance, roster=roster).roster(roster)
        body = masked.model_dump_json(exclude_none=True)
    return Response(body, media_type=inputs.JSON, headers=tag)


def exported_headers(form: RosterFormat) -> tuple[str, dict[str, str]]:
    """A format's file name and headers: a page to look at, any other a file to keep."""
    page = form.media_type == "text/html"
    name = f"{'report' if page else 'roster'}{form.ending}"
    if page:
        return name, {"Content-Security-Policy": REPORT_POLICY}
    return name, {"Content-Disposition": f'attachment; filename="{name}"'}


def _add_route(form: RosterFormat) -> None:
    """Serve a format."""
    name, headers = exported_headers(form)

    def get(
        job_id: JobId, parts: Use, view: Viewing, fresh: Fresh, lang: InLanguage = "zh"
    ) -> Response:
        row = parts.jobs.status(job_id)
        tag = fresh.headers(row.event)

        def make() -> bytes:
            return _exported(parts, view, job_id, form, lang)

        # A reading of private matters is noted each time, so it is made anew.
        key = (row.id, row.event, form.name, lang, view.key)
        content = make() if view.private else _files.get(key, make)
        return Response(content, media_type=form.media_type, headers=headers | tag)

    router.add_api_route(
        f"/{name}",
        get,
        name=f"get_{form.name}",
        description=form.about,
        response_class=Response,
        responses=_file(form.media_type),
    )


for form in FORMATS.values():
    if form.media_type != inputs.JSON:  # `get_roster` serves it as it is stored
        _add_route(form)
