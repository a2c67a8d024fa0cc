"""Other people's solvers on the same work: one module each, with `supports` and `solve`.

``supports(instance) -> list[str]``: what the instance asks for that the peer cannot express.
``solve(instance, seconds, seed, cores) -> Roster``: its best within the seconds, reading the
instance and building its model included. ``prepare()``, where a peer has one: what a machine does
once and costs no solve its time. Every roster is judged by our checker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from shutil import which
from typing import Any

from scheduler.model import Instance, Roster


@dataclass(frozen=True)
class Peer:
    """module: under benchmarks.peers. package, library: what pip installs, and what Python imports.

    jdk: whether it needs a JDK as well.
    """

    name: str
    module: str
    package: str
    library: str
    jdk: bool = False

    @property
    def lack(self) -> str:
        """What it needs and is not there, with what brings it; "" if it can run."""
        if find_spec(self.library) is None:
            return "not installed; pip install -e '.[peers]' brings it"
        lacking = [program for program in ("java", "javac") if self.jdk and which(program) is None]
        if lacking:
            return f"no {' and no '.join(lacking)} on the PATH; a JDK of 17 or later brings both"
        return ""

    @property
    def installed(self) -> bool:
        """Whether all that it needs is there."""
        return not self.lack

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

    def prepare(self) -> None:
        """Load the library, and do what it asks for once on a machine; raises ImportError where it is missing."""
        getattr(self._module, "prepare", lambda: None)()


PEERS = (
    Peer("or-tools", "ortools_routes", "ortools", "ortools"),
    Peer("cp-sat", "cpsat", "ortools", "ortools"),
    Peer("pyvrp", "pyvrp_routes", "pyvrp", "pyvrp"),
    Peer("timefold", "timefold.stock", "timefold", "timefold", jdk=True),
    Peer("timefold-expert", "timefold.expert", "timefold", "timefold", jdk=True),
    Peer("vroom", "vroom_routes", "pyvroom", "vroom"),
)
