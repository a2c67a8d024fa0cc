"""The commands of ``lianxin``: the library's own, then those that other packages bring.

A command of the library is a module of `commands` with a function `run`. Another package brings
one by an entry point of the group ``lianxin.commands``: its name, and a function that Typer takes.
Each is loaded when it is asked for, so that help and errors come at once.
"""

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoints, entry_points
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from scheduler.cli.ending import BAD_INPUT
from scheduler.cli.talk import Language, Talk, UnwritableError, helped, speaking, spoken

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter
    from typer.core import TyperOption

PROGRAM = "lianxin"
GROUP = "lianxin.commands"
COMMANDS = (
    "solve",
    "check",
    "due",
    "template",
    "report",
    "texts",
    "replan",
    "assign",
    "unassign",
    "swap",
    "move",
    "pin",
    "unpin",
    "lock",
    "compare",
    "explain",
    "suggest",
    "free",
    "loads",
    "roll",
    "import-orders",
    "export-results",
)
"""The library's commands in the order of the help."""


class _Command(TyperCommand):
    """A command whose help and refusals are in the language that is spoken."""

    def get_help_option(self, ctx: "Context") -> "TyperOption | None":
        return _described(super().get_help_option(ctx))

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        _print_help(ctx)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        ctx.allow_extra_args = True  # refused here, in our words
        if left := super().parse_args(ctx, args):
            from scheduler.cli.refusals import TooManyArgumentsError

            raise TooManyArgumentsError(left[0], ctx)
        return left


def _described(option: "TyperOption | None") -> "TyperOption | None":
    if option is not None:
        option.help = helped("help")
    return option


def _print_help(context: "Context") -> None:
    from scheduler.cli.help import help_page

    talk = Talk(spoken())
    talk.out.print(help_page(talk, context))


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
            run = import_module(f"scheduler.cli.commands.{name.replace('-', '_')}").run
        else:
            gc.enable()  # a service runs for long
            run = self._brought[name].load()
        command = typer.Typer(add_completion=False)
        command.command(name, cls=_Command, help=helped(name.replace("-", "_")))(run)
        return cast(TyperCommand, typer.main.get_command(command))


class _Group(TyperGroup):
    def __init__(self, **attributes: Any):
        super().__init__(**attributes)
        self.commands = cast(Any, Commands())

    def get_help_option(self, ctx: "Context") -> "TyperOption | None":
        return _described(super().get_help_option(ctx))

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        _print_help(ctx)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        if not set(args) - {"--"}:
            _print_help(ctx)
            raise typer.Exit(BAD_INPUT)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: "Context", args: list[str]) -> Any:
        name, *rest = args
        if name in self.commands:
            return name, self.commands[name], rest
        from difflib import get_close_matches

        from scheduler.cli.refusals import UnknownCommandError

        raise UnknownCommandError(ctx, name, get_close_matches(name, self.commands))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command that the arguments name, in the language that ``--lang`` asks for anywhere among them.

        prog_name: however it was called, the help names it as it is installed.
        """
        language, rest = language_asked(sys.argv[1:] if args is None else args)
        with speaking(language):
            try:
                code = super().main(rest, PROGRAM, standalone_mode=False, **extra)
            except typer.TyperException as error:
                from scheduler.cli.refusals import show_refusal

                show_refusal(Talk(spoken()), error)
                code = error.exit_code
            except UnwritableError as error:
                talk = Talk(spoken())
                talk.warn("cannot_write", path=talk.word("output"), reason=error)
                code = BAD_INPUT
        if standalone_mode:
            sys.exit(code)
        return code


def language_asked(args: Sequence[str]) -> tuple[Language | None, list[str]]:
    """The language that ``--lang`` names, wherever it stands, and the arguments without it.

    What names no language is left for the command to refuse.
    """
    language, rest = None, list(args)
    end = rest.index("--") if "--" in rest else len(rest)
    for place in range(end - 1, -1, -1):
        option, joined, value = rest[place].partition("=")
        if option != "--lang" or not (joined or place + 1 < end):
            continue
        named = (value if joined else rest[place + 1]).lower()
        if named in Language.__members__.values():
            language = language or Language(named)
            taken = 1 if joined else 2
            del rest[place : place + taken]
            end -= taken
    return language, rest


app = typer.Typer(
    cls=_Group,
    help=helped("app"),
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _lianxin(
    lang: Annotated[Language | None, typer.Option("--lang", help=helped("lang"))] = None,
) -> None:
    """Typer makes a group of commands where there is a callback."""
