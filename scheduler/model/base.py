"""What every record of the model shares: frozen, strict about names, described in the schema."""

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict


def describe(schema: dict[str, Any], kind: type[BaseModel]) -> None:
    """Give each field of a record's JSON Schema its description: the docstring below it.

    A `json_schema_extra` of pydantic, so that sources are read when a schema is asked for; by itself pydantic
    reads them all each time that the records are made.
    """
    told = {name: text for base in reversed(kind.__mro__) for name, text in _told(base).items()}
    for name, field in kind.model_fields.items():
        if told.get(name) and field.description is None:
            schema["properties"][field.alias or name]["description"] = told[name]


@cache
def _told(kind: type) -> dict[str, str]:
    """Name → docstring of the fields that a record itself declares; "" for those without."""
    if kind is BaseModel or not issubclass(kind, BaseModel):
        return {}
    return _classes(inspect.getsource(sys.modules[kind.__module__])).get(kind.__name__, {})


@cache
def _classes(source: str) -> dict[str, dict[str, str]]:
    """Class → field → docstring, of the classes of a module."""
    return {
        node.name: {
            field.target.id: _text(below)
            for field, below in pairwise([*node.body, node])
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        }
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
    }


def _text(node: ast.AST) -> str:
    """The text of a statement that is nothing else."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return inspect.cleandoc(str(node.value.value))
    return ""


class Record(BaseModel):
    """A frozen record; a field that is not declared is an error, so that a misspelt name is found."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        serialize_by_alias=True,
        json_schema_extra=describe,
    )
