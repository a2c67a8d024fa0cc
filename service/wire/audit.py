"""The audit over HTTP."""

from datetime import datetime

from service.wire import Wire


class AuditEntry(Wire):
    """One thing that somebody read or did. It tells ids, never content."""

    id: int
    """1, 2, 3 … without a gap."""
    at: datetime
    """By the database's clock."""
    account: str | None
    """Id of the account; null: nobody had to sign in, or nobody is known."""
    who: str
    """The account's name then."""
    token: str | None
    """Id of the API token that was used or made; null: a browser, or a command."""
    operation: str
    """Operation id, or a word such as sign_in."""
    instance: str | None
    job: str | None
    task: str | None
    """Neutral id of the visit or shift, where one alone was asked about; null: all of them."""
    purpose: str
    outcome: str
    """ok, or why not."""
    request: str
    """Id of the request, as in the logs."""


class AuditList(Wire):
    """Entries, the newest first."""

    entries: list[AuditEntry]
    next: int | None
    """Give it as `before` for the next page; null on the last one."""
