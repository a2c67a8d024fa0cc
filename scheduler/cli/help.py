"""The help of a command: usage, what it does, arguments and options, in one language and at any width."""

import inspect
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from typer.core import TyperArgument, TyperGroup, TyperOption

from scheduler.cli.talk import Talk, help_in_words
from scheduler.messages import has

if TYPE_CHECKING:
    from typer._click import Context

HEAD = "bold cyan"
_NAMES_AT_MOST = 30
"""Cells for the names of options; longer ones have a line of their own."""


def help_page(talk: Talk, context: "Context") -> RenderableType:
    """All that there is to say of a command, or of the group of them."""
    command = context.command
    parts: list[RenderableType] = [usage(talk, context), ""]
    parts += [Text(help_in_words(command.help, talk.lang)), ""]
    params = command.get_params(context)
    arguments = [
        (metavar(talk, param), _described(talk, param))
        for param in params
        if isinstance(param, TyperArgument)
    ]
    parts += _section(talk, "arguments", arguments)
    if isinstance(command, TyperGroup):
        named = command.commands.items()
        commands = [(name, help_in_words(each.help, talk.lang)) for name, each in named]
        parts += _section(talk, "commands", commands)
    options = [
        (_option(talk, param), _described(talk, param))
        for param in params
        if isinstance(param, TyperOption) and not param.hidden
    ]
    return Group(*parts, *_section(talk, "options", options)[:-1])


def usage(talk: Talk, context: "Context") -> Text:
    """How the command is called: its path, its arguments, and where options go."""
    command = context.command
    pieces = [talk.word("help.usage") + context.command_path]
    for param in command.get_params(context):
        if isinstance(param, TyperArgument):
            name = metavar(talk, param)
            pieces.append(name if param.required else f"[{name}]")
    if isinstance(command, TyperGroup):
        pieces.append(talk.word("help.command"))
    return Text(" ".join([*pieces, talk.word("help.some_options")]))


def metavar(talk: Talk, param: TyperArgument | TyperOption) -> str:
    """What stands for a value: the catalogue's word for its metavar, else for its type."""
    if not isinstance(param, TyperArgument) and not param.metavar:
        return _type(talk, param)
    names = (param.metavar or param.name).strip("[].… ").lower().split()
    shown = (
        talk.word(f"metavar.{name}")
        if has(f"cli.metavar.{name}")
        else (name if "|" in name else name.upper())  # words to type, as they are typed
        for name in names
    )
    return " ".join(shown) + "…" * (param.nargs != 1)


def kind_of(param: TyperArgument | TyperOption) -> str:
    """The kind of a value: choice, datetime, int, float, path or text."""
    described = param.type_descriptor
    if described.choices is not None:
        return "choice"
    named = str(described.annotation).lower()
    return next((kind for kind in ("datetime", "float", "int", "path") if kind in named), "text")


def choices(param: TyperArgument | TyperOption) -> list[str]:
    """The values that a choice is made of."""
    return [
        str(choice.value if isinstance(choice, Enum) else choice)
        for choice in param.type_descriptor.choices or ()
    ]


def bounds(talk: Talk, param: TyperArgument | TyperOption) -> str:
    """The least and the greatest value that a number may have, in words; nothing where there is neither."""
    if param.min is None and param.max is None:
        return ""
    key = "at_least" if param.max is None else "at_most" if param.min is None else "between"
    return talk.word(f"help.{key}", least=param.min, most=param.max)


def _type(talk: Talk, param: TyperArgument | TyperOption) -> str:
    kind = kind_of(param)
    return "|".join(choices(param)) if kind == "choice" else talk.word(f"type.{kind}")


def _option(talk: Talk, param: TyperOption) -> str:
    names = ", ".join(sorted([*param.opts, *param.secondary_opts], key=len))
    if param.is_flag or param.count:
        return names
    return f"{names} {metavar(talk, param)}" + " …" * param.multiple


def _described(talk: Talk, param: TyperArgument | TyperOption) -> str:
    """The help text, and in brackets what may be given and what holds where nothing is."""
    notes = [bounds(talk, param), _default(talk, param)]
    if param.required:
        notes.append(talk.word("help.required"))
    shown = " ".join(f"[{note}]" for note in notes if note)
    return f"{help_in_words(param.help, talk.lang)} {shown}".strip()


def _default(talk: Talk, param: TyperArgument | TyperOption) -> str:
    default: Any = param.default
    if not param.show_default or inspect.isroutine(default) or default in (None, (), []):
        shown = ""
    elif isinstance(default, bool):
        names = param.opts if default else param.secondary_opts
        shown = names[0] if param.secondary_opts else ""
    else:
        shown = f"{default:g}" if isinstance(default, float) else str(default)
    return talk.word("help.default", value=shown) if shown else ""


def _section(talk: Talk, head: str, rows: Sequence[tuple[str, str]]) -> list[RenderableType]:
    """A heading, and in two columns what is called what; a long name has a line of its own."""
    if not rows:
        return []
    fitting = (Text(name).cell_len for name, _ in rows)
    width = max((width for width in fitting if width <= _NAMES_AT_MOST), default=0)
    lines: list[RenderableType] = [Text(talk.word(f"help.{head}"), style=HEAD)]
    for name, words in rows:
        label = Text(f"  {name}", style="bold")
        if label.cell_len > width + 2:
            lines.append(label)
            label = Text("")
        row = Table.grid(padding=(0, 2, 0, 0))
        row.add_column(width=width + 2)
        row.add_column(overflow="fold")
        row.add_row(label, words)
        lines.append(row)
    return [*lines, ""]
