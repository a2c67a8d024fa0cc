"""Passwords: which are taken, and Argon2id hashes, at most two computed at once."""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, TypeVar

import anyio
from anyio import CapacityLimiter
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from service.problems import ServiceError

LEAST_LETTERS = 12
MOST_LETTERS = 200
_AT_ONCE = 2
"""Each takes 64 MB and a core for a third of a second."""
_MOST_WAITING = 20
_WAIT_SECONDS = 10
_HASHES = PasswordHash((Argon2Hasher(),))

Result = TypeVar("Result")
PasswordFault = Literal["too_short", "too_long", "too_common"]

_STEMS = [
    "password",
    "passwort",
    "passwd",
    "pass",
    "letmein",
    "welcome",
    "iloveyou",
    "admin",
    "administrator",
    "root",
    "user",
    "guest",
    "test",
    "login",
    "master",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "basketball",
    "princess",
    "sunshine",
    "shadow",
    "superman",
    "batman",
    "starwars",
    "pokemon",
    "trustno",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsx",
    "qazwsxedc",
    "qweasdzxc",
    "abc",
    "abcd",
    "abcdef",
    "abcdefg",
    "abcdefgh",
    "abcdefghijkl",
    "qwer",
    "asdf",
    "zxcv",
    "changeme",
    "default",
    "secret",
    "hello",
    "love",
    "lovely",
    "woaini",
    "woaiwojia",
    "woaini5201314",
    "wodemima",
    "mima",
    "nihao",
    "zhongguo",
    "beijing",
    "chengdu",
    "sichuan",
    "wang",
    "zhang",
    "li",
    "liu",
    "chen",
    "yang",
    "huang",
    "zhao",
    "lianxin",
    "paiban",
    "shequ",
    "jiedao",
    "company",
    "computer",
    "internet",
    "samsung",
    "google",
    "michael",
    "jennifer",
    "jordan",
    "charlie",
    "thomas",
    "ashley",
    "daniel",
    "jessica",
    "freedom",
    "whatever",
    "ninja",
    "azerty",
    "killer",
    "cookie",
    "summer",
    "winter",
    "spring",
    "autumn",
    "monday",
    "friday",
    "january",
]
"""What the passwords that are guessed first are made of, with figures and signs around it."""
_RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
)
"""Keys in a row."""
_LOOKALIKES = str.maketrans("013457@$!", "oieasta" + "si")
_FEW_LETTERS = 5


def fault(password: str, name: str) -> PasswordFault | None:
    """Why a password is not taken; None: it is. name: of the account, which no password consists of."""
    if len(password) < LEAST_LETTERS:
        return "too_short"
    if len(password) > MOST_LETTERS:
        return "too_long"
    return "too_common" if _common(password.casefold(), name.casefold()) else None


def _common(password: str, name: str) -> bool:
    if len(set(password)) < _FEW_LETTERS or _repeats(password):
        return True
    if any(password in run * 2 for run in _RUNS):
        return True
    stems = {name, *_STEMS}
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    for spelling in (password, core.translate(_LOOKALIKES)):
        words = re.findall(r"[^\W\d_]+", spelling)
        if words and all(_made_of(word, stems) for word in words):
            return True
    return False


def _repeats(text: str) -> bool:
    """Whether a text is a shorter one again and again, perhaps broken off at last."""
    halves = range(1, len(text) // 2 + 1)
    return any((text[:size] * len(text))[: len(text)] == text for size in halves)


def _made_of(word: str, stems: set[str]) -> bool:
    """Whether a word is nothing but stems, one after another."""
    made = {0}
    for end in range(1, len(word) + 1):
        if any(word[start:end] in stems for start in made):
            made.add(end)
    return len(word) in made


@cache
def _nobodys() -> str:
    return _HASHES.hash("the password of no account")


class PasswordLane:
    """Computes hashes in threads, two at once; a long queue is refused."""

    def __init__(self) -> None:
        self._lane: CapacityLimiter | None = None
        self._asked = 0

    async def hashed(self, password: str) -> str:
        """What is kept of a password. Raises ServiceError where too many wait."""
        return await self._run(_HASHES.hash, password)

    async def matches(self, password: str, kept: str | None) -> bool:
        """Whether it is the password; the answer takes as long where there is none (None).

        Raises ServiceError where too many wait.
        """
        return await self._run(_matches, password, kept)

    async def _run(self, work: Callable[..., Result], *about: str | None) -> Result:
        self._lane = self._lane or CapacityLimiter(_AT_ONCE)
        if self._asked >= _AT_ONCE + _MOST_WAITING:
            raise ServiceError("too_many_attempts", retry_after=_WAIT_SECONDS)
        self._asked += 1
        try:
            return await anyio.to_thread.run_sync(work, *about, limiter=self._lane)
        finally:
            self._asked -= 1


def _matches(password: str, kept: str | None) -> bool:
    right = _HASHES.verify(password[: MOST_LETTERS + 1], kept or _nobodys())
    return right and kept is not None
