"""Column types whose values are encrypted in the database (AES-256-GCM); see `service.store.keys`.

A type finds the keys at the dialect of its engine, where `Store` puts them. What is sealed opens in its own
table, column and row alone: `in_rows` tells a type the row of what is written, and what is read comes with its
row's key. What an older version left there unsealed is read as it is; ``lianxin keys rotate`` seals it.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BinaryExpression,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Insert,
    LargeBinary,
    String,
    TypeDecorator,
    Update,
    cast,
    event,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import BindParameter, BooleanClauseList
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.sql.operators import eq

from service.store.keys import Keyring, KeysError, is_sealed

_PREFIX = "sealed:"
_END = "\n"
"""Between a row's key and what is read of the row; no key has it."""


def keys_of(dialect: Dialect) -> Keyring:
    """The keys of an engine. Raises KeysError where its store was opened without any."""
    keys: Keyring | None = getattr(dialect, "lianxin_keys", None)
    if keys is None:
        raise KeysError("none")
    return keys


@dataclass(frozen=True)
class InRow:
    """A value to be written, with the key of its row."""

    row: str
    value: Any


class SealedCell(TypeDecorator[Any]):
    """What the sealed types share. column: ``table.column``, of a table whose primary key is one text."""

    impl: Any = String
    cache_ok = True

    def __init__(self, column: str):
        super().__init__()
        self.column = column

    def process_bind_param(self, value: InRow | None, dialect: Dialect) -> Any:
        """What the column holds of a value."""
        if value is None:
            return None
        if not isinstance(value, InRow):
            raise TypeError(f"{self.column} is written without its row")
        return self.sealed(value, dialect)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """What is read: the row's key and the held value."""
        (primary,) = column.table.primary_key
        return _in_front(primary, column, _Opened(self))

    def sealed(self, value: InRow, dialect: Dialect) -> Any:
        """A value as the column holds it."""
        plain = self.text(value.value).encode()
        sealed = keys_of(dialect).seal(plain, self.column, value.row)
        return _PREFIX + base64.b64encode(sealed).decode()

    def opened(self, held: Any, row: str, dialect: Dialect, *, older: bool = False) -> Any:
        """The value of what a row holds. older: also where it is sealed for the column alone."""
        sealed = sealed_bytes(held)
        if sealed is None:
            return self.unsealed(held)
        plain = keys_of(dialect).unseal(sealed, self.column, row, older=older)
        return self.value(plain.decode())

    def text(self, value: Any) -> str:
        """A value as a text."""
        return str(value)

    def value(self, text: str) -> Any:
        """The value of a text."""
        return text

    def unsealed(self, held: Any) -> Any:
        """The value of what was never sealed."""
        return held

    def held(self, read: Any) -> Any:
        """What the column holds, of what `column_expression` reads behind the row's key."""
        return read


class SealedText(SealedCell):
    """A short text, sealed. column: ``table.column``."""

    cache_ok = True


class Sealed(SealedCell):
    """A long text, compressed and sealed. column: ``table.column``."""

    impl = LargeBinary
    cache_ok = True

    def sealed(self, value: InRow, dialect: Dialect) -> bytes:
        """A text as the column holds it."""
        return keys_of(dialect).seal(value.value.encode(), self.column, value.row)

    def unsealed(self, held: bytes) -> str:
        """The text of what was never sealed."""
        return zlib.decompress(held).decode()


class SealedJson(SealedCell):
    """A small JSON value, sealed: the column holds it as a string of JSON. column: ``table.column``."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def text(self, value: Any) -> str:
        """A value as JSON."""
        return json.dumps(value, ensure_ascii=False)

    def value(self, text: str) -> Any:
        """The value of JSON."""
        return json.loads(text)

    def held(self, read: str) -> Any:
        """What the column holds, of its JSON."""
        return json.loads(read)


class _Opened(TypeDecorator[Any]):
    """What is read of a sealed column: opened by the key of the row that it stands in."""

    impl = String
    cache_ok = True

    def __init__(self, kind: SealedCell):
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Bytes of what is held as bytes, else a text."""
        binary = isinstance(self.kind, Sealed)
        return dialect.type_descriptor(LargeBinary() if binary else String())

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The value of a row's key and what the row holds."""
        if value is None:
            return None
        if isinstance(value, bytes):
            row, _, held = value.partition(_END.encode())
            return self.kind.opened(held, row.decode(), dialect)
        key, _, read = value.partition(_END)
        return self.kind.opened(self.kind.held(read), key, dialect)


def sealed_bytes(value: Any) -> bytes | None:
    """The sealed bytes of what a column holds, whatever its type; None where it is not sealed."""
    if isinstance(value, str) and value.startswith(_PREFIX):
        try:
            value = base64.b64decode(value.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            return None
    return value if isinstance(value, bytes) and is_sealed(value) else None


def _in_front(
    primary: ColumnElement[str], column: ColumnElement[Any], kind: _Opened
) -> ColumnElement[Any]:
    key = cast(primary, String) + _END
    if isinstance(kind.kind, Sealed):
        return _BytesBehind(key, column, kind)
    return type_coerce(key + cast(column, String), kind)


class _BytesBehind(FunctionElement[Any]):
    """Bytes behind a text."""

    inherit_cache = True

    def __init__(self, text: ColumnElement[str], data: ColumnElement[Any], kind: _Opened):
        super().__init__(text, type_coerce(data, LargeBinary))
        self.type = kind


@compiles(_BytesBehind, "sqlite")
def _of_sqlite(element: _BytesBehind, compiler: Any, **options: Any) -> str:
    text, data = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST({text} || {data} AS BLOB)"


@compiles(_BytesBehind, "postgresql")
def _of_postgresql(element: _BytesBehind, compiler: Any, **options: Any) -> str:
    text, data = (compiler.process(clause, **options) for clause in element.clauses)
    return f"convert_to({text}, 'UTF8') || {data}"


def bind_rows(engine: Engine) -> None:
    """Have what an engine writes to sealed columns bound to its row."""
    event.listen(engine, "before_execute", in_rows, retval=True)


def in_rows(
    _connection: Connection,
    statement: Any,
    many: Sequence[Mapping[str, Any]],
    one: Mapping[str, Any],
    _options: Any,
) -> tuple[Any, Sequence[Mapping[str, Any]], Mapping[str, Any]]:
    """A statement and its parameters, with the row of each value for a sealed column.

    A row is known by an insert's primary key, or by an update's condition that the key equals something; a
    statement without is not made a sealed one, and its type refuses it.
    """
    if not isinstance(statement, Insert | Update):
        return statement, many, one
    sealed = {c.key for c in statement.table.c if isinstance(c.type, SealedCell)}
    if sealed:
        if isinstance(statement, Update) and statement._values:
            statement = _with_row(statement, sealed)
        many = [_in_row(_row(statement, each), each, sealed) for each in many]
        one = _in_row(_row(statement, one), one, sealed)
    return statement, many, one


def _in_row(row: str | None, values: Mapping[str, Any], sealed: set[str]) -> Mapping[str, Any]:
    if row is None:
        return values
    return {
        name: InRow(row, value) if name in sealed and value is not None else value
        for name, value in values.items()
    }


def _with_row(statement: Update, sealed: set[str]) -> Update:
    """An update whose own values for sealed columns have their row."""
    row = _row(statement, {})
    given: dict[str, Any] = {
        getattr(at, "key", str(at)): _plain(value)
        for at, value in (statement._values or {}).items()
    }
    values = _in_row(row, given, sealed)
    return statement.values({name: values[name] for name in sealed & values.keys()})


def _plain(value: Any) -> Any:
    return value.effective_value if isinstance(value, BindParameter) else value


def _row(statement: Insert | Update, parameters: Mapping[str, Any]) -> str | None:
    """The primary key of the one row that a statement writes; None: not known."""
    (primary,) = statement.table.primary_key
    if isinstance(statement, Insert):
        return parameters.get(primary.key)
    where = statement.whereclause
    for part in where.clauses if isinstance(where, BooleanClauseList) else (where,):
        if (
            isinstance(part, BinaryExpression)
            and part.operator is eq
            and getattr(part.left, "key", None) == primary.key
            and isinstance(part.right, BindParameter)
        ):
            row: str | None = parameters.get(part.right.key, part.right.effective_value)
            return row
    return None
