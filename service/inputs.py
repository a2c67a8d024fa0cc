"""Request bodies: parsed into instances and rosters, by a process that is limited (`service.answers.answering`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from scheduler.checker import Report, check_read, roster_read
from scheduler.formats import structure
from scheduler.formats.decode import decode
from scheduler.formats.parse import parse_instance, parse_roster
from scheduler.model import InputError, Instance, NotARosterError, Problem, Roster
from scheduler.model.errors import listed
from scheduler.rules import rules
from service.problems import ServiceError, invalid
from service.settings import ServiceSettings

JSON = "application/json"
PATCH = "application/merge-patch+json"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Model = TypeVar("Model", bound=BaseModel)
JudgedT = TypeVar("JudgedT")


@dataclass(frozen=True)
class Upload:
    """A request body and its media type."""

    media_type: str
    body: bytes


class Accept:
    """A dependency that reads the body, if it has one of these media types."""

    def __init__(self, *media_types: str):
        self._media_types = media_types

    async def __call__(self, request: Request) -> Upload:
        """The body. Raises ServiceError for another media type or a coding."""
        found = media_type(request)
        coding = request.headers.get("content-encoding", "identity")
        if found not in self._media_types or coding != "identity":
            received = found if coding == "identity" else f"{found} ({coding})"
            accepted = ", ".join(self._media_types)
            raise ServiceError("media_type", found=received or "-", accepted=accepted)
        request.state.body = await request.body()  # for `service.problems`, which quotes it
        return Upload(found, request.state.body)


def media_type(request: Request) -> str:
    """What a request says that its body is."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def most_bytes(request: Request, settings: ServiceSettings) -> int:
    """The size of the largest body of its media type."""
    if media_type(request) == WORKBOOK:
        return settings.max_workbook_bytes
    return settings.max_json_bytes


JsonUpload = Annotated[Upload, Depends(Accept(JSON))]
InstanceUpload = Annotated[Upload, Depends(Accept(JSON, WORKBOOK))]
ChangeUpload = Annotated[Upload, Depends(Accept(JSON, PATCH, WORKBOOK))]


@dataclass(frozen=True)
class Inspection:
    """An uploaded instance as far as it can be read, and every problem in it."""

    instance: Instance | None
    data: Any
    """The JSON value as received, which still tells a field left out from a null."""
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


def inspect(upload: Upload) -> Inspection:
    """Read an uploaded instance with all its problems."""
    if upload.media_type == WORKBOOK:
        return _workbook(upload.body)
    try:
        data, problems = decode(upload.body)
    except InputError as error:
        return Inspection(None, None, error.problems)
    inspection = inspect_data(data)
    return Inspection(inspection.instance, data, _merged(problems, inspection.problems))


def inspect_change(target: Any, upload: Upload) -> Inspection:
    """Read what a merge patch (RFC 7396) makes of an instance, with all its problems."""
    try:
        patch, problems = decode(upload.body)
    except InputError as error:
        return Inspection(None, None, error.problems)
    inspection = inspect_data(_patched(target, patch))
    return Inspection(inspection.instance, inspection.data, _merged(problems, inspection.problems))


def inspect_data(data: Any, at: str = "") -> Inspection:
    """Read the instance at a pointer of the request body, with all its problems."""
    instance, problems = parse_instance(data, rules())
    return Inspection(instance, data, placed(problems, at))


def _workbook(body: bytes) -> Inspection:
    # Loaded on demand: most installations post JSON only.
    from scheduler.formats.workbook.guard import inspect_here

    try:
        instance, problems = inspect_here(body)
    except InputError as error:
        return Inspection(None, None, error.problems)
    return Inspection(instance, instance.model_dump(mode="json", exclude_none=True), problems)


def read(upload: Upload, model: type[Model]) -> Model:
    """A request record from a JSON body. Raises ServiceError with every fault."""
    data, problems = decode(upload.body)
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        raise invalid(_merged(problems, structure.problems(error, data, model))) from None
    if problems:
        raise invalid(problems)
    return record


def roster(data: Any, instance: Instance, at: str) -> Roster:
    """The roster at a pointer of the request body. instance: expanded.

    Raises ServiceError with every problem where the value is no roster, or a roster of another instance.
    """
    return _roster(data, at, lambda record: roster_read(instance, record))


def checked_roster(
    data: Any, instance: Instance, at: str, read: Callable[[Roster], Roster]
) -> tuple[Roster, Report]:
    """The same, and the checker's report on it. read: puts the instance's ids for those that came in."""
    return _roster(data, at, lambda record: check_read(instance, read(record)))


def _roster(data: Any, at: str, judged: Callable[[Roster], JudgedT]) -> JudgedT:
    record, problems = parse_roster(data)
    if record is None:
        raise invalid(placed(problems, at))
    try:
        return judged(record)
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
    return [problem.model_copy(update={"pointer": at + problem.pointer}) for problem in problems]


def _merged(decoding: list[Problem], reading: list[Problem]) -> list[Problem]:
    # Where both complain of one place, the decoder's problem is the more exact.
    pointers = {problem.pointer for problem in decoding}
    return listed(decoding + [problem for problem in reading if problem.pointer not in pointers])
