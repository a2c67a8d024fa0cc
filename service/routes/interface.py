"""The document of the interface, as every client may read it."""

from fastapi import Request
from fastapi.responses import JSONResponse

from service.routes.rooms import Room

router = Room()


@router.get("/openapi.json", include_in_schema=False)
def get_openapi(request: Request) -> JSONResponse:
    """The interface as an OpenAPI document."""
    return JSONResponse(request.app.openapi())
