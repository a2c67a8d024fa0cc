"""A job's roster in every form: JSON, workbook, iCalendar, CSV, report.

While the job runs, this is its best roster so far.
"""

import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from scheduler.due import expand
from scheduler.exports import FORMATS, RosterFormat
from scheduler.messages import Lang
from scheduler.model import Instance, Roster
from service import inputs
from service.routes.common import Parts, Use, errors, published_week, stored_instance
from service.routes.fresh import NOT_MODIFIED, Fresh
from service.routes.jobs import JobId
from service.security import REPORT_POLICY

router = APIRouter(prefix="/jobs/{job_id}", tags=["rosters"])

InLanguage = Annotated[Lang, Query(description="Language of the words in the file.")]


def _exported(parts: Parts, job: str, form: RosterFormat, lang: Lang) -> bytes:
    roster = Roster.model_validate_json(parts.jobs.roster(job).body)
    row = stored_instance(parts, parts.jobs.status(job).instance_id, body=True)
    instance = expand(Instance.model_validate_json(row.body))
    published = published_before(parts, job) if form.compares else None
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        path = Path(folder) / f"roster{form.ending}"
        form.write(path, instance, roster, lang, published)
        return path.read_bytes()


def published_before(parts: Parts, job: str) -> tuple[Instance, Roster] | None:
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
def get_roster(job_id: JobId, parts: Use, fresh: Fresh) -> Response:
    """The roster (排班表) with its score, figures and how it was found."""
    tag = fresh.headers(parts.jobs.status(job_id).event)
    return Response(parts.jobs.roster(job_id).body, media_type=inputs.JSON, headers=tag)


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

    def get(job_id: JobId, parts: Use, fresh: Fresh, lang: InLanguage = "zh") -> Response:
        tag = fresh.headers(parts.jobs.status(job_id).event)
        content = _exported(parts, job_id, form, lang)
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
