"""A job's roster in every form: JSON, workbook, iCalendar, CSV, report.

While the job runs it is the best roster so far, already one that can be read and printed.
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
from service.routes.common import Parts, Use, errors, kept, known_before
from service.routes.jobs import JobId
from service.security import REPORT_POLICY

router = APIRouter(prefix="/jobs/{job_id}", tags=["rosters"])

InLanguage = Annotated[Lang, Query(description="Language of the words in the file.")]


def _written(parts: Parts, job: str, form: RosterFormat, lang: Lang) -> bytes:
    roster = Roster.model_validate_json(parts.jobs.roster(job).body)
    row = kept(parts, parts.jobs.status(job).instance_id, body=True)
    instance = expand(Instance.model_validate_json(row.body))
    known = _known(parts, job) if form.compares else None
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        path = Path(folder) / f"roster{form.ending}"
        form.write(path, instance, roster, lang, known)
        return path.read_bytes()


def _known(parts: Parts, job: str) -> tuple[Instance, Roster] | None:
    if not parts.jobs.is_replan(job):
        return None
    return known_before(parts, job)


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


def _offer(form: RosterFormat) -> None:
    """Serve a format: a page to look at, any other as a file to keep."""
    page = form.media_type == "text/html"
    name = f"{'report' if page else 'roster'}{form.ending}"
    headers = (
        {"Content-Security-Policy": REPORT_POLICY}
        if page
        else {"Content-Disposition": f'attachment; filename="{name}"'}
    )

    def get(job_id: JobId, parts: Use, lang: InLanguage = "zh") -> Response:
        content = _written(parts, job_id, form, lang)
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
    if form.media_type != inputs.JSON:  # `get_roster` gives it as it is kept
        _offer(form)
