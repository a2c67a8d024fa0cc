"""Secrets that are shown once: a random text for its bearer, its SHA-256 for the database."""

import hashlib
import secrets

_BYTES = 32
TOKEN = "lianxin_"
"""How a token begins, so that people and scanners know a lost one."""


def new(prefix: str = "") -> str:
    """A secret of 256 random bits, fit for an address and for a cookie."""
    return prefix + secrets.token_urlsafe(_BYTES)


def key(secret: str) -> str:
    """What is kept of a secret. It is random, so that a fast hash does."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
