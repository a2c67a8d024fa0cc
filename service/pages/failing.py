"""Answers a browser that asks for a page with a page where it cannot be had, not with a problem document."""

from contextlib import suppress

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from scheduler.messages import say
from service.middleware.unversioned import VERSION
from service.pages.drawing import page
from service.problems import STATUS, ServiceError, language, respond


def install(app: FastAPI) -> None:
    """Draw the problems of pages; those of the interface stay as they are."""
    of_interface = app.exception_handlers[HTTPException]

    @app.exception_handler(ServiceError)
    def service_error(request: Request, error: ServiceError) -> Response:
        return _drawn(request, error) if _wants_page(request) else respond(request, error)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404 and _wants_page(request):
            return _drawn(request, ServiceError("not_found"))
        answer: Response = of_interface(request, error)  # type: ignore[assignment]
        return answer


def told(request: Request, error: ServiceError) -> Response:
    """The answer to what no route has answered: as a page, where a browser asked for one and it can be drawn."""
    if _wants_page(request):
        with suppress(Exception):  # Nothing may be known of who asks, nor of the week at hand.
            return _drawn(request, error)
    return respond(request, error)


def _wants_page(request: Request) -> bool:
    asked = request.headers.get("accept", "")
    return "text/html" in asked and not request.url.path.startswith((f"{VERSION}/", "/static/"))


def _drawn(request: Request, error: ServiceError) -> Response:
    lang = language(request)
    key = f"service.problem.{error.code}"
    answer = page(
        request,
        "failure.html",
        STATUS[error.code],
        code=error.code,
        title=say(f"{key}.title", lang),
        detail=say(f"{key}.detail", lang, **error.slots),
    )
    if "retry_after" in error.slots:
        answer.headers["Retry-After"] = str(error.slots["retry_after"])
    return answer
