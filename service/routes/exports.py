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
from service.recent import Recent
from service.routes.common import Parts, Use, errors, published_week, stored_instance
from service.routes.jobs import JobId
from service.security import REPORT_POLICY
from service.settings import MEGABYTE

router = APIRouter(prefix="/jobs/{job_id}", tags=["rosters"])

_files: Recent[bytes] = Recent(64, 16 * MEGABYTE, len)
"""By job, number of its last event, format, language and caller."""

InLanguage = Annotated[Lang, Query(description="Language of the words in the file.")]


def _exported(parts: Parts, job: str, form: RosterFormat, lang: Lang) -> bytes:
    roster = Roster.model_validate_json(parts.jobs.roster(job).body)
    row = stored_instance(parts, parts.jobs.status(job).instance_id, body=True)
    instance = expand(Instance.model_validate_json(row.body))
    published = _published(parts, job) if form.compares else None
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        path = Path(folder) / f"roster{form.ending}"
        form.write(path, instance, roster, lang, published)
        return path.read_bytes()


def _published(parts: Parts, job: str) -> tuple[Instance, Roster] | None:
    if not parts.jobs.is_replan(job):
        return None
    return published_week(parts, job)


def _file(media_type: str, schema: dict[str, Any] | None = None) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": schema or {"type": "string"}}}
    return errors(404, 409, 422) | {200: {"description": "The roster", "content": content}}


@router.get(
    "/roster",
    response_class=Response,
    responses=_file(inputs.JSON, {"$ref": "#/components/schemas/Roster"}),
)
def get_roster(job_id: JobId, parts: Use) -> Response:
    """The roster (排班表) with its score, figures and how it was found."""
    return Response(parts.jobs.roster(job_id).body, media_type=inputs.JSON)


def _add_route(form: RosterFormat) -> None:
    """Serve a format: a page to look at, any other as a file to keep."""
    page = form.media_type == "text/html"
    name = f"{'report' if page else 'roster'}{form.ending}"
    headers = (
        {"Content-Security-Policy": REPORT_POLICY}
        if page
        else {"Content-Disposition": f'attachment; filename="{name}"'}
    )

    def get(job_id: JobId, parts: Use, lang: InLanguage = "zh") -> Response:
        row = parts.jobs.status(job_id)
        key = (row.id, row.event, form.name, lang, parts.caller)
        content = _files.get(key, lambda: _exported(parts, job_id, form, lang))
        return Response(content, media_type=form.media_type, headers=headers)

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
