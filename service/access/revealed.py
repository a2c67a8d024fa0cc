"""Nobody without the right makes public what is private: by a change that leaves it and takes away why it was hidden.

So would ``"private": false`` on a hidden visit, which is put back under its true name; so would taking
the last private visit from a household that stays, or giving an open visit the kind of a hidden one.
Who has the right may; that is in the audit.
"""

from collections.abc import Iterable

from scheduler.due import expand
from scheduler.model import Instance
from scheduler.report.fields import NAME, WORDS
from scheduler.report.neutral import Neutral
from scheduler.report.rename import said
from service.access import audit, rules
from service.access.caller import Caller
from service.access.scope import MOST_NAMED
from service.problems import ServiceError
from service.store import Store

SHOWN = "made_public"
"""The purpose of a row in the audit."""


_EVERY = frozenset(Instance.model_fields)
"""What is after a change is before the next one."""
_SHARED = ("kind", "skill")
"""Words that hidden records may have in common with others."""


def revealed(before: Instance, after: Instance) -> list[str]:
    """Neutral ids of what is hidden in an instance, and not in what was made of it although it is there."""
    week = expand(after)
    old, new = (one.derived(_neutral, _EVERY) for one in (expand(before), week))
    return _open_now(old, new, week, old.ids) + _named(old, new, week)


def _neutral(week: Instance) -> Neutral:
    return Neutral(expand(week))


def _open_now(old: Neutral, new: Neutral, week: Instance, meanings: Iterable[str]) -> list[str]:
    """Neutral ids of what was hidden, is not any more, and is still named by some record."""
    shown = {
        meaning: {id: name for id, name in ids.items() if id not in new.ids.get(meaning, {})}
        for meaning in meanings
        if (ids := old.ids.get(meaning))
    }
    asked = {meaning for meaning, ids in shown.items() if ids}
    named = frozenset(said(week, asked)) if asked else frozenset()
    return [
        neutral
        for meaning, ids in shown.items()
        for id, neutral in ids.items()
        if (meaning, id) in named
    ]


def _named(old: Neutral, new: Neutral, week: Instance) -> list[str]:
    """Titles and names that tell of somebody whose own record is gone, in their neutral form."""
    shown = new.words_shown_of(old)
    found: list[str] = []
    for _, text in said(week, (NAME, WORDS)) if shown else ():
        if any(word in text for word in shown):
            told = new.words(text)
            neutral = old.words(told)
            if neutral != told:
                found.append(neutral)
    return found


def ensure_hidden(
    store: Store,
    caller: Caller,
    operation: str,
    id: str,
    before: Instance,
    after: Instance,
    *,
    dry_run: bool = False,
) -> None:
    """Refuse a change that would show what is private; note it where the caller has the right.

    id: of the instance before. dry_run: nothing is kept. Raises ServiceError.
    """
    found = revealed(before, after)
    _refuse(store, caller, operation, id, found)
    if found and not dry_run:
        with store.session() as session:
            audit.record(session, caller, operation, instance=id, purpose=SHOWN)


def ensure_words_hidden(
    store: Store, caller: Caller, operation: str, id: str, before: Instance, after: Instance
) -> None:
    """Refuse work whose kind or skill is that of hidden work, which it would name. Raises ServiceError.

    before, after: with their true ids, which `ensure_hidden` need not be given.
    """
    if not rules.sees(caller, "private_case"):
        old, new = Neutral(expand(before)), Neutral(expand(after))
        found = _open_now(old, new, expand(after), _SHARED)
        _refuse(store, caller, operation, id, found)


def _refuse(store: Store, caller: Caller, operation: str, id: str, found: list[str]) -> None:
    """Raises ServiceError, and notes it: a refusal tells whoever guessed a word that it was right."""
    if found and not rules.sees(caller, "private_case"):
        with store.session() as session:
            audit.record(session, caller, operation, instance=id, outcome="private_shown")
        more = ["…"] if len(found) > MOST_NAMED else []
        raise ServiceError("private_shown", found=", ".join([*found[:MOST_NAMED], *more]))
