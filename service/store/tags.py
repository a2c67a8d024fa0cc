"""Digests that are kept, as tags by the installation's keys: whoever has a dump alone can try no guess against them."""

from sqlalchemy.orm import Session

from service.store.keys import Keyring

INSTANCE = "instances.digest"
REQUEST = "jobs.fingerprint"
AUDIT = "audit.digest"


def tag(session: Session, digest: str, purpose: str) -> str:
    """What is kept of a SHA-256 digest (hexadecimal); itself in a store without keys."""
    keys = _keys(session)
    return digest if keys is None else keys.tag(digest, purpose)


def keyed(session: Session, tag: str) -> bool:
    """Whether a key made it; one of an older version is a bare digest."""
    keys = _keys(session)
    return keys is not None and keys.knows(tag)


def fits(session: Session, tag: str, digest: str, purpose: str) -> bool:
    """Whether what is kept is of this digest."""
    keys = _keys(session)
    return tag == digest or (keys is not None and keys.fits(tag, digest, purpose))


def with_keys(session: Session) -> bool:
    """Whether tags are made by keys here."""
    return _keys(session) is not None


def _keys(session: Session) -> Keyring | None:
    keys: Keyring | None = getattr(session.get_bind().dialect, "lianxin_keys", None)
    return keys
