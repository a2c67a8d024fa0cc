"""What is wrong with a command line, in words: an unknown command or option, a missing or impossible value."""

from typing import Any

from typer import TyperException
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)

from scheduler.cli.help import bounds, choices, kind_of, metavar, usage
from scheduler.cli.talk import Talk, printable


class UnknownCommandError(UsageError):
    """There is no command of that name."""

    def __init__(self, context: Any, name: str, close: list[str]):
        super().__init__(name, context)
        self.close = close


class TooManyArgumentsError(UsageError):
    """More arguments than the command takes; the message is the first that is too many."""


def show_refusal(talk: Talk, error: TyperException) -> None:
    """Say what is wrong, how the command is called, and where its help is."""
    talk.err.print(talk.word("refused.head") + refusal(talk, error), style="red")
    if isinstance(error, UsageError) and error.ctx is not None:
        talk.err.print(usage(talk, error.ctx))
        talk.err.print(talk.word("refused.help", command=error.ctx.command_path), style="dim")


def refusal(talk: Talk, error: TyperException) -> str:
    """What is wrong, in a sentence."""
    match error:
        case UnknownCommandError():
            name = printable(error.message)
            return talk.word("refused.command", name=name) + _meant(talk, error.close)
        case TooManyArgumentsError():
            return talk.word("refused.too_many", value=printable(error.message))
        case NoSuchOption():
            name = printable(error.option_name)
            return talk.word("refused.option", name=name) + _meant(talk, error.possibilities or [])
        case BadOptionUsage():
            return talk.word("refused.option_value", name=error.option_name)
        case MissingParameter() if error.param is not None:
            return talk.word("refused.missing", name=_named(talk, error.param))
        case BadParameter() if error.param is not None:
            return _impossible(talk, error)
    return printable(error.message)


def _meant(talk: Talk, close: Any) -> str:
    if not close:
        return ""
    return talk.word("refused.meant", names=talk.word("and").join(close))


def _named(talk: Talk, param: Any) -> str:
    return max(param.opts, key=len) if param.param_type_name == "option" else metavar(talk, param)


def _impossible(talk: Talk, error: BadParameter) -> str:
    """What an argument or option should be, and what it is."""
    param: Any = error.param
    found: list[Any] = getattr(error.__cause__, "errors", list)()
    if not found:
        return f"{_named(talk, param)}{talk.word('refused.colon')}{printable(error.message)}"
    limits = bounds(talk, param)
    wanted = talk.word(
        f"wanted.{kind_of(param)}",
        choices=talk.word("and").join(choices(param)),
        bounds=talk.word("refused.bounds", bounds=limits) if limits else "",
    )
    return talk.word(
        "refused.value",
        name=_named(talk, param),
        wanted=wanted,
        value=printable(str(found[0]["input"])),
    )
