"""Accounts, ``/settings/accounts``: who signs in and for what; added, changed, disabled, removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.messages.problems import explain
from scheduler.model import InputError
from service.access import accounts, invitations, managing
from service.access.caller import Asking
from service.access.managing import WITH_AREAS, AccountWish
from service.access.roles import AccountRole
from service.access.tables import AccountRow
from service.pages.drawing import page
from service.pages.form import FormReader
from service.pages.weeks import week_at_hand
from service.problems import language
from service.routes.accounts import link_of, state_of
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.weeks.opening import opened

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

AccountId = Annotated[str, Path(alias="account", max_length=64)]
AccountFields = Annotated[dict[str, str], Depends(FormReader(64 * 1024, 600))]
_AREA = "area."
"""A box of the form is called so and by the id of its area."""


@dataclass(frozen=True)
class AccountForm:
    """What the form of an account shows. areas, people: (id, name) to choose from; faults: by field."""

    name: str
    wish: AccountWish
    areas: list[tuple[str, str]]
    people: list[tuple[str, str]]
    faults: Mapping[str, str]


@router.get("/settings/accounts")
def get_accounts_page(request: Request, parts: Use, caller: Asking) -> HTMLResponse:
    """Everybody who may sign in."""
    managing.ensure_whole(caller)
    with parts.store.session() as session:
        rows = accounts.everyone(session)
    names = dict(_choices(request, parts)[0]) if any(row.areas for row in rows) else {}
    return page(
        request,
        "accounts.html",
        week=week_at_hand(request),
        rows=[(row, state_of(row)) for row in rows],
        area=lambda id: names.get(id, id),
    )


@router.get("/settings/accounts/new")
def get_new_account_page(request: Request, parts: Use, caller: Asking) -> HTMLResponse:
    """The form of a new account; the first one is an administrator's."""
    managing.ensure_whole(caller)
    with parts.store.session() as session:
        first = not accounts.exist(session)
    role = AccountRole.ADMINISTRATOR if first else AccountRole.COORDINATOR
    return _drawn(request, parts, None, "", AccountWish(role, private=first))


@router.post("/settings/accounts")
def post_accounts_page(
    request: Request, parts: Use, caller: Asking, fields: AccountFields
) -> Response:
    """Make an account, and show the link by which its password is set, once."""
    name, wish = fields.get("name", ""), _wish(fields)
    try:
        with parts.store.session() as session:
            row, secret = managing.add(session, caller, name, wish)
    except InputError as error:
        return _drawn(request, parts, None, name, wish, error)
    return _link(request, parts, row, secret)


@router.get("/settings/accounts/{account}")
def get_account_page(
    request: Request, account: AccountId, parts: Use, caller: Asking
) -> HTMLResponse:
    """One account, to be changed."""
    with parts.store.session() as session:
        row = managing.account_of(session, caller, account)
    return _drawn(request, parts, row, row.name, _wish_of(row))


@router.post("/settings/accounts/{account}")
def post_account_page(
    request: Request, account: AccountId, parts: Use, caller: Asking, fields: AccountFields
) -> Response:
    """Change an account, disable or enable it, reset its password, or remove it, as the button says."""
    wish = _wish(fields)
    secret = ""
    try:
        with parts.store.session() as session:
            row = managing.account_of(session, caller, account)
            match fields.get("do"):
                case "disable":
                    managing.disable(session, caller, row)
                case "enable":
                    managing.enable(session, caller, row)
                case "remove":
                    managing.remove(session, caller, row)
                case "reset":
                    secret = managing.reset(session, caller, row)
                case _:
                    managing.change(session, caller, row, wish)
    except InputError as error:
        return _drawn(request, parts, row, row.name, wish, error)
    if secret:
        return _link(request, parts, row, secret)
    return RedirectResponse("/settings/accounts", 303)


def _wish(fields: Mapping[str, str]) -> AccountWish:
    """What a form asks for; what does not belong to the role that was chosen does not count."""
    known = {role.value: role for role in AccountRole}
    role = known.get(fields.get("role", ""))
    areas = [name.removeprefix(_AREA) for name in fields if name.startswith(_AREA)]
    areas += [id.strip() for id in fields.get("more", "").split(",") if id.strip()]
    some = role in WITH_AREAS and fields.get("reach") == "some"
    return AccountWish(
        role=role,
        areas=areas if some else None,
        private="private" in fields,
        person=fields.get("person", "").strip() or None if role is AccountRole.WORKER else None,
    )


def _wish_of(row: AccountRow) -> AccountWish:
    return AccountWish(AccountRole(row.role), row.areas, row.private, row.person)


def _drawn(
    request: Request,
    parts: Parts,
    row: AccountRow | None,
    name: str,
    wish: AccountWish,
    error: InputError | None = None,
) -> HTMLResponse:
    """The form of an account. row: of one that there is."""
    lang = language(request)
    faults = {
        problem.pointer.removeprefix("/"): " ".join(explain(problem, lang))
        for problem in (error.problems if error else ())
    }
    areas, people = _choices(request, parts)
    for id in wish.areas or ():
        if id not in dict(areas):
            areas.append((id, id))
    if wish.person and wish.person not in dict(people):
        people.append((wish.person, wish.person))
    return page(
        request,
        "account.html",
        422 if error else 200,
        week=week_at_hand(request),
        row=row,
        state="" if row is None else state_of(row),
        form=AccountForm(name, wish, areas, people, faults),
        roles=list(AccountRole),
    )


def _choices(request: Request, parts: Parts) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Areas and people of the week at hand to choose from, as (id, name)."""
    week = week_at_hand(request)
    if week is None:
        return [], []
    instance = opened(parts.store, parts.caller, week.id).state.instance
    areas = [(area.id, area.name or area.id) for area in instance.areas]
    people = [(one.id, f"{one.name or one.id} ({one.id})") for one in instance.people]
    return areas, sorted(people, key=lambda one: one[1])


def _link(request: Request, parts: Parts, row: AccountRow, secret: str) -> HTMLResponse:
    return shown_once(
        request,
        "account",
        link_of(request, parts.settings, secret, row.name),
        "/settings/accounts",
        name=row.name,
        hours=invitations.HOURS,
    )


def shown_once(request: Request, what: str, secret: str, onward: str, **slots: Any) -> HTMLResponse:
    """A page with a secret that is told now and never again. what: account or token."""
    return page(
        request,
        "shown_once.html",
        week=week_at_hand(request),
        words=("shown_once.script",),
        what=what,
        secret=secret,
        onward=onward,
        slots=slots,
    )
