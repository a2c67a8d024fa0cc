"""Changes (变动) of a week: what happened is noted in a form, looked at first, and re-planned at once or together."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.drawings.words import called_day
from scheduler.messages import Lang
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import Names, is_neutral
from scheduler.model import InputError
from scheduler.model.tasks import tasks
from service.access.caller import Asking
from service.access.mask import CallerView, Viewing, WeekMask
from service.pages.change_forms import FORMS, KINDS, ChangeForm, FormChoice, change_of
from service.pages.drawing import page
from service.pages.form import FormFields
from service.pages.frame import PageWeek
from service.pages.plans import MOST_MOVED, SECONDS, begin
from service.pages.weeks import week_of
from service.problems import ServiceError, language
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.routes.weeks.weeks import WeekId
from service.weeks import commands
from service.weeks.commands import Command
from service.weeks.opening import OpenWeek, opened
from service.weeks.planning import PlanWish
from service.weeks.request_words import open_requests
from service.weeks.unplanned import Unplanned, in_words, unplanned
from service.weeks.words import effect_out, mask_of
from service.wire import Both, SearchLimits, faults
from service.wire.weeks.commands import EffectOut

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

_Text = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class NotedChange:
    """A change that was noted and not planned yet. empty: (task, slot, name) of what it left to be done."""

    row: Unplanned
    said: list[str]
    empty: list[tuple[str, int, str]]


@dataclass(frozen=True)
class FormAnswer:
    """What comes back to the form: faults, or what the change would do."""

    faults: list[Any]
    effect: EffectOut | None = None


def asked(
    kind: _Text = "absence",
    person: _Text = "",
    other: _Text = "",
    task: _Text = "",
    place: _Text = "",
    instead: _Text = "",
    day: _Text = "",
    until: _Text = "",
    start: Annotated[str, Query(alias="from", max_length=5)] = "",
    end: Annotated[str, Query(alias="to", max_length=5)] = "",
    done: _Text = "",
) -> dict[str, str]:
    """What the address fills the form with."""
    fields = {"person": person, "other": other, "task": task, "place": place, "instead": instead}
    fields |= {"day": day, "until": until, "from": start, "to": end, "done": done}
    return {"kind": kind if kind in KINDS else KINDS[0], **fields}


@router.get("/w/{week}/changes")
def get_changes_page(
    request: Request,
    week: WeekId,
    parts: Use,
    view: Viewing,
    fields: Annotated[dict[str, str], Depends(asked)],
) -> HTMLResponse:
    """The form of one kind of change, filled by the address, and what was noted and not planned yet."""
    return _drawn(request, parts, view, opened(parts.store, parts.caller, week), fields)


@router.post("/w/{week}/changes")
def post_changes_page(
    request: Request,
    week: WeekId,
    parts: Use,
    view: Viewing,
    caller: Asking,
    fields: FormFields,
) -> Response:
    """Note a change, look at what it would do, or re-plan what was noted."""
    wish = fields.get("do", "")
    if wish == "together":
        return RedirectResponse(_replanned(parts, caller, week, fields), 303)
    kept = {"kind": KINDS[0], **fields}
    now = opened(parts.store, caller, week)
    answer, revision = _noted(parts, view, caller, now, kept, wish == "look")
    if revision is None:
        return _drawn(request, parts, view, now, kept, answer)
    if wish == "replan":
        return RedirectResponse(_replanned(parts, caller, week, fields), 303)
    return RedirectResponse(f"/w/{week}/changes?kind={kept['kind']}&done={revision}", 303)


def _noted(
    parts: Parts,
    view: CallerView,
    caller: Asking,
    now: OpenWeek,
    fields: dict[str, str],
    look: bool,
) -> tuple[FormAnswer, int | None]:
    """What noting a change says, and its revision; none where it was looked at only, or has faults."""
    instance = now.state.instance
    mask = mask_of(view, now.state)
    try:
        change = change_of(mask.week, fields)
        view.audited_guess(parts.store, mask, change, now.week.id)
        change = mask.true_ids(change)
        wanted = Command([change], reason=fields.get("reason", "")[:500], dry_run=look)
        done = commands.command(parts.store, caller, now.week.id, wanted)
    except InputError as error:
        shown = view.quoted([json.loads(instance.model_dump_json(exclude_none=True))], instance)
        hidden = not view.private or view.areas is not None
        return FormAnswer(faults(shown(error.problems) if hidden else error.problems)), None
    except ServiceError as error:
        if not error.problems:
            raise
        return FormAnswer(faults(list(error.problems))), None
    effect = effect_out(view, done.attempt)
    if look:
        return FormAnswer(effect.refused, effect), None
    return FormAnswer([], effect), done.week.number


def _replanned(parts: Parts, caller: Asking, week: str, fields: dict[str, str]) -> str:
    moved = fields.get("most_moved", "")
    wish = PlanWish(
        kind="replan",
        search=parts.request(SearchLimits(seconds=SECONDS["fast"]), 0, parts.settings.max_cores),
        most_moved=int(moved) if moved in map(str, MOST_MOVED) else None,
    )
    return begin(parts, caller, week, wish)


def _drawn(
    request: Request,
    parts: Parts,
    view: CallerView,
    now: OpenWeek,
    fields: dict[str, str],
    answer: FormAnswer | None = None,
) -> HTMLResponse:
    lang, week = language(request), now.week.id
    view.audited(parts.store, now.state.instance, instance=week)
    mask = mask_of(view, now.state)
    names = mask.names(lang)
    with parts.store.session() as session:
        rows = unplanned(session, week, now.state)
    told, telling = (mask, names) if not rows else _with_gone(parts, view, now, rows, lang)
    begun = [
        NotedChange(
            row,
            [in_words(told, telling, change) for change in row.changes],
            [(mask.id(task), slot, names.task(mask.id(task))) for task, slot in row.empty],
        )
        for row in rows
    ]
    form = FORMS[fields["kind"]]
    around = week_of(request, week)
    return page(
        request,
        "changes.html",
        status=422 if answer and answer.faults else 200,
        week=around,
        words=("changes.script", "changes.asked.script"),
        data={"week": week, "done": fields.get("done", "")},
        kinds=KINDS,
        form=form,
        fields={**_first(around, form), **{name: text for name, text in fields.items() if text}},
        everybody=_people(names),
        days=days_of(names),
        visit_kinds=sorted({one.kind for one in mask.week.visits if not is_neutral(one.kind)}),
        names=names,
        shown_task=_shown(names, fields.get("task", "")),
        answer=answer,
        begun=begun,
        waiting=open_requests(parts.store, view, week),
        wall=lambda at: _wall(at, parts.settings.time_zone, lang),
        most_moved=MOST_MOVED,
        said=lambda text: _of(text, lang),
        levels=("hard", "medium", "soft"),
    )


def _wall(at: datetime, time_zone: str, lang: Lang) -> str:
    shown = at.astimezone(ZoneInfo(time_zone))
    return f"{date_in_words(shown.date(), lang, 'date')} {shown:%H:%M}"


def _with_gone(
    parts: Parts, view: CallerView, now: OpenWeek, rows: list[Unplanned], lang: Lang
) -> tuple[WeekMask, Names]:
    """Mask and names that know also what the changes took away."""
    first = min(row.row.number for row in rows) - 1
    before = opened(parts.store, parts.caller, now.week.id, max(first, 1)).state.instance
    mask = view.mask(now.state.instance, before, roster=now.state.roster)
    return mask, mask.names(lang, mask.week, mask.other(before))


def _of(text: Both, lang: str) -> str:
    return text.zh if lang == "zh" else text.en


def _shown(names: Names, task: str) -> str:
    """A task as the form shows it: its name, and its id by which it is found."""
    if task not in {one.id for one in tasks(names.instance)}:
        return task
    return f"{names.task(task)} · {task}"


def _first(week: PageWeek, form: ChangeForm) -> dict[str, str]:
    """What the form has where nobody filled it."""
    return {"day": week.day, "duration": "30", "priority": "3", "visit_kind": "", **form.filled}


def _people(names: Names) -> list[FormChoice]:
    """Everybody, told apart by role and areas where two have one name."""
    week = names.instance
    return [
        FormChoice(one.id, _with_role(names.person(one.id), names.role(one.role)))
        for one in sorted(week.people, key=lambda one: names.person(one.id))
    ]


def _with_role(name: str, role: str) -> str:
    return name if role in name else f"{name} · {role}"


def days_of(names: Names) -> list[FormChoice]:
    """The days of a week, as a form lists them."""
    horizon = names.instance.horizon
    return [
        FormChoice(
            (horizon.start + timedelta(day)).isoformat(),
            getattr(called_day(names.instance, day), names.lang),
        )
        for day in range(horizon.days)
    ]
