"""Kernel sources made plain before numba sees them.

numba types and lowers a function statement by statement, in time that grows with their number. So
names of the layout become numbers, calls of accessors become the expression that they return, and
sums with several numbers become sums with one. What is left of
`P[slot_row(P, slot) + at.SLOT_DURATION]` is `P[P[20] + slot * 16 + 2]`.
"""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any


def accessor(function: Callable[..., Any]) -> Any:
    """For a function of one return statement that kernels may call at no cost.

    Where a call is expanded, an argument stands as often as its parameter does: its value must not
    depend on that.
    """
    vars(function)["is_accessor"] = True
    return function


@cache
def expanded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function without accessors and names of the layout."""
    assert isinstance(function, FunctionType)
    if function.__code__.co_filename.startswith("<"):
        return function  # made by a program, which had no need of names
    definition = _definition(function)
    definition.decorator_list = []
    _Expander(function).visit(definition)
    ast.fix_missing_locations(definition)
    module = ast.Module([definition], type_ignores=[])
    code = compile(module, function.__code__.co_filename, "exec")
    body = next(part for part in code.co_consts if isinstance(part, CodeType))
    plain = FunctionType(body, function.__globals__, function.__name__, function.__defaults__)
    plain.__qualname__ = function.__qualname__
    plain.__module__ = function.__module__
    return plain


@cache
def _definitions(path: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _definition(function: FunctionType) -> ast.FunctionDef:
    """The function's definition; it stands at the top of its file."""
    return _definitions(function.__code__.co_filename)[function.__name__]


@cache
def _returned(function: FunctionType) -> tuple[list[str], ast.expr]:
    """An accessor's parameters, and its expanded expression."""
    definition = _definition(function)
    last = definition.body[-1]
    assert isinstance(last, ast.Return)
    assert last.value is not None
    return [parameter.arg for parameter in definition.args.args], _Expander(function).visit(
        last.value
    )


class _Expander(ast.NodeTransformer):
    """Replaces what is known before the function runs."""

    def __init__(self, function: FunctionType) -> None:
        self.known = function.__globals__
        self.locals = set(function.__code__.co_varnames)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = None if node.id in self.locals else self.known.get(node.id)
        return ast.copy_location(ast.Constant(value), node) if type(value) is int else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        owner = node.value
        if isinstance(owner, ast.Name) and owner.id not in self.locals:
            module = self.known.get(owner.id)
            if isinstance(module, ModuleType) and type(getattr(module, node.attr)) is int:
                return ast.copy_location(ast.Constant(getattr(module, node.attr)), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        function = self.known.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if not hasattr(function, "is_accessor"):
            return node
        assert isinstance(function, FunctionType)
        parameters, expression = _returned(function)
        filled: ast.expr = _filled_in(expression, dict(zip(parameters, node.args, strict=True)))
        return filled

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        node.slice = _summed(node.slice)
        return node


def _filled_in(node: Any, arguments: dict[str, ast.expr]) -> Any:
    """A copy of an expression with arguments in the place of parameters."""
    if isinstance(node, ast.Name):
        return arguments.get(node.id, node)
    if isinstance(node, list):
        return [_filled_in(part, arguments) for part in node]
    if not isinstance(node, ast.AST):
        return node
    parts = {name: _filled_in(part, arguments) for name, part in ast.iter_fields(node)}
    return type(node)(**parts)


def _terms(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


def _summed(node: ast.expr) -> ast.expr:
    """A sum of whole numbers with all its constants added up."""
    terms = _terms(node)
    numbers = [term.value for term in terms if isinstance(term, ast.Constant)]
    rest = [term for term in terms if not isinstance(term, ast.Constant)]
    if len(terms) == 1 or not numbers:
        return node
    total = sum(numbers)  # type: ignore[arg-type]
    if total or not rest:
        rest.append(ast.Constant(total))
    sum_of = rest[0]
    for term in rest[1:]:
        sum_of = ast.BinOp(sum_of, ast.Add(), term)
    return ast.copy_location(sum_of, node)
