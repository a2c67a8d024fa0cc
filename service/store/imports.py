"""Files that somebody dropped to begin a week from, with what was found in them; kept for some days."""

from typing import Any

from sqlalchemy import String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from service.access.caller import Caller
from service.settings import ServiceSettings
from service.store import Store
from service.store.clock import db_time
from service.store.sealed import Sealed, SealedJson, SealedText
from service.store.tables import Base

KEEP_SECONDS = 7 * 86_400.0
"""A file that no week was begun from is forgotten after a week."""


class ImportRow(Base):
    """A file on its way to a week. Nobody sees it but who dropped it."""

    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created: Mapped[float] = mapped_column(index=True)
    owner_id: Mapped[str | None]
    """Account that dropped it; None: nobody had to sign in."""
    name: Mapped[str] = mapped_column(SealedText("imports.name"))
    """The file's."""
    body: Mapped[str] = mapped_column(Sealed("imports.body"), deferred=True)
    """The file's bytes in base64, mended by now; blank once a week was begun from it."""
    found: Mapped[dict[str, Any]] = mapped_column(SealedJson("imports.found"))
    """A `FileFinding` of `service.imports.reading`, as JSON."""
    week_id: Mapped[str | None] = mapped_column(String(32))
    """The week that was begun from it."""


def add(session: Session, id: str, caller: Caller, name: str, body: str, found: Any) -> None:
    """Keep a file."""
    session.add(
        ImportRow(
            id=id, created=db_time(), owner_id=caller.account, name=name, body=body, found=found
        )
    )


def find(session: Session, id: str, caller: Caller, *, body: bool = False) -> ImportRow | None:
    """A file that the caller dropped. body: with its bytes."""
    own = ImportRow.owner_id.is_not_distinct_from(caller.account)
    wanted = select(ImportRow).where(ImportRow.id == id, own)
    return session.scalar(wanted.options(undefer(ImportRow.body)) if body else wanted)


def change(session: Session, id: str, body: str, found: Any) -> None:
    """Keep a file as it was mended."""
    session.execute(update(ImportRow).where(ImportRow.id == id).values(body=body, found=found))


def begun(session: Session, id: str, week: str) -> None:
    """Note the week that was begun from a file, which is not kept any longer."""
    blank = {"week_id": week, "body": "", "found": {}}
    session.execute(update(ImportRow).where(ImportRow.id == id).values(blank))


def old(session: Session) -> int:
    """How many files were dropped so long ago that they are to be forgotten."""
    return session.scalar(select(func.count()).select_from(ImportRow).where(_OLD)) or 0


_OLD = ImportRow.created < db_time() - KEEP_SECONDS


def purge_imports(store: Store, _settings: ServiceSettings) -> None:
    """Forget files that were dropped long ago."""
    with store.session() as session:
        session.execute(delete(ImportRow).where(_OLD))
