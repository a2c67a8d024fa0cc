"""The arrows of the layout go one way: a package imports only what stands before it."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path
    for package in ("scheduler", "service", "benchmarks", "instances")
    for path in (ROOT / package).rglob("*.py")
)

ORDER = (
    ("scheduler.model", "scheduler.loading", "scheduler.caches"),
    ("scheduler.travel", "scheduler.messages", "scheduler.stop", "scheduler.due"),
    ("scheduler.facts",),
    ("scheduler.lowered",),
    ("scheduler.rules",),
    (
        "scheduler.checker",
        "scheduler.formats",
        "scheduler.engines.compiled",
        "scheduler.engines.expand",
    ),
    ENGINES := ("scheduler.engines.search", "scheduler.engines.exact", "scheduler.engines.columns"),
    ("scheduler.engines", "scheduler.solver"),
    FRONT := ("scheduler.explain", "scheduler.weeks"),
    ("scheduler.drawings",),
    ("scheduler.report",),
    ("scheduler.frames",),
    ("scheduler.exports",),
    ("scheduler.cli",),
    ("instances",),
    ("service", "benchmarks"),
)
"""Each may import from the groups before its own and, but for the engines, from its own group."""
SOLVERS = ("ortools", "numba")


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _imported(path: Path) -> tuple[tuple[str, str], ...]:
    """(module, name taken from it or "") of every import: late and for types only, too."""
    return tuple(_read_imports(path))


def _read_imports(path: Path) -> Iterator[tuple[str, str]]:
    package = _name(path.parent / "__init__.py").split(".")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((base, alias.name) for alias in node.names)


def _imports(path: Path) -> Iterator[str]:
    """Modules that a file imports: ``from a import b`` imports a, and perhaps the module a.b."""
    for module, name in _imported(path):
        yield module
        if name:
            yield f"{module}.{name}"


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _rank(name: str) -> int | None:
    if name == "scheduler":
        return ORDER.index(FRONT)
    for rank, packages in enumerate(ORDER):
        if any(_within(name, package) for package in packages):
            return rank
    return None


def _loads(start: str) -> set[str]:
    """Every module of ours, and the first name of every other, that importing `start` loads."""
    by_name = {_name(path): path for path in MODULES}
    found: set[str] = set()
    queue = [start]
    while queue:
        name = queue.pop()
        if name in by_name and name not in found:
            found.add(name)
            if name == "scheduler":
                continue  # hands names on, each loaded when asked for: see test_package.py
            parents = [name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)]
            queue += [*_imports(by_name[name]), *parents]
        elif name not in by_name:
            found.add(name.split(".")[0])
    return found


def test_every_module_has_its_place() -> None:
    assert [_name(path) for path in MODULES if _rank(_name(path)) is None] == []


def test_imports_point_to_what_stands_before() -> None:
    against = [
        f"{_name(path)} imports {name}"
        for path in MODULES
        for name in _imports(path)
        if (_rank(name) or 0) > (_rank(_name(path)) or 0)
    ]
    assert against == []


def test_engines_do_not_know_each_other() -> None:
    known = [
        f"{_name(path)} imports {name}"
        for own in ENGINES
        for path in MODULES
        if _within(_name(path), own)
        for name in _imports(path)
        if any(_within(name, other) for other in ENGINES if other != own)
    ]
    assert known == []


def test_only_exact_and_columns_import_or_tools_and_one_module_numba() -> None:
    exact = [engine for engine in ENGINES if engine != "scheduler.engines.search"]
    users: dict[str, set[str]] = {solver: set() for solver in SOLVERS}
    for path in MODULES:
        for root in {name.split(".")[0] for name in _imports(path)}.intersection(SOLVERS):
            users[root].add(_name(path))
    assert users["numba"] == {"scheduler.engines.compiled"}
    ours = {name for name in users["ortools"] if not name.startswith("benchmarks.peers")}
    assert ours
    assert [name for name in ours if not any(_within(name, engine) for engine in exact)] == []


@pytest.mark.parametrize("judge", ["scheduler.checker", "scheduler.rules", "scheduler.facts"])
def test_the_checker_loads_no_engine(judge: str) -> None:
    loaded = _loads(judge)
    assert "scheduler.model.instance" in loaded
    engines = [name for name in loaded for engine in ENGINES if _within(name, engine)]
    assert not engines
    assert not loaded.intersection(SOLVERS)


def test_the_library_knows_nothing_of_its_users() -> None:
    users = ("service", "benchmarks", "instances")
    for path in MODULES:
        if _within(_name(path), "scheduler"):
            found = [name for name in _imports(path) for user in users if _within(name, user)]
            assert not found, f"{_name(path)}: {found}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    """``from a import b`` asks for the module a.b where there is one, and else for the package a."""
    modules = {_name(path) for path in MODULES}
    graph: dict[str, set[str]] = {}
    for path in MODULES:
        asked = {
            f"{module}.{name}" if f"{module}.{name}" in modules else module
            for module, name in _imported(path)
        }
        graph[_name(path)] = asked & modules
    TopologicalSorter(graph).prepare()  # raises CycleError with the circle
