"""Errors as problem details (RFC 9457), in the reader's language, with every fault of an input.

ServiceError carries a code of ``service.problem`` in the catalogues; the code fixes the status.
"""

import json
import logging
from collections.abc import Sequence
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from scheduler.formats.structure import problems as structure_problems
from scheduler.messages import LANGS, Lang, say
from scheduler.model import InputError, Instance, Problem
from service.access.quoted import HIDDEN, NOBODYS, Quoted, as_sent
from service.access.within import records_outside
from service.safe_logs import where
from service.store.trouble import transient
from service.wire import Both, ProblemDetails, faults

log = logging.getLogger("lianxin.service")

_AWAY_SECONDS = 5
MEDIA_TYPE = "application/problem+json"
STATUS = {
    "bad_request": 400,
    "sign_in_needed": 401,
    "wrong_password": 401,
    "cross_site": 403,
    "not_allowed": 403,
    "private_refused": 403,
    "private_shown": 403,
    "not_your_week": 403,
    "outside_areas": 403,
    "not_whole": 403,
    "not_yours_to_give": 403,
    "not_found": 404,
    "instance_not_found": 404,
    "job_not_found": 404,
    "webhook_not_found": 404,
    "account_not_found": 404,
    "token_not_found": 404,
    "week_not_found": 404,
    "plan_not_found": 404,
    "plan_settled": 409,
    "plan_improved": 409,
    "revision_not_found": 404,
    "part_not_found": 404,
    "request_not_found": 404,
    "no_roster": 404,
    "no_replan": 404,
    "method_not_allowed": 405,
    "upload_slow": 408,
    "not_ready": 409,
    "week_closed": 409,
    "week_unreckoned": 409,
    "job_not_ended": 409,
    "has_children": 409,
    "edited_meanwhile": 409,
    "request_settled": 409,
    "answer_stays": 409,
    "order_not_done": 409,
    "duty_taken": 409,
    "next_week_missing": 409,
    "nothing_to_undo": 409,
    "nothing_to_redo": 409,
    "jobs_not_ended": 409,
    "last_administrator": 409,
    "account_disabled": 409,
    "token_made": 409,
    "key_spent": 409,
    "too_many_webhooks": 409,
    "too_large": 413,
    "exhausted": 413,
    "media_type": 415,
    "wrong_host": 421,
    "input_invalid": 422,
    "key_reused": 422,
    "one_instance": 422,
    "one_question": 422,
    "one_roster": 422,
    "busy": 429,
    "queue_full": 429,
    "too_many_attempts": 429,
    "head_too_large": 431,
    "internal": 500,
    "database_away": 503,
    "unhealthy": 503,
    "interrupted": 503,
    "late": 503,
}


class ServiceError(Exception):
    """A request that cannot be served. `code`: a key of `STATUS` and of the catalogues."""

    def __init__(self, code: str, problems: Sequence[Problem] = (), **slots: object):
        self.code = code
        self.problems = problems
        self.slots = slots
        self.conflict: dict[str, Any] | None = None
        """Of two who changed the same: theirs and mine, as it goes out."""
        super().__init__(code)


class SignInError(Exception):
    """A browser asks for a page, and nobody has signed in. path: to come back to, quoted."""

    def __init__(self, path: str):
        self.path = path
        super().__init__(path)


class AnsweredError(Exception):
    """Another process has answered the request."""

    def __init__(self, response: Response):
        self.response = response
        super().__init__()


class NothingNewError(Exception):
    """The client already has the last event of a job that has ended; answered with 204, which ends its reconnecting."""


class NotModifiedError(Exception):
    """The client has what it asks for: answered with 304. `tag`: its ETag."""

    def __init__(self, tag: str):
        self.tag = tag
        super().__init__(tag)


LANGUAGE_COOKIE = "lianxin-lang"
"""The language that was chosen on a page."""


def language(request: Request) -> Lang:
    """The language that the reader chose or prefers; 中文 unless another one of ours is asked for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    for lang in LANGS:
        if lang == chosen:
            return lang
    wanted: list[tuple[float, Lang]] = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, quality = part.partition(";q=")
        for lang in LANGS:
            if tag.strip().lower().split("-")[0] == lang:
                wanted.append((_quality(quality), lang))
    return max(wanted, key=lambda choice: choice[0])[1] if wanted else "zh"


def _quality(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def both(key: str, **slots: object) -> Both:
    """A message of the service in both languages."""
    return Both.of(lambda lang: say(f"service.{key}", lang, **slots))


def respond(request: Request, error: ServiceError) -> JSONResponse:
    """The answer to an error."""
    status = STATUS[error.code]
    lang = language(request)
    key = f"service.problem.{error.code}"
    details = ProblemDetails(
        type=f"urn:lianxin:problem:{error.code}",
        title=say(f"{key}.title", lang),
        status=status,
        detail=say(f"{key}.detail", lang, **error.slots).replace(NOBODYS, ""),
        code=error.code,
        problems=faults(_quotable(request, list(map(as_sent, error.problems)))),
        conflict=error.conflict,
    )
    headers = {"Content-Language": lang, "Vary": "Accept-Language, Cookie"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in error.slots:  # seconds
        headers["Retry-After"] = str(error.slots["retry_after"])
    told = details.model_dump(exclude=None if details.conflict else {"conflict"})
    return JSONResponse(told, status, headers=headers, media_type=MEDIA_TYPE)


def _quotable(request: Request, problems: Sequence[Problem]) -> Sequence[Problem]:
    """The problems without private words of the body or of stored instances that the request read."""
    body: bytes = getattr(request.state, "body", b"")
    bodies: list[str] = getattr(request.state, "bodies", [])
    if not problems or (b"private" not in body and not bodies):
        return problems
    try:
        posted = json.loads(body or b"null")
    except (ValueError, RecursionError):
        # What cannot be read does not tell what of it is private.
        posted = None
        if b"private" in body:
            return [
                problem.model_copy(
                    update={"value": HIDDEN, "slots": dict.fromkeys(problem.slots, HIDDEN)}
                )
                for problem in problems
            ]
    areas = getattr(getattr(request.state, "caller", None), "areas", None)
    weeks = () if areas is None else map(Instance.model_validate_json, bodies)
    outside = records_outside(weeks, areas or ())
    return Quoted(posted, *map(json.loads, bodies), outside=outside, sent=posted)(problems)


def failure(error: BaseException) -> ServiceError:
    """What to answer where an error was met that no route expects: try later, or it is a fault of ours."""
    if transient(error):
        return ServiceError("database_away", retry_after=_AWAY_SECONDS)
    return ServiceError("internal")


def invalid(problems: Sequence[Problem]) -> ServiceError:
    """An input with faults."""
    return ServiceError("input_invalid", problems, count=len(problems))


class _Parameters(BaseModel):
    """Parts of a request other than its body, as pydantic's locations name them."""

    query: dict[str, str] = Field(default_factory=dict)
    path: dict[str, Any] = Field(default_factory=dict)
    header: dict[str, str] = Field(default_factory=dict)


def _parameters(request: Request, error: RequestValidationError) -> list[Problem]:
    # FastAPI's `errors()` gives the same list as pydantic's, but takes no arguments.
    class Errors:
        def errors(self, **_: bool) -> Any:
            return error.errors()

    parts = {
        "query": dict(request.query_params),
        "path": request.path_params,
        "header": dict(request.headers),
    }
    return structure_problems(cast(Any, Errors()), parts, _Parameters)


def _allowed(app: FastAPI, request: Request) -> list[str]:
    """The methods of the request's path, over all routes that match it."""
    methods: set[str] = set()
    for context in iter_route_contexts(app.routes):
        pattern, _, _ = compile_path(context.path or "")
        if pattern.match(request.scope["path"]):
            methods |= context.methods or set()
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


_OF_STATUS = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}


def install(app: FastAPI) -> None:
    """Answer every error of the application in this one shape.

    What answers without work is a coroutine: a plain function would take a thread's turn.
    """

    @app.exception_handler(ServiceError)
    def service_error(request: Request, error: ServiceError) -> Response:
        return respond(request, error)

    @app.exception_handler(SQLAlchemyError)
    def database(request: Request, error: SQLAlchemyError) -> Response:
        if not transient(error):
            raise error
        log.error("the database is away: %s", where(error))
        return respond(request, failure(error))

    @app.exception_handler(InputError)
    def input_error(request: Request, error: InputError) -> Response:
        return respond(request, invalid(error.problems))

    @app.exception_handler(RequestValidationError)
    def parameters(request: Request, error: RequestValidationError) -> Response:
        return respond(request, invalid(_parameters(request, error)))

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        if isinstance(error.__cause__, ServiceError):  # of a body that the framework read
            return respond(request, error.__cause__)
        answer = respond(request, ServiceError(_OF_STATUS.get(error.status_code, "bad_request")))
        if error.status_code == 405:
            answer.headers["Allow"] = ", ".join(_allowed(app, request))
        return answer

    @app.exception_handler(NotModifiedError)
    async def not_modified(_request: Request, error: NotModifiedError) -> Response:
        return Response(status_code=304, headers={"ETag": error.tag})

    @app.exception_handler(SignInError)
    async def sign_in(_request: Request, error: SignInError) -> Response:
        return RedirectResponse(f"/sign-in?next={error.path}", 303)

    @app.exception_handler(AnsweredError)
    async def answered(_request: Request, answer: AnsweredError) -> Response:
        return answer.response

    @app.exception_handler(NothingNewError)
    async def nothing_new(_request: Request, _error: NothingNewError) -> Response:
        return Response(status_code=204)
