"""What travels about accounts and tokens."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from service.access.roles import AccountRole
from service.wire import Wire
from service.wire.labels import TEXT


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


AccountState = Literal["active", "no_password", "disabled"]
TokenState = Literal["active", "ended", "revoked", "disabled"]
Id = Annotated[str, Field(max_length=200, pattern=TEXT)]


class AccountOut(Wire):
    """Somebody, or a program, that may sign in."""

    id: str
    name: str
    """As it is typed at sign-in, in small letters."""
    role: AccountRole
    areas: list[str] | None
    """Ids of the areas that it is for, with all below them; null: every area."""
    private: bool
    """Whether it may read private cases as they are."""
    person: str | None
    """Of a worker: the person's id in the weeks."""
    state: AccountState
    """no_password: nobody has opened its link yet."""
    created_at: datetime


class AccountList(Wire):
    """Accounts by name."""

    accounts: list[AccountOut]


class AccountRequest(Wire):
    """An account to make."""

    name: Annotated[str, Field(max_length=200)]
    role: AccountRole
    areas: Annotated[list[Id], Field(max_length=500)] | None = None
    """Of a coordinator or viewer: ids of areas; null: every area."""
    private: bool = False
    """With the right to private cases, which whoever asks must have."""
    person: Id | None = None
    """Of a worker, and then needed: the person's id in the weeks."""


class AccountPatch(Wire):
    """What is to be otherwise of an account; what is left out stays. It is signed out everywhere."""

    role: AccountRole | None = None
    areas: Annotated[list[Id], Field(max_length=500)] | None = None
    """null: every area."""
    private: bool | None = None
    person: Id | None = None
    disabled: bool | None = None
    """true: nobody signs in by it, and its tokens do not count, until it is false."""


class SignInLink(Wire):
    """A link by which a password is set, shown this once."""

    url: str
    """To send to whom the account is for. What stands after # reaches no server's log."""
    ends: datetime


class NewAccount(AccountOut):
    """An account as it was made."""

    link: SignInLink


class TokenOut(Wire):
    """A secret for a program, for a part of what its account may; the secret itself is not kept."""

    id: str
    account: str
    """Id of its account."""
    account_name: str
    title: str
    """What it is for."""
    role: AccountRole
    areas: list[str] | None
    private: bool
    created_at: datetime
    used_at: datetime | None
    """When it was last used, to the minute; null: never."""
    ends_at: datetime
    state: TokenState
    """disabled: its account is."""


class TokenList(Wire):
    """Tokens by account, the oldest first."""

    tokens: list[TokenOut]


class TokenRequest(Wire):
    """A token to make. It gives what its account has and the token was given too."""

    account: Annotated[str, Field(max_length=64, pattern=TEXT)]
    """Id of the account."""
    title: Annotated[str, Field(max_length=200)] = ""
    """What it is for."""
    role: AccountRole | None = None
    """The account's, or a lesser one; null: the account's."""
    areas: Annotated[list[Id], Field(max_length=500)] | None = None
    """null: all that the account has."""
    private: bool = False
    days: Annotated[int, Field(ge=1, le=366)] = 90


class NewToken(TokenOut):
    """A token as it was made."""

    secret: str
    """As in `Authorization: Bearer …`; shown only now."""
