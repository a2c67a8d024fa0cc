"""Parameters of addresses: none that a route does not know, and no text that no database takes."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query as QueryParameter
from pydantic import AwareDatetime, BeforeValidator

from scheduler.model import Problem
from scheduler.model.errors import listed
from scheduler.model.pointer import nearest, pointer, shortened
from service.problems import ServiceError, invalid
from service.store.listing import Filters
from service.wire.labels import LABEL_KEY, LABEL_VALUE, TEXT

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\d[T ]")


def ensure_known(request: Request) -> None:
    """Raise ServiceError for what the route of a request does not know.

    404 for broken text in the address's path, which names nothing that there is; 422 else.
    """
    if any(_BROKEN.search(str(value)) for value in request.path_params.values()):
        raise ServiceError("not_found")
    if problems := listed(_faulty(request, _known(request.scope["route"]))):
        raise invalid(problems)


def _faulty(request: Request, known: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with a request's parameters; no more is looked at than is taken."""
    for name in dict.fromkeys(request.query_params):
        if name not in known:
            yield Problem(
                code="unknown_parameter",
                pointer=pointer("query", name),
                value=shortened(name),
                slots={"suggestion": nearest(name, known), "known": ", ".join(known) or "–"},
            )
    for name, value in request.query_params.multi_items():
        if name in known and _BROKEN.search(value):
            yield Problem(
                code="broken_text", pointer=pointer("query", name), value=shortened(value)
            )


def _known(route: Any) -> tuple[str, ...]:
    if route.name not in _KNOWN:
        fields = get_flat_params(route.dependant)
        _KNOWN[route.name] = tuple(
            field.alias for field in fields if isinstance(field.field_info, QueryParameter)
        )
    return _KNOWN[route.name]


_KNOWN: dict[str, tuple[str, ...]] = {}
"""Parameters by operation, as far as it was asked for."""


def _written(value: object) -> object:
    # Pydantic also takes seconds since 1970, which the document does not offer.
    if isinstance(value, str) and not _MOMENT.match(value):
        raise ValueError("write it as 2026-11-23T09:00:00+08:00")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many rows.")]
Offset = Annotated[
    int, Query(ge=0, le=10**9, description="Rows to skip; a cursor is better: it stays true.")
]
Cursor = Annotated[
    str | None,
    Query(
        max_length=200, pattern=TEXT, description="`next` of the page before, to go on after it."
    ),
]


async def filters(
    label: Annotated[
        list[Annotated[str, Query(pattern=f"^{LABEL_KEY}={LABEL_VALUE}$")]] | None,
        Query(max_length=16, description="`key=value`; each must be there."),
    ] = None,
    owner: Annotated[
        str | None,
        Query(max_length=64, pattern=TEXT, description="Id of the account that made it."),
    ] = None,
    created_from: Annotated[
        Moment | None,
        Query(description="Made at this moment or later; with its time zone."),
    ] = None,
    created_to: Annotated[
        Moment | None,
        Query(description="Made before this moment; with its time zone."),
    ] = None,
) -> Filters:
    """A dependency: the filters that lists have in common."""
    return Filters(
        labels=dict(one.split("=", 1) for one in label or ()),
        owner=owner,
        created_from=None if created_from is None else created_from.timestamp(),
        created_to=None if created_to is None else created_to.timestamp(),
    )


def bad_cursor(cursor: str | None) -> ServiceError:
    """What a text that is no cursor of ours is answered with."""
    return invalid(
        [Problem(code="not_a_cursor", pointer="/query/cursor", value=shortened(cursor or ""))]
    )
