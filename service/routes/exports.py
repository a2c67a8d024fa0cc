"""A job's roster in every form: JSON, workbook, iCalendar, CSV, report.

While the job runs it is the best roster so far, already one that can be read and printed.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from scheduler.due import expand
from scheduler.messages import Lang
from scheduler.model import Instance, Roster
from service import inputs
from service.routes.common import Parts, Use, errors, kept, known_before
from service.routes.jobs import JobId
from service.security import REPORT_POLICY

router = APIRouter(prefix="/jobs/{job_id}", tags=["rosters"])

Writer = Callable[[Path, Instance, Roster, Lang], None]
InLanguage = Annotated[Lang, Query(description="Language of the words in the file.")]

CALENDAR = "text/calendar"
CSV = "text/csv"
HTML = "text/html"


def _workbook(path: Path, instance: Instance, roster: Roster, lang: Lang) -> None:
    from scheduler.exports import workbook

    workbook.write_roster(path, instance, roster, lang)


def _calendar(path: Path, instance: Instance, roster: Roster, lang: Lang) -> None:
    from scheduler.exports import ical

    ical.write_roster(path, instance, roster, lang)


def _csv(path: Path, instance: Instance, roster: Roster, lang: Lang) -> None:
    from scheduler.exports import csv_file

    csv_file.write_roster(path, instance, roster, lang)


def _report(known: tuple[Instance, Roster] | None) -> Writer:
    """known: of a re-plan, the week and roster that people know; the page tells what changes for whom."""

    def write(path: Path, instance: Instance, roster: Roster, lang: Lang) -> None:
        from scheduler.report import Before, write_report

        before = None if known is None else Before(*known)
        write_report(instance, roster, path, lang, before=before)

    return write


def _written(parts: Parts, job: str, name: str, lang: Lang, writer: Writer) -> bytes:
    roster = Roster.model_validate_json(parts.jobs.roster(job).body)
    row = kept(parts, parts.jobs.status(job).instance_id, body=True)
    instance = expand(Instance.model_validate_json(row.body))
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        path = Path(folder) / name
        writer(path, instance, roster, lang)
        return path.read_bytes()


def _known(parts: Parts, job: str) -> tuple[Instance, Roster] | None:
    if not parts.jobs.is_replan(job):
        return None
    return known_before(parts, job)


def _attached(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


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


@router.get("/roster.xlsx", response_class=Response, responses=_file(inputs.WORKBOOK))
def get_workbook(job_id: JobId, parts: Use, lang: InLanguage = "zh") -> Response:
    """The roster as a workbook to print and pin to a wall."""
    name = "roster.xlsx"
    return _attached(_written(parts, job_id, name, lang, _workbook), inputs.WORKBOOK, name)


@router.get("/roster.ics", response_class=Response, responses=_file(CALENDAR))
def get_calendar(job_id: JobId, parts: Use, lang: InLanguage = "zh") -> Response:
    """The roster as a calendar."""
    name = "roster.ics"
    return _attached(_written(parts, job_id, name, lang, _calendar), CALENDAR, name)


@router.get("/roster.csv", response_class=Response, responses=_file(CSV))
def get_csv(job_id: JobId, parts: Use, lang: InLanguage = "zh") -> Response:
    """The roster as one line for each assignment."""
    name = "roster.csv"
    return _attached(_written(parts, job_id, name, lang, _csv), CSV, name)


@router.get("/report.html", response_class=Response, responses=_file(HTML))
def get_report(job_id: JobId, parts: Use, lang: InLanguage = "zh") -> Response:
    """The report: one self-contained page."""
    return Response(
        _written(parts, job_id, "report.html", lang, _report(_known(parts, job_id))),
        media_type=HTML,
        headers={"Content-Security-Policy": REPORT_POLICY},
    )
