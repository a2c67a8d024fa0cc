"""Figures for Prometheus."""

from fastapi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.access import managing
from service.access.caller import Asking
from service.routes.common import errors
from service.routes.rooms import Room

router = Room(tags=["health"])


@router.get(
    "/metrics",
    response_class=Response,
    responses=errors()
    | {
        200: {
            "description": "The figures",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    },
)
def get_metrics(request: Request, caller: Asking) -> Response:
    """Requests, jobs, queue and workers as figures for Prometheus; no names, no ids.

    They are of the whole installation, so that nobody sees them who is for some areas only.
    """
    managing.ensure_whole(caller)
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)
