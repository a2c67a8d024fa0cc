"""Column types whose values are encrypted in the database (AES-256-GCM); see `service.store.keys`.

A type finds the keys at the dialect of its engine, where `Store` puts them. What an older version
left there unsealed is read as it is; ``lianxin keys rotate`` seals it.
"""

import base64
import binascii
import json
import zlib
from typing import Any

from sqlalchemy import JSON, Dialect, LargeBinary, String, TypeDecorator

from service.store.keys import Keyring, KeysError, is_sealed

SEALED: dict[str, "Sealed | SealedText | SealedJson"] = {}
"""Every sealed column by ``table.column``: what rotating the keys goes through."""
_PREFIX = "sealed:"


def keys_of(dialect: Dialect) -> Keyring:
    """The keys of an engine. Raises KeysError where its store was opened without any."""
    keys: Keyring | None = getattr(dialect, "lianxin_keys", None)
    if keys is None:
        raise KeysError("none")
    return keys


class Sealed(TypeDecorator[str]):
    """A long text, compressed and sealed. column: ``table.column``."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str):
        super().__init__()
        self.column = column
        SEALED[column] = self

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """What the column holds of a text."""
        return None if value is None else keys_of(dialect).seal(value.encode(), self.column)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """The text of what the column holds."""
        if value is None:
            return None
        if is_sealed(value):
            return keys_of(dialect).unseal(value, self.column).decode()
        return zlib.decompress(value).decode()


class SealedText(TypeDecorator[str]):
    """A short text, sealed. column: ``table.column``."""

    impl = String
    cache_ok = True

    def __init__(self, column: str):
        super().__init__()
        self.column = column
        SEALED[column] = self

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What the column holds of a text."""
        return None if value is None else _to_text(dialect, value, self.column)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text of what the column holds."""
        sealed = sealed_bytes(value)
        if sealed is None:
            return value
        return keys_of(dialect).unseal(sealed, self.column).decode()


class SealedJson(TypeDecorator[Any]):
    """A small JSON value, sealed: the column holds it as a string of JSON. column: ``table.column``."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, column: str):
        super().__init__()
        self.column = column
        SEALED[column] = self

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """What the column holds of a value."""
        if value is None:
            return None
        return _to_text(dialect, json.dumps(value, ensure_ascii=False), self.column)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The value of what the column holds."""
        sealed = sealed_bytes(value)
        if sealed is None:
            return value
        return json.loads(keys_of(dialect).unseal(sealed, self.column))


def sealed_bytes(value: Any) -> bytes | None:
    """The sealed bytes of what a column holds, whatever its type; None where it is not sealed."""
    if isinstance(value, str) and value.startswith(_PREFIX):
        try:
            value = base64.b64decode(value.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            return None
    return value if isinstance(value, bytes) and is_sealed(value) else None


def _to_text(dialect: Dialect, value: str, column: str) -> str:
    sealed = keys_of(dialect).seal(value.encode(), column)
    return _PREFIX + base64.b64encode(sealed).decode()
