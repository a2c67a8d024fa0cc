"""The keys that seal what is private in the database: a file apart from it, for its owner only.

A line for each key, the oldest first: its id and its 32 bytes in base64. The newest seals; all open.
"""

import base64
import hashlib
import hmac
import os
import secrets
import zlib
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scheduler.messages import say

_MARK, _OLDER = b"\x02LX", b"\x01LX"
"""Begin what is sealed, and what an older version sealed for a column without its row; nothing compressed begins so."""
_ID, _NONCE, _KEY = 4, 12, 32
"""Bytes."""
_EFFORT = 3
"""Of zlib: a sub-district's week takes 11 ms and 198 kB; by its usual 6, 27 ms and 161 kB."""
_TAG = 64
"""Hexadecimal digits."""


class KeysError(Exception):
    """Keys that are missing or wrong. code: of ``cli.keys`` in the catalogues, which say what to do; no key is told."""

    def __init__(self, code: str, **slots: object):
        self.code, self.slots = code, slots
        super().__init__(say(f"cli.keys.{code}", "en", **slots))


class Keyring:
    """The keys of a file by their ids (8 hexadecimal digits), the newest last; read again when the file changes.

    Raises KeysError where the file holds no key, or a line that is none.
    """

    def __init__(self, path: Path):
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._ciphers: dict[str, AESGCM] = {}
        self._macs: dict[str, bytes] = {}
        self._refresh()

    @classmethod
    def made(cls, path: Path) -> Self:
        """The keys of a file, which is made with a first key where it is missing."""
        if not path.exists():
            draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            _write(draft, [_new_line()])
            try:
                # Of two that begin at once, one makes the file and the other reads it.
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return cls(path)

    @property
    def ids(self) -> list[str]:
        """Ids of the keys, the newest last."""
        self._refresh()
        return list(self._ciphers)

    @property
    def newest(self) -> str:
        """Id of the key that seals."""
        return self.ids[-1]

    def _refresh(self) -> None:
        try:
            state = self.path.stat()
            stamp = (state.st_ino, state.st_mtime_ns)
            if stamp != self._stamp:
                keys = _read(self.path)
                self._ciphers = {id: AESGCM(key) for id, key in keys.items()}
                self._macs = {id: _hmac(key, b"lianxin tags") for id, key in keys.items()}
                self._stamp = stamp
        except OSError as error:
            if not self._ciphers:
                raise KeysError("unreadable", path=self.path, reason=error.strerror) from None

    def seal(self, plain: bytes, column: str, row: str) -> bytes:
        """Compress and encrypt with AES-256-GCM, for one cell: it opens in no other.

        column: ``table.column``; row: the row's primary key.
        """
        nonce = secrets.token_bytes(_NONCE)
        newest = self.newest
        head = _MARK + bytes.fromhex(newest)
        cell = head + f"{column}:{row}".encode()
        small = zlib.compress(plain, _EFFORT)
        return head + nonce + self._ciphers[newest].encrypt(nonce, small, cell)

    def unseal(self, sealed: bytes, column: str, row: str, *, older: bool = False) -> bytes:
        """What was sealed in a cell; with `older` also what is bound to the column alone.

        Raises KeysError where the key is missing, or what is there was changed or belongs to another cell.
        """
        if not (bound(sealed) or older):
            raise KeysError("unbound", column=column)
        id = key_id(sealed)
        if id not in self._ciphers and id not in self.ids:
            raise KeysError("missing", ids=id, path=self.path)
        head, rest = sealed[: len(_MARK) + _ID], sealed[len(_MARK) + _ID :]
        cell = f"{column}:{row}" if bound(sealed) else column
        try:
            plain = self._ciphers[id].decrypt(rest[:_NONCE], rest[_NONCE:], head + cell.encode())
        except InvalidTag:
            raise KeysError("wrong", id=id, column=column, path=self.path) from None
        return zlib.decompress(plain)

    def tag(self, digest: str, purpose: str) -> str:
        """A tag of a digest that nobody can make without the keys: the newest key's id and 28 bytes of HMAC-SHA256.

        Of 64 hexadecimal digits. purpose: tags of one are none of another.
        """
        return self._tag(self.newest, digest, purpose)

    def knows(self, tag: str) -> bool:
        """Whether one of the keys made a tag, by its id."""
        return tag[: 2 * _ID] in self.ids

    def fits(self, tag: str, digest: str, purpose: str) -> bool:
        """Whether it is a digest's tag by the key that it names."""
        known = self.knows(tag)
        return known and hmac.compare_digest(self._tag(tag[: 2 * _ID], digest, purpose), tag)

    def _tag(self, id: str, digest: str, purpose: str) -> str:
        mac = _hmac(self._macs[id], f"{purpose}:{digest}".encode())
        return id + mac.hex()[: _TAG - 2 * _ID]


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def _read(path: Path) -> dict[str, bytes]:
    keys = {}
    for number, line in enumerate(
        path.read_text(encoding="ascii", errors="replace").splitlines(), 1
    ):
        if not line.strip():
            continue
        id, _, secret = line.strip().partition(":")
        try:
            key = base64.b64decode(secret, validate=True)
            if len(key) != _KEY or len(bytes.fromhex(id)) != _ID:
                raise ValueError
        except ValueError:
            raise KeysError("no_key", line=number, path=path) from None
        keys[id] = key
    if not keys:
        raise KeysError("empty", path=path)
    return keys


def is_sealed(value: bytes) -> bool:
    """Whether bytes of the database are sealed."""
    return value.startswith((_MARK, _OLDER))


def bound(sealed: bytes) -> bool:
    """Whether what is sealed opens in one row alone, as everything does since the migration 0012."""
    return sealed.startswith(_MARK)


def key_id(sealed: bytes) -> str:
    """Id of the key that sealed it."""
    return sealed[len(_MARK) : len(_MARK) + _ID].hex()


def add_key(path: Path) -> str:
    """Add a key to a file, which seals from then on; its id."""
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    line = _new_line()
    _replace(path, [*lines, line])
    return line.partition(":")[0]


def _new_line() -> str:
    key = base64.b64encode(secrets.token_bytes(_KEY)).decode()
    return f"{secrets.token_hex(_ID)}:{key}"


def _replace(path: Path, lines: list[str]) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    _write(draft, lines)
    draft.replace(path)


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
