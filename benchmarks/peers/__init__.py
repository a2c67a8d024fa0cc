"""Other people's solvers on the same work: one module each, with `supports` and `solve`.

``supports(instance) -> list[str]``: what the instance asks for that the peer cannot express.
``solve(instance, seconds, seed, cores) -> Roster``: its best within the seconds, reading the
instance and building its model included. Every roster is judged by our checker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from scheduler.model import Instance, Roster


@dataclass(frozen=True)
class Peer:
    """module: under benchmarks.peers. package, library: what pip installs, and what Python imports."""

    name: str
    module: str
    package: str
    library: str

    @property
    def installed(self) -> bool:
        """Whether its library is there."""
        return find_spec(self.library) is not None

    @property
    def version(self) -> str:
        """Of the library; "" if it is not there."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return ""

    @property
    def _module(self) -> Any:
        return import_module(f"{__name__}.{self.module}")

    @property
    def supports(self) -> Callable[[Instance], list[str]]:
        """See above; raises ImportError where the library is missing."""
        supports: Callable[[Instance], list[str]] = self._module.supports
        return supports

    @property
    def solve(self) -> Callable[[Instance, float, int, int], Roster]:
        """See above; raises ImportError where the library is missing."""
        solve: Callable[[Instance, float, int, int], Roster] = self._module.solve
        return solve


PEERS = (
    Peer("or-tools", "ortools_routes", "ortools", "ortools"),
    Peer("cp-sat", "cpsat", "ortools", "ortools"),
    Peer("pyvrp", "pyvrp_routes", "pyvrp", "pyvrp"),
    Peer("vroom", "vroom_routes", "pyvroom", "vroom"),
)
