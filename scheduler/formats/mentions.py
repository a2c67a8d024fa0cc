"""What a coordinator calls a person, a piece of work, a place or a time → the record or the moments.

A record is meant by its id, or by its name where only one has it. Times are written as in a
workbook's cells: 11-24, 11月24日 9:00, 周五 14:00-16:00.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Literal, TypeVar

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.spans import DAY, Span, read_spans
from scheduler.formats.workbook.cells.text import folded, plain
from scheduler.messages import LANGS
from scheduler.messages.names import role_in_words
from scheduler.model import (
    Area,
    InputError,
    Instance,
    Person,
    Place,
    Problem,
    Role,
    Shift,
    Visit,
    Window,
)
from scheduler.model.pointer import nearest, shortened
from scheduler.model.tasks import slots, tasks

Kind = Literal["person", "task", "place", "area"]
RecordT = TypeVar("RecordT", Person, Place, Area, Visit | Shift)
_MOST_CANDIDATES = 6


def person(instance: Instance, text: str) -> Person:
    """The person of this id or name. Raises InputError where none has it, or several have."""
    return _the_one("person", text, instance.person_by_id, _meant(instance.person_by_id, text))


def place(instance: Instance, text: str) -> Place:
    """The place of this id or name. Raises InputError where none has it, or several have."""
    return _the_one("place", text, instance.place_by_id, _meant(instance.place_by_id, text))


def area(instance: Instance, text: str) -> Area:
    """The area of this id or name. Raises InputError where none has it, or several have."""
    return _the_one("area", text, instance.area_by_id, _meant(instance.area_by_id, text))


def task(instance: Instance, text: str) -> Visit | Shift:
    """The visit or shift of this id or name, or of a name and a time that tells several apart.

    ``夜巡 周三`` is the one of several shifts called 夜巡 that lies on Wednesday. Raises InputError
    where none is meant, or several are.
    """
    by_id = instance.task_by_id
    return _the_one("task", text, by_id, _meant(by_id, text) or _told_apart(instance, text))


def moment(instance: Instance, text: str) -> int:
    """Ticks of a day and a time; a day alone is its midnight.

    Raises InputError for other text, and for a weekday that the horizon has more than once.
    """
    days = _spans(instance, text)
    whole = days is not None and all(
        (first % DAY, last - first) == (0, DAY) for first, last, _ in days
    )
    found = days if whole else _spans(instance, f"{text}-24:00")
    if not found:
        raise _refusal("unclear_moment", text)
    if len(found) > 1:
        raise _refusal("several_moments", text, candidates=_listed(_days(instance, found)))
    return found[0][0] * instance.horizon.ticks_per_minute


def spans(instance: Instance, text: str) -> list[Window]:
    """The windows of a text, in ticks; a day without times is the whole day. Raises InputError for other text."""
    found = _spans(instance, text)
    if not found:
        raise _refusal("unclear_span", text)
    ticks = instance.horizon.ticks_per_minute
    return [
        Window.model_validate({"from": first * ticks, "to": last * ticks})
        for first, last, _ in found
    ]


def _the_one(kind: Kind, text: str, by_id: Mapping[str, RecordT], meant: list[RecordT]) -> RecordT:
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise _refusal(
            f"several_of_{kind}", text, candidates=_listed(record.id for record in meant)
        )
    words = [word for record in by_id.values() for word in (record.name, record.id) if word]
    raise _refusal(f"none_of_{kind}", text, suggestion=nearest(plain(text), words, 0.5))


def _meant(by_id: Mapping[str, RecordT], text: str) -> list[RecordT]:
    """The one that has the text as its id, else all that have it as their name."""
    if text in by_id:
        return [by_id[text]]
    by_word: dict[str, list[RecordT]] = {}
    for record in by_id.values():
        for word in {folded(record.id), folded(record.name)}:
            by_word.setdefault(word, []).append(record)
    return by_word.get(folded(text), [])


def _told_apart(instance: Instance, text: str) -> list[Visit | Shift]:
    """The work that a name and a time after it mean; where no such time has any, all of that name."""
    words = text.split()
    for length in range(len(words) - 1, 0, -1):
        called = _meant(instance.task_by_id, " ".join(words[:length]))
        wanted = _spans(instance, " ".join(words[length:]))
        if called and wanted:
            return [task for task in called if _touches(instance, task, wanted)] or called
    return []


def _touches(instance: Instance, task: Visit | Shift, wanted: list[Span]) -> bool:
    """Whether work can begin in one of the spans."""
    ticks = instance.horizon.ticks_per_minute
    if isinstance(task, Shift):
        return any(first * ticks <= task.start < last * ticks for first, last, _ in wanted)
    return any(
        window.start < last * ticks and first * ticks < window.end
        for window in task.windows
        for first, last, _ in wanted
    )


def _spans(instance: Instance, text: str) -> list[Span] | None:
    """Minutes from the horizon's first midnight; None for other text."""
    horizon = instance.horizon
    try:
        calendar = instance.settings.calendar
        return read_spans(text, CellContext(horizon.start, horizon.days, calendar=calendar))
    except CellError:
        return None


def _days(instance: Instance, found: Iterable[Span]) -> Iterable[str]:
    start = instance.horizon.start
    return (f"{start + timedelta(days=first // DAY):%m-%d}" for first, _, _ in found)


def _listed(words: Iterable[str]) -> str:
    shown = list(words)
    more = ["…"] if len(shown) > _MOST_CANDIDATES else []
    return ", ".join(shown[:_MOST_CANDIDATES] + more)


def _refusal(code: str, text: str, **slots: str) -> InputError:
    return InputError([Problem(code=code, pointer="", value=shortened(text), slots=slots)])


def role(text: str) -> Role:
    """The role of this id, or of its word in either language. Raises InputError for other text."""
    words = {
        folded(word): role
        for role in Role
        for word in (role.value, *(role_in_words(role, lang, count) for lang in LANGS for count in (1, 2)))
    }  # fmt: skip
    if folded(text) in words:
        return words[folded(text)]
    raise _refusal("none_of_role", text, suggestion=nearest(plain(text), list(words), 0.5))


def skill(instance: Instance, text: str) -> str:
    """The skill of this name that somebody has or some work needs. Raises InputError for other text."""
    known = {skill for person in instance.people for skill in person.skills}
    known |= {skill for task in tasks(instance) for slot in slots(task) for skill in slot.skills}
    meant = [skill for skill in sorted(known) if folded(skill) == folded(text)]
    if text in known or len(meant) == 1:
        return text if text in known else meant[0]
    raise _refusal("none_of_skill", text, suggestion=nearest(plain(text), sorted(known), 0.5))
