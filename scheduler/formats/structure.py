"""Pydantic's errors as problems: our codes, JSON pointers and suggestions."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scheduler.model.errors import MOST_PROBLEMS, Problem, listed
from scheduler.model.pointer import nearest, pointer, shortened

Path = tuple[str | int, ...]
Node = dict[str, Any]
"""A part of a JSON Schema."""

_CODES = {
    "extra_forbidden": "unknown_field",
    "missing": "missing_field",
    "int_type": "not_a_number",
    "int_parsing": "not_a_number",
    "int_from_float": "not_a_whole_number",
    "int_parsing_size": "not_a_number",
    "float_type": "not_a_number",
    "float_parsing": "not_a_number",
    "finite_number": "not_finite",
    "string_type": "not_text",
    "string_unicode": "not_text",
    "string_sub_type": "not_text",
    "string_too_long": "too_long",
    "road_url_here": "road_url_here",
    "road_url": "road_url",
    "bool_type": "not_true_or_false",
    "bool_parsing": "not_true_or_false",
    "date_type": "not_a_date",
    "date_parsing": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "moment": "not_a_moment",
    "moment_fraction": "finer_than_a_tick",
    "enum": "not_one_of",
    "literal_error": "not_one_of",
    "union_tag_invalid": "not_one_of",
    "union_tag_not_found": "missing_field",
    "greater_than": "too_small",
    "greater_than_equal": "too_small",
    "less_than": "too_large",
    "less_than_equal": "too_large",
    "too_short": "too_few",
    "too_long": "too_many",
    "tuple_type": "not_a_list",
    "list_type": "not_a_list",
    "dict_type": "not_an_object",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
}
"""Our code for each of pydantic's types of error; any other is `not_valid` with pydantic's reason."""

_COORDINATES = {"longitude": "180", "latitude": "90"}
_DURATIONS = ("duration", "minutes")
_MOST_ERRORS = 5_000
"""Errors of pydantic that are looked at one by one."""
_LONG, _SHORT = 512, 8
"""Entries of each list that are looked at where there are more errors: at first, and at least."""


def problems(
    error: ValidationError, data: Any, model: type[BaseModel], at: Path = (), first: int = 0
) -> list[Problem]:
    """The problems of a failed validation as `listed`, one for each pointer and code, in pydantic's order.

    at: where in the data the error's places begin; of a list, its first entry is the one of number
    `first`. Where a clock reads moments, it has to be set here as well.
    """
    if not at:
        error = _first_errors(error, data, model)
    by_place: dict[tuple[str, str], Problem] = {}
    for detail in error.errors(include_url=False):
        if at:
            detail["loc"] = (*at, *_moved(detail["loc"], first))
        for problem in _problem(detail, data, model):
            key = (problem.pointer, problem.code)
            if key in by_place and problem.code == "not_one_of":
                problem = _joined(by_place[key], problem)
            by_place[key] = problem
        if len(by_place) > MOST_PROBLEMS:
            break
    return listed(by_place.values())


def _first_errors(error: ValidationError, data: Any, model: type[BaseModel]) -> ValidationError:
    """The errors, or, where they are too many to be told one by one, those of the begin of each list."""
    if not isinstance(error, ValidationError):
        return error
    names = _all_fields(model)
    length = _LONG
    while error.error_count() > _MOST_ERRORS and length >= _SHORT:
        try:
            model.model_validate(_begin(data, length, names))
        except ValidationError as first:
            error = first
            length //= 2
        else:
            break
    return error


def _moved(loc: tuple[str | int, ...], first: int) -> tuple[str | int, ...]:
    return (loc[0] + first, *loc[1:]) if loc and isinstance(loc[0], int) else loc


def _begin(data: Any, length: int, names: frozenset[str]) -> Any:
    """The data with so many entries of each list and object, and with all the fields of `names`."""
    if isinstance(data, list):
        return [_begin(part, length, names) for part in data[:length]]
    if isinstance(data, dict):
        return {
            name: _begin(part, length, names)
            for number, (name, part) in enumerate(data.items())
            if number < length or name in names
        }
    return data


@cache
def _all_fields(model: type[BaseModel]) -> frozenset[str]:
    """Names of the fields of a model and of all records in it."""
    root = _schema(model)
    return frozenset(
        name
        for record in (root, *root.get("$defs", {}).values())
        for name in record.get("properties", {})
    )


def _problem(error: ErrorDetails, data: Any, model: type[BaseModel]) -> Iterator[Problem]:
    code = _CODES.get(error["type"], "not_valid")
    path = _path(error["loc"], data)
    value = error["input"]
    context = error.get("ctx", {})
    field = str(path[-1]) if path else ""
    slots: dict[str, str] = {}
    match code:
        case "unknown_field":
            slots = {"suggestion": nearest(field, _fields(model, path[:-1]))}
        case "missing_field":
            if error["type"] == "union_tag_not_found":
                path = (*path, context["discriminator"].strip("'"))
            elif isinstance(error["loc"][-1], int):
                yield _too_few(path, value, int(error["loc"][-1]) + 1)
                return
            else:
                path = (*path, str(error["loc"][-1]))
            slots, value = {"field": str(path[-1])}, ""
        case "not_one_of":
            if "tag" in context:
                path, value = (*path, context["discriminator"].strip("'")), context["tag"]
            words = context["expected_tags"] if "tag" in context else context["expected"]
            allowed = re.findall(r"'([^']*)'", words)
            slots = {
                "allowed": ", ".join(allowed),
                "suggestion": nearest(str(value), allowed),
            }
        case "too_small" | "too_large" if field in _COORDINATES:
            code, slots = "coordinate_out_of_range", {"most": _COORDINATES[field]}
        case "too_small":
            # Only whole numbers have open bounds, so the least allowed is the next.
            least = context["gt"] + 1 if "gt" in context else context["ge"]
            code = "negative_duration" if field in _DURATIONS else code
            slots = {"least": f"{least:g}"}
        case "too_large":
            slots = {"most": f"{context['le']:g}"}
        case "road_url_here":
            path, value = (*path, "url"), ""  # it may hold a password
        case "road_url":
            value = ""
        case "too_long":
            slots = {"most": str(context["max_length"])}
        case "too_few":
            if hasattr(value, "__len__") and len(value) >= context["min_length"]:
                return  # the elements are there but broken, which has problems already
            slots = {"least": str(context["min_length"])}
        case "too_many":
            slots = {"most": str(context["max_length"])}
        case "not_valid":
            slots = {"reason": error["msg"]}
    yield Problem(code=code, pointer=pointer(*path), value=shortened(value), slots=slots)


def _too_few(path: Path, value: Any, least: int) -> Problem:
    return Problem(
        code="too_few", pointer=pointer(*path), value=shortened(value), slots={"least": str(least)}
    )


def _joined(first: Problem, second: Problem) -> Problem:
    """One problem for a value that is in neither of two lists of words."""
    first_words, second_words = first.slots["allowed"], second.slots["allowed"]
    if second_words in first_words:
        return first
    suggestion = first.slots["suggestion"] or second.slots["suggestion"]
    slots = {"allowed": f"{first_words}, {second_words}", "suggestion": suggestion}
    return first.model_copy(update={"slots": slots})


def _path(loc: tuple[str | int, ...], data: Any) -> Path:
    """The steps of pydantic's location that are in the data; the others name types and keys."""
    path: list[str | int] = []
    for part in loc:
        named = isinstance(data, dict) and part in data
        if named or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
            path.append(part)
    return tuple(path)


@cache
def _schema(model: type[BaseModel]) -> Node:
    return model.model_json_schema()


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """Names of the fields that the record at a path may have."""
    root = _schema(model)
    nodes = [root]
    for part in path:
        nodes = [
            step for node in nodes for step in _steps(part, _open(root, node)) if step is not None
        ]
    return [
        name
        for node in nodes
        for record in _open(root, node)
        for name in record.get("properties", {})
    ]


def _open(root: Node, node: Node) -> list[Node]:
    """The alternatives of a node of the schema, with references followed."""
    if "$ref" in node:
        return _open(root, root["$defs"][node["$ref"].rsplit("/", 1)[1]])
    return [node] + [
        alternative
        for keyword in ("anyOf", "oneOf", "allOf")
        for part in node.get(keyword, ())
        for alternative in _open(root, part)
    ]


def _steps(part: str | int, nodes: list[Node]) -> Iterator[Node | None]:
    for node in nodes:
        if isinstance(part, int):
            yield node.get("items")
            continue
        properties = node.get("properties", {})
        other = node.get("additionalProperties")
        yield properties.get(part, other if isinstance(other, dict) else None)
