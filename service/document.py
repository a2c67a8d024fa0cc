"""The interface as an OpenAPI document, with the records that the routes parse themselves."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from scheduler.model import Instance, Roster
from service.access.sessions import PLAIN, SECURE
from service.problems import MEDIA_TYPE
from service.wire import EvaluationRequest, JobRequest, ProblemDetails
from service.wire.access import AccountPatch, AccountRequest, TokenRequest
from service.wire.explanations import AssignmentRequest, ClashRequest, UnassignedRequest
from service.wire.lists import JobPatch, LabelPatch
from service.wire.replans import ComparisonRequest, PreviewRequest, ReplanRequest
from service.wire.rolls import RollRequest
from service.wire.suggestions import SuggestionRequest
from service.wire.webhooks import WebhookRequest
from service.wire.weeks.closing import OutcomesRequest, OwnOutcomesRequest
from service.wire.weeks.commands import CommandRequest, Conflict, RedoRequest, UndoRequest
from service.wire.weeks.orders import OrderIn, RatingIn
from service.wire.weeks.plans import AdoptionRequest, DiscardRequest, PlanRequest
from service.wire.weeks.requests import AcceptanceRequest, AnswerRequest, OwnRequestIn
from service.wire.weeks.tables import TableRequest
from service.wire.weeks.telling import PublicationRequest, ReceivedRequest, ToldRequest
from service.wire.weeks.weeks import WeekRequest

_DESCRIPTION = """\
Keep an instance (排班任务), have it solved as a job, follow the job, fetch its roster (排班表).
Errors are problem details (RFC 9457) that list every fault of an input, in 中文 and English.
"""
_PARSED_BY_ROUTES = (
    Instance,
    Roster,
    JobRequest,
    EvaluationRequest,
    SuggestionRequest,
    UnassignedRequest,
    AssignmentRequest,
    ClashRequest,
    ReplanRequest,
    ComparisonRequest,
    PreviewRequest,
    RollRequest,
    WebhookRequest,
    AccountRequest,
    AccountPatch,
    TokenRequest,
    JobPatch,
    LabelPatch,
    WeekRequest,
    CommandRequest,
    UndoRequest,
    RedoRequest,
    OwnRequestIn,
    AcceptanceRequest,
    AnswerRequest,
    OrderIn,
    RatingIn,
    PlanRequest,
    AdoptionRequest,
    DiscardRequest,
    TableRequest,
    PublicationRequest,
    ToldRequest,
    ReceivedRequest,
    OutcomesRequest,
    OwnOutcomesRequest,
    Conflict,
    ProblemDetails,
)
"""Records in request bodies that the routes parse themselves, so that FastAPI does not see them."""


_SIGN_IN = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token of `lianxin token add`."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": SECURE,
        "description": f"The cookie of /sign-in; over http on loopback it is called {PLAIN}.",
    },
}
"""How a client says who asks; neither where nobody has to sign in."""


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the application."""
    if app.openapi_schema is None:
        openapi = get_openapi(
            title=app.title, version=app.version, description=_DESCRIPTION, routes=app.routes
        )
        _, more = models_json_schema(
            [(model, "validation") for model in _PARSED_BY_ROUTES],
            ref_template="#/components/schemas/{model}",
        )
        schemas = openapi["components"]["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        _drop_unused_errors(openapi)
        openapi["components"]["securitySchemes"] = _SIGN_IN
        openapi["security"] = [{}, *({name: []} for name in _SIGN_IN)]
        named = dict(sorted((more["$defs"] | schemas).items()))
        openapi["components"]["schemas"] = {
            name: {key: _named(part, named) for key, part in schema.items()}
            for name, schema in named.items()
        }
        openapi["paths"] = _named(openapi["paths"], named)
        app.openapi_schema = openapi
    return app.openapi_schema


def _named(part: Any, named: dict[str, Any]) -> Any:
    """A part of the document in which every schema that has a name is called by it.

    Default values that are objects are left out: generators of clients cannot make them.
    """
    if isinstance(part, list):
        return [_named(item, named) for item in part]
    if not isinstance(part, dict):
        return part
    title = part.get("title")
    if isinstance(title, str) and "properties" in part and part == named.get(title):
        return {"$ref": f"#/components/schemas/{title}"}
    return {
        key: {name: _named(field, named) for name, field in value.items()}
        if key == "properties"
        else _named(value, named)
        for key, value in part.items()
        if not (key == "default" and isinstance(value, dict))
    }


def _drop_unused_errors(openapi: dict[str, Any]) -> None:
    # FastAPI documents its own 422 for every parameter, even for one that accepts any text.
    for item in openapi["paths"].values():
        for operation in item.values():
            content = operation["responses"].get("422", {}).get("content", {})
            if content and MEDIA_TYPE not in content:
                del operation["responses"]["422"]
