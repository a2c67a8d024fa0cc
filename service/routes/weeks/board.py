"""The board of a week: everything that the page draws, in one answer."""

from typing import Annotated

from fastapi import Path, Response

from service.access.mask import Viewing
from service.routes.common import Use, errors
from service.routes.fresh import NOT_MODIFIED, Fresh
from service.routes.rooms import Room
from service.weeks import board, by_hand
from service.weeks.opening import opened
from service.wire.weeks.board import BoardOut

router = Room(prefix="/weeks/{week}", tags=["weeks"])

WeekId = Annotated[str, Path(max_length=32, description="Id of the week: its first day.")]


@router.get("/board", responses=errors(404) | NOT_MODIFIED)
def get_board(
    week: WeekId, parts: Use, view: Viewing, fresh: Fresh, response: Response
) -> BoardOut:
    """People, work, duties and what is undone, as arrays to draw. What is private or elsewhere is hidden."""
    found = opened(parts.store, parts.caller, week)
    response.headers.update(fresh.headers(found.state.key, found.number))
    view.audited(parts.store, found.state.instance)
    with parts.store.session() as session:
        decided = by_hand.decided(session, week, found.number)
    drawing = board.board(found.state, view, decided)
    return BoardOut(week=week, revision=found.number, drawing=drawing)
