"""Reads the settings of an installation from its file, the environment and the command line.

Every fault is told at once, as faults of an instance are: where it stands, the value, and how to
mend it. A place in the file is a JSON pointer, such as ``/max_cores``; a variable has its name.
"""

import os
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from scheduler.formats import structure
from scheduler.model import InputError, Problem
from scheduler.model.pointer import nearest
from service.settings import PREFIX, Environment, ServiceSettings

_SECRET = frozenset(name for name, field in ServiceSettings.model_fields.items() if not field.repr)
"""Settings whose values no message quotes."""
_DATABASES = ("sqlite", "postgresql", "postgresql+psycopg", "postgres")


def read_settings(path: Path | None, **given: Any) -> ServiceSettings:
    """The settings; what is given (and not None) wins over the environment, and that over the file.

    path: a TOML file with settings by name. Raises InputError listing every fault.
    """
    given = {name: value for name, value in given.items() if value is not None}
    file = {} if path is None else _file(path)

    class FromFile(ServiceSettings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            *others: PydanticBaseSettingsSource,
            **more: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (
                init_settings,
                Environment(settings_cls),
                InitSettingsSource(settings_cls, init_kwargs=file),
            )

    environment = Environment(ServiceSettings)()
    problems = list(_misspelt_variables())
    try:
        # A setting is called `keys`, which would make `dict` take the record for a mapping.
        settings = ServiceSettings(**dict(iter(FromFile(**given))))
    except ValidationError as error:
        data = file | environment | given
        problems += structure.problems(error, data, ServiceSettings)
        settings = None
    problems += _database_faults(
        "database_url", {**file, **environment, **given}.get("database_url")
    )
    if problems or settings is None:
        told = [_placed(each, environment, given) for each in problems]
        raise InputError(told, "" if path is None else str(path))
    return settings


def _file(path: Path) -> dict[str, Any]:
    """The table of a TOML file."""

    def fault(code: str, value: str = "", **slots: str) -> InputError:
        return InputError([Problem(code=code, pointer="", value=value, slots=slots)], str(path))

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise fault("file_not_found", str(path)) from None
    except OSError:
        raise fault("file_not_readable", str(path)) from None
    except UnicodeDecodeError as error:
        value = f"0x{error.object[error.start]:02x}"
        raise fault("not_utf8", value, position=str(error.start)) from None
    except tomllib.TOMLDecodeError as error:
        raise fault("settings_not_toml", reason=str(error)) from None


def _database_faults(name: str, url: object) -> Iterator[Problem]:
    if not isinstance(url, str):
        return  # left out, or a fault already
    pointer = f"/{name}"
    try:
        parts = make_url(url)
        database = parts.drivername
        if "@" in (
            parts.host or ""
        ):  # of the password, whose rest would be taken for a host and told
            raise ValueError
    except (ArgumentError, ValueError):
        yield Problem(code="settings_no_address", pointer=pointer)
        return
    if database not in _DATABASES:
        slots = {"kind": database}
        yield Problem(code="settings_other_database", pointer=pointer, slots=slots)
    elif database != "sqlite" and find_spec("psycopg") is None:
        yield Problem(code="settings_no_psycopg", pointer=pointer)


def _misspelt_variables() -> Iterator[Problem]:
    """Variables whose names are almost, but not quite, a setting's."""
    names = [f"{PREFIX}{name.upper()}" for name in ServiceSettings.model_fields]
    ours = (
        *names,
        *(f"{PREFIX}{name}" for name in ("LANG", "CACHE", "BENCHMARKS", "EXAMPLES", "ROADS")),
    )
    for variable in os.environ:
        if variable.upper().startswith(PREFIX) and variable.upper().split("__")[0] not in ours:
            suggestion = nearest(variable.upper(), names, alike=0.85)
            if suggestion:
                slots = {"suggestion": suggestion}
                yield Problem(code="settings_unknown_variable", pointer=variable, slots=slots)


def _placed(problem: Problem, environment: dict[str, Any], given: dict[str, Any]) -> Problem:
    """A problem at the place where its value was read, without a secret value."""
    name, _, within = problem.pointer.removeprefix("/").partition("/")
    changes: dict[str, str] = {"value": ""} if name in _SECRET else {}
    if name in given:
        changes["pointer"] = f"--{name.replace('_', '-')}"
    elif name in environment:
        below = "".join(f"__{part}" for part in within.split("/") if part)
        changes["pointer"] = f"{PREFIX}{name}{below}".upper()
    return problem.model_copy(update=changes)
