"""The commands of ``lianxin``: the library's own, then those that other packages bring.

A command of the library is a module of `commands` with a function `run`. Another package brings
one by an entry point of the group ``lianxin.commands``: its name, and a function that Typer takes.
Each is loaded when it is asked for, so that help and errors come at once.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoints, entry_points
from typing import TYPE_CHECKING, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from scheduler.cli.talk import helped

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter
    from typer.core import TyperOption

GROUP = "lianxin.commands"
COMMANDS = (
    "solve",
    "check",
    "due",
    "template",
    "report",
    "texts",
    "replan",
    "compare",
    "explain",
    "suggest",
    "roll",
)
"""The library's commands in the order of the help."""


class _Command(TyperCommand):
    """A command whose help speaks the environment's language in its frame too."""

    def get_help_option(self, ctx: "Context") -> "TyperOption | None":
        return _translated_option(super().get_help_option(ctx))

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        _translate_frame()
        super().format_help(ctx, formatter)


def _translated_option(option: "TyperOption | None") -> "TyperOption | None":
    if option is not None:
        option.help = helped("help")
    return option


def _translate_frame() -> None:
    """Give Typer our words for what it says around the help texts."""
    from typer import rich_utils  # late, because Typer itself loads it with the first help

    rich_utils.ARGUMENTS_PANEL_TITLE = helped("arguments")
    rich_utils.OPTIONS_PANEL_TITLE = helped("options")
    rich_utils.COMMANDS_PANEL_TITLE = helped("commands")
    rich_utils.REQUIRED_LONG_STRING = helped("required")
    rich_utils.DEFAULT_STRING = helped("default", value="{}")


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
        command.command(name, cls=_Command, help=helped(name))(run)
        return cast(TyperCommand, typer.main.get_command(command))


class _Group(TyperGroup):
    def __init__(self, **attributes: Any):
        super().__init__(**attributes)
        self.commands = cast(Any, Commands())

    def get_help_option(self, ctx: "Context") -> "TyperOption | None":
        return _translated_option(super().get_help_option(ctx))

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        _translate_frame()
        super().format_help(ctx, formatter)


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
