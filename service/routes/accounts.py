"""Accounts and tokens, for administrators of the whole installation."""

import time
from typing import Annotated

from fastapi import Path, Request, Response

from service import inputs
from service.access import accounts, invitations, managing, tokens
from service.access.caller import Asking
from service.access.managing import AccountWish, TokenWish
from service.access.roles import AccountRole
from service.access.tables import AccountRow, TokenRow
from service.examples import example
from service.middleware.unversioned import VERSION
from service.routes.common import Use, address_of, body, errors
from service.routes.rooms import Room
from service.settings import ServiceSettings
from service.wire import moment
from service.wire.access import (
    AccountList,
    AccountOut,
    AccountPatch,
    AccountRequest,
    AccountState,
    NewAccount,
    NewToken,
    SignInLink,
    TokenList,
    TokenOut,
    TokenRequest,
    TokenState,
)

router = Room(tags=["access"])
AccountId = Annotated[str, Path(alias="account", max_length=64, description="Id of the account.")]
TokenId = Annotated[str, Path(alias="token", max_length=64, description="Id of the token.")]
_ACCOUNT = {"name": "chen", "role": "coordinator", "areas": ["grid-1"]}
_PATCH = {"role": "viewer", "areas": None}
_TOKEN = {"account": "5b0c…", "title": "dashboard", "role": "viewer", "days": 30}


def state_of(row: AccountRow) -> AccountState:
    """How an account stands."""
    if row.disabled is not None:
        return "disabled"
    return "active" if row.password else "no_password"


def token_state(row: TokenRow, account: AccountRow, now: float) -> TokenState:
    """How a token stands. now: seconds since 1970."""
    if row.revoked is not None:
        return "revoked"
    if row.ends <= now:
        return "ended"
    return "active" if account.disabled is None else "disabled"


def link_of(request: Request, settings: ServiceSettings, secret: str, name: str) -> str:
    """Where an account's password is set."""
    return invitations.link(address_of(request, settings), secret, name)


def _link(
    request: Request, settings: ServiceSettings, made: float, secret: str, name: str
) -> SignInLink:
    ends = moment(made + invitations.HOURS * 3600)
    return SignInLink(url=link_of(request, settings, secret, name), ends=ends)


def _account(row: AccountRow) -> AccountOut:
    return AccountOut(
        id=row.id,
        name=row.name,
        role=AccountRole(row.role),
        areas=row.areas,
        private=row.private,
        person=row.person,
        state=state_of(row),
        created_at=moment(row.created),
    )


def _token(row: TokenRow, account: AccountRow, now: float) -> TokenOut:
    return TokenOut(
        id=row.id,
        account=account.id,
        account_name=account.name,
        title=row.title,
        role=AccountRole(row.role),
        areas=row.areas,
        private=row.private,
        created_at=moment(row.created),
        used_at=None if row.used is None else moment(row.used),
        ends_at=moment(row.ends),
        state=token_state(row, account, now),
    )


@router.get("/accounts", responses=errors())
def get_accounts(parts: Use, caller: Asking) -> AccountList:
    """Everybody, and every program, that may sign in."""
    managing.ensure_whole(caller)
    with parts.store.session() as session:
        return AccountList(accounts=[_account(row) for row in accounts.everyone(session)])


@router.post(
    "/accounts",
    status_code=201,
    responses=errors(413, 415, 422),
    openapi_extra=body((inputs.JSON, AccountRequest.__name__, example("areas", _ACCOUNT))),
)
def post_account(
    upload: inputs.JsonUpload, parts: Use, caller: Asking, request: Request, response: Response
) -> NewAccount:
    """Make an account. The link by which its password is set is told only now; it is good for a day."""
    asked = inputs.read(upload, AccountRequest)
    wish = AccountWish(asked.role, asked.areas, asked.private, asked.person)
    with parts.store.session() as session:
        row, secret = managing.add(session, caller, asked.name, wish)
        link = _link(request, parts.settings, row.created, secret, row.name)
        made = NewAccount(**_account(row).model_dump(), link=link)
    response.headers["Location"] = f"{VERSION}/accounts/{made.id}"
    return made


@router.get("/accounts/{account}", responses=errors(404))
def get_account(id: AccountId, parts: Use, caller: Asking) -> AccountOut:
    """One account."""
    with parts.store.session() as session:
        return _account(managing.account_of(session, caller, id))


@router.patch(
    "/accounts/{account}",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AccountPatch.__name__, example("rights", _PATCH))),
)
def patch_account(
    id: AccountId, upload: inputs.JsonUpload, parts: Use, caller: Asking
) -> AccountOut:
    """Give an account other rights, or disable or enable it. It is signed out everywhere."""
    asked = inputs.read(upload, AccountPatch)
    with parts.store.session() as session:
        row = managing.account_of(session, caller, id)
        given = asked.model_fields_set
        if given - {"disabled"}:
            wish = AccountWish(
                role=asked.role or AccountRole(row.role),
                areas=asked.areas if "areas" in given else row.areas,
                private=row.private if asked.private is None else asked.private,
                person=asked.person if "person" in given else row.person,
            )
            managing.change(session, caller, row, wish)
        if asked.disabled is not None:
            (managing.disable if asked.disabled else managing.enable)(session, caller, row)
        return _account(row)


@router.delete("/accounts/{account}", status_code=204, responses=errors(404, 409))
def delete_account(id: AccountId, parts: Use, caller: Asking) -> None:
    """Forget an account with its sessions, links and tokens. The audit still names it."""
    with parts.store.session() as session:
        managing.remove(session, caller, managing.account_of(session, caller, id))


@router.post("/accounts/{account}/link", status_code=201, responses=errors(404, 409))
def post_account_link(id: AccountId, parts: Use, caller: Asking, request: Request) -> SignInLink:
    """A new link to set an account's password; the old password is void, and the account signed out."""
    with parts.store.session() as session:
        row = managing.account_of(session, caller, id)
        secret, name = managing.reset(session, caller, row), row.name
    return _link(request, parts.settings, time.time(), secret, name)


@router.get("/tokens", responses=errors())
def get_tokens(parts: Use, caller: Asking) -> TokenList:
    """Tokens of programs, without their secrets."""
    managing.ensure_whole(caller)
    with parts.store.session() as session:
        now = time.time()
        rows = tokens.everyone(session)
        return TokenList(tokens=[_token(row, account, now) for row, account in rows])


@router.post(
    "/tokens",
    status_code=201,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, TokenRequest.__name__, example("dashboard", _TOKEN))),
)
def post_token(upload: inputs.JsonUpload, parts: Use, caller: Asking) -> NewToken:
    """Make a token for a program. Its secret is told only now."""
    asked = inputs.read(upload, TokenRequest)
    wish = TokenWish(asked.title, asked.role, asked.areas, asked.private, asked.days)
    with parts.store.session() as session:
        account = managing.account_of(session, caller, asked.account)
        row, secret = managing.add_token(session, caller, account, wish)
        told = _token(row, account, time.time())
    return NewToken(**told.model_dump(), secret=secret)


@router.delete("/tokens/{token}", status_code=204, responses=errors(404))
def delete_token(id: TokenId, parts: Use, caller: Asking) -> None:
    """End a token at once; it stays in the list."""
    with parts.store.session() as session:
        managing.revoke_token(session, caller, id)
