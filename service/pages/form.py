"""Fields of a form that a browser sends, read up to a limit."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from service.problems import ServiceError

MEDIA_TYPE = "application/x-www-form-urlencoded"
MOST_BYTES = 16 * 1024
MOST_FIELDS = 20


async def _fields(request: Request) -> dict[str, str]:
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found != MEDIA_TYPE:
        raise ServiceError("media_type", found=found or "-", accepted=MEDIA_TYPE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ServiceError("too_large", most=f"{MOST_BYTES / (1 << 20):g}")
    try:
        text = body.decode("ascii")
        return dict(parse_qsl(text, True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError:
        raise ServiceError("bad_request") from None


FormFields = Annotated[dict[str, str], Depends(_fields)]
"""The fields by name."""
