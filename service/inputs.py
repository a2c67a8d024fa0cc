"""Request bodies: read with a limit while they come, then made into instances and rosters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from scheduler.checker import Report, check
from scheduler.formats import structure
from scheduler.formats.decode import decode
from scheduler.formats.parse import parse_instance, parse_roster
from scheduler.model import InputError, Instance, NotARosterError, Problem, Roster
from scheduler.rules import rules
from service.problems import ServiceError, invalid
from service.settings import MEGABYTE

JSON = "application/json"
PATCH = "application/merge-patch+json"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Upload:
    """A request body and its media type."""

    media_type: str
    body: bytes


class Accept:
    """A dependency that reads the body, if it is of one of these media types and not too large."""

    def __init__(self, *media_types: str):
        self._media_types = media_types

    async def __call__(self, request: Request) -> Upload:
        """The body. Raises ServiceError for another media type, a coding, or too many bytes."""
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        coding = request.headers.get("content-encoding", "identity")
        if media_type not in self._media_types or coding != "identity":
            found = media_type if coding == "identity" else f"{media_type} ({coding})"
            accepted = ", ".join(self._media_types)
            raise ServiceError("media_type", found=found or "-", accepted=accepted)
        settings = request.app.state.settings
        most = settings.max_workbook_bytes if media_type == WORKBOOK else settings.max_json_bytes
        return Upload(media_type, await _read(request, most))


async def _read(request: Request, most: int) -> bytes:
    too_large = ServiceError("too_large", most=f"{most / MEGABYTE:g}")
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_large
    return bytes(body)


JsonUpload = Annotated[Upload, Depends(Accept(JSON))]
InstanceUpload = Annotated[Upload, Depends(Accept(JSON, WORKBOOK))]
ChangeUpload = Annotated[Upload, Depends(Accept(JSON, PATCH, WORKBOOK))]


@dataclass(frozen=True)
class Inspected:
    """What was found in an input: the instance as far as it can be read, and every problem."""

    instance: Instance | None
    data: Any
    """The JSON value as it came: what a field left out means differs from what null means."""
    problems: list[Problem]

    @property
    def valid(self) -> bool:
        """Whether it can be solved: warnings do not count."""
        return self.instance is not None and not any(
            problem.severity == "error" for problem in self.problems
        )

    def sound(self) -> Instance:
        """The instance. Raises ServiceError with every fault where there are errors."""
        if self.instance is None or not self.valid:
            raise invalid(self.problems)
        return self.instance


def inspect(upload: Upload) -> Inspected:
    """Look at an uploaded instance."""
    if upload.media_type == WORKBOOK:
        return _workbook(upload.body)
    try:
        data, found = decode(upload.body)
    except InputError as error:
        return Inspected(None, None, error.problems)
    looked = inspect_data(data)
    return Inspected(looked.instance, data, _merged(found, looked.problems))


def inspect_change(target: Any, upload: Upload) -> Inspected:
    """Look at what a merge patch (RFC 7396) makes of an instance."""
    try:
        patch, found = decode(upload.body)
    except InputError as error:
        return Inspected(None, None, error.problems)
    looked = inspect_data(_patched(target, patch))
    return Inspected(looked.instance, looked.data, _merged(found, looked.problems))


def inspect_data(data: Any, at: str = "") -> Inspected:
    """Look at an instance that stands at a pointer of the request body."""
    instance, found = parse_instance(data, rules())
    return Inspected(instance, data, placed(found, at))


def _workbook(body: bytes) -> Inspected:
    # Loaded when asked for: most installations post JSON only.
    from scheduler.formats.workbook import read_guarded

    try:
        instance = read_guarded(body, "")
    except InputError as error:
        return Inspected(None, None, error.problems)
    return Inspected(instance, instance.model_dump(mode="json", exclude_none=True), [])


def read(upload: Upload, model: type[Model]) -> Model:
    """A request record from a JSON body. Raises ServiceError with every fault."""
    data, found = decode(upload.body)
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        raise invalid(_merged(found, structure.problems(error, data, model))) from None
    if found:
        raise invalid(found)
    return record


def roster(data: Any, instance: Instance, at: str) -> tuple[Roster, Report]:
    """A roster that stands at a pointer of the request body, and what the checker says of it.

    instance: with what falls due in it. Raises ServiceError with every fault where it is no roster, or none of this instance.
    """
    record, found = parse_roster(data)
    if record is None:
        raise invalid(placed(found, at))
    try:
        return record, check(instance, record)
    except NotARosterError as error:
        raise invalid(placed(error.problems, at)) from None


def _patched(target: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = _patched(result.get(name), value)
    return result


def placed(problems: Iterable[Problem], at: str) -> list[Problem]:
    """The problems with their pointers below `at`."""
    return [one.model_copy(update={"pointer": at + one.pointer}) for one in problems]


def _merged(found: list[Problem], more: list[Problem]) -> list[Problem]:
    # What the decoder told of a place says it better.
    odd = {problem.pointer for problem in found}
    return found + [problem for problem in more if problem.pointer not in odd]
