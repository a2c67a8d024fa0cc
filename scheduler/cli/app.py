"""The commands of ``lianxin``: the library's own, then those that other packages bring.

A command of the library is a module of `commands` with a function `run`. Another package brings
one by an entry point of the group ``lianxin.commands``: its name, and a function that Typer takes.
Each is loaded when it is asked for, so that help and errors come at once.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoints, entry_points
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from scheduler.cli.talk import helped

GROUP = "lianxin.commands"
COMMANDS = (
    "solve",
    "check",
    "due",
    "template",
    "report",
    "replan",
    "compare",
    "explain",
    "suggest",
    "roll",
)
"""The library's commands in the order of the help."""


class Commands(Mapping[str, TyperCommand]):
    """Every command by name; looking one up loads it. KeyError where there is none."""

    @cached_property
    def _brought(self) -> EntryPoints:
        return entry_points(group=GROUP)

    def __iter__(self) -> Iterator[str]:
        yield from COMMANDS
        yield from sorted(self._brought.names)

    def __len__(self) -> int:
        return len(COMMANDS) + len(self._brought.names)

    def __getitem__(self, name: str) -> TyperCommand:
        if name in COMMANDS:
            run = import_module(f"scheduler.cli.commands.{name}").run
        else:
            run = self._brought[name].load()
        command = typer.Typer(add_completion=False)
        command.command(name, help=helped(name))(run)
        return cast(TyperCommand, typer.main.get_command(command))


class _Group(TyperGroup):
    def __init__(self, **attributes: Any):
        super().__init__(**attributes)
        self.commands = cast(Any, Commands())


app = typer.Typer(
    cls=_Group,
    help=helped("app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _lianxin() -> None:
    """Typer makes a group of commands where there is a callback."""
