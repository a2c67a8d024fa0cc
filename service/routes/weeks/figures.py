"""Figures of a week, and each of their tables as a file."""

from typing import Annotated

from fastapi import Path, Query, Response

from service.access.mask import Viewing
from service.routes.common import Use, errors
from service.routes.exports import InLanguage
from service.routes.rooms import Room
from service.routes.weeks.asking import AskedId
from service.weeks.figure_tables import figures_csv
from service.weeks.figures import MOST_WEEKS, figures
from service.wire.weeks.figures import FiguresOut, FigureTable

router = Room(prefix="/weeks/{week}", tags=["weeks"])

WeeksQuery = Annotated[
    int,
    Query(
        ge=1,
        le=MOST_WEEKS,
        description="Loads over so many weeks: this one, and those before it that may be read.",
    ),
]


@router.get("/figures", responses=errors(404, 422))
def get_figures(week: AskedId, parts: Use, view: Viewing, weeks: WeeksQuery = 8) -> FiguresOut:
    """Loads beside fair shares, coverage now and as first published, known faces, ways, undone work by reason."""
    return figures(parts.store, view, week, weeks)


@router.get(
    "/figures/{table}.csv",
    response_class=Response,
    responses=errors(404, 422) | {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def get_figures_csv(
    week: AskedId,
    table: Annotated[FigureTable, Path(description="Which of them.")],
    parts: Use,
    view: Viewing,
    weeks: WeeksQuery = 8,
    lang: InLanguage = "zh",
) -> Response:
    """One table of the figures for a spreadsheet: UTF-8 with a byte order mark, no cell a formula."""
    made = figures_csv(figures(parts.store, view, week, weeks), table, lang)
    name = f'attachment; filename="{table}-{week}.csv"'
    return Response(made, media_type="text/csv", headers={"Content-Disposition": name})
