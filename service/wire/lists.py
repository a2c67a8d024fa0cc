"""Lists of jobs and instances, and what can be changed about them."""

from typing import Annotated

from pydantic import Field

from service.wire import InstanceInfo, JobOut, Wire
from service.wire.labels import MOST_LABELS, LabelKey, LabelValue, Title, closed


class _Listed(Wire):
    total: int
    """How many there are on all pages."""
    next: str | None
    """Cursor of the next page; null on the last one."""


class JobList(_Listed):
    """Jobs, newest first."""

    jobs: list[JobOut]


class InstanceList(_Listed):
    """Instances, newest first."""

    instances: list[InstanceInfo]


class LabelPatch(Wire):
    """Labels to change (RFC 7396): null takes one away, those left out stay."""

    labels: Annotated[
        dict[LabelKey, LabelValue | None],
        Field(max_length=2 * MOST_LABELS, json_schema_extra=closed),
    ] = {}


class JobPatch(LabelPatch):
    """What can be changed about a job; what is left out stays."""

    title: Title | None = None
