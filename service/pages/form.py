"""Fields of a form that a browser sends, read up to a limit."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from service.problems import ServiceError

MEDIA_TYPE = "application/x-www-form-urlencoded"
FILE_TYPE = "multipart/form-data"
MOST_BYTES = 16 * 1024
MOST_FIELDS = 20


class FormReader:
    """A dependency that reads a form of so many bytes and fields."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_fields: int = MOST_FIELDS):
        self._most_bytes = most_bytes
        self._most_fields = most_fields

    async def __call__(self, request: Request) -> dict[str, str]:
        """The fields by name. Raises ServiceError."""
        _ensure_type(request, MEDIA_TYPE)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._most_bytes:
                raise ServiceError("too_large", most=f"{self._most_bytes / (1 << 20):g}")
        try:
            text = body.decode("ascii")
            fields = parse_qsl(text, True, errors="strict", max_num_fields=self._most_fields)
        except ValueError:
            raise ServiceError("bad_request") from None
        # Nobody types it, and PostgreSQL has no text with it.
        if any("\0" in word for field in fields for word in field):
            raise ServiceError("bad_request")
        return dict(fields)


FormFields = Annotated[dict[str, str], Depends(FormReader())]
"""The fields by name."""


async def sent_file(request: Request) -> tuple[str, bytes]:
    """Name and bytes of the file in the field ``file``; both empty where none was chosen. Raises ServiceError."""
    _ensure_type(request, FILE_TYPE)
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        file = form.get("file")
        if file is None or isinstance(file, str):
            return "", b""
        return file.filename or "", await file.read()


SentFile = Annotated[tuple[str, bytes], Depends(sent_file)]
"""Name and bytes of the file that a form sends."""


def _ensure_type(request: Request, wanted: str) -> None:
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found != wanted:
        raise ServiceError("media_type", found=found or "-", accepted=wanted)
