"""What clashes: a smallest set of hard requirements that cannot all hold."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scheduler.due import Expanded
from scheduler.stop import Stop

if TYPE_CHECKING:
    from scheduler.engines.exact import Requirement


@dataclass(frozen=True)
class Clashing:
    """Hard requirements that no roster keeps together.

    status: see `scheduler.engines.exact.Clash`: of a "minimal" clash, each requirement alone may give way
    requirements: those that cannot all hold, in order of rules
    """

    status: Literal["none", "minimal", "clash", "unknown"]
    requirements: "tuple[Requirement, ...]"


def clashes(instance: Expanded, seconds: float, stop: Stop | None = None) -> Clashing:
    """What cannot all hold in an instance, looked for during some seconds at most.

    Raises InputError where travel cannot be built.
    """
    from scheduler.engines.exact.clash import clash  # late: loads OR-Tools

    result = clash(instance, seconds, stop)
    return Clashing(result.status, result.requirements)
