"""The document of the interface, as every client may read it."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

router = APIRouter()


@router.get("/openapi.json", include_in_schema=False)
def get_openapi(request: Request) -> JSONResponse:
    """The interface as an OpenAPI document."""
    return JSONResponse(request.app.openapi())
