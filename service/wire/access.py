"""What travels about accounts."""

from service.access.roles import AccountRole
from service.wire import Wire


class Me(Wire):
    """Who asks."""

    account: str | None
    """Id of the account; null where nobody has to sign in."""
    name: str
    role: AccountRole
    areas: list[str] | None
    """Ids of the areas that it is for, with all below them; null: every area."""
    private: bool
    """Whether it may read private cases as they are."""
    person: str | None
    """Of a worker: the person's id in the weeks."""
