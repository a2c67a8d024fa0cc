"""A breach in words: ids become names; ticks become days, times of day and durations.

What a slot holds follows from its name alone: see `Violation` in scheduler/rules/common/rule.py and `KINDS`.
"""

from scheduler.messages import Lang, has, say
from scheduler.model import Horizon, Instance, Wish
from scheduler.model.time import to_datetime
from scheduler.rules import Active, Violation

_NAMES = {
    "person": ("person", "other"),
    "task": ("task", "first", "second"),
    "place": ("place",),
    "household": ("household",),
    "case": ("case",),
    "area": ("area",),
    "kind": ("kind", "before", "after"),
    "day": ("day",),
    "moment": ("moment", "start", "end", "from", "to", "due"),
    "duration": (
        *("ticks", "work", "rest", "wait", "late", "short", "over", "outside", "off"),
        *("least", "most", "bound", "share"),
    ),
    "wish": ("wish",),
    "number": ("count", "limit", "missing"),
}
KINDS = {name: kind for kind, names in _NAMES.items() for name in names}
"""Slot name → what its value is. A rule's text has no other slots (tested)."""


def sentence(instance: Instance, active_rule: Active, violation: Violation, lang: Lang) -> str:
    """The rule's text about one violation. Ids that the instance does not know stand for themselves."""
    words = {name: _word(instance, name, violation, lang) for name in violation.slots}
    return active_rule.rule.text.fill(lang, **words)


def _word(instance: Instance, name: str, violation: Violation, lang: Lang) -> str:
    value = violation.slots[name]
    kind = KINDS[name]
    if isinstance(value, int):
        if kind == "day":
            return day_in_words(instance.horizon, value, lang)
        if kind == "moment":
            told = violation.slots.get("day")
            return moment_in_words(instance.horizon, value, lang, told)
        if kind == "duration":
            return duration_in_words(value, instance.horizon.ticks_per_minute, lang)
        if kind == "wish":
            own = instance.person_by_id[str(violation.slots["person"])].wishes
            return wish_in_words(instance, own[value], lang)
        return str(value)
    if kind == "kind":
        return kind_in_words(value, lang)
    known = getattr(instance, f"{kind}_by_id", {}).get(value)
    return value if known is None else known.name


def day_in_words(horizon: Horizon, day: int, lang: Lang) -> str:
    """A day index as date and weekday: 11月25日 周三, Wed 25 Nov."""
    when = horizon.date(day)
    return say(
        "words.day",
        lang,
        month=say(f"words.month.m{when.month}", lang),
        day=when.day,
        weekday=say(f"words.weekday.d{when.isoweekday()}", lang),
    )


def moment_in_words(
    horizon: Horizon, moment: int, lang: Lang, told: str | int | None = None
) -> str:
    """A moment as day and time of day; only the time on a day that the sentence has told already."""
    clock = f"{to_datetime(moment, horizon.start, horizon.ticks_per_minute):%H:%M}"
    day = horizon.day_of(moment)
    if day == told:
        return clock
    return say("words.moment", lang, day=day_in_words(horizon, day, lang), clock=clock)


def duration_in_words(ticks: int, ticks_per_minute: int, lang: Lang) -> str:
    """A duration as hours and minutes, with decimals where ticks are finer: 1 小时 20 分, 1 h 20 min."""
    if ticks < 0:
        positive = duration_in_words(-ticks, ticks_per_minute, lang)
        return say("words.less_than_nothing", lang, duration=positive)
    hours, rest = divmod(ticks, 60 * ticks_per_minute)
    minutes = f"{rest / ticks_per_minute:.3f}".rstrip("0").rstrip(".")
    if not hours:
        return say("words.duration.minutes", lang, minutes=minutes)
    if not rest:
        return say("words.duration.hours", lang, hours=hours)
    return say("words.duration.both", lang, hours=hours, minutes=minutes)


def kind_in_words(kind: str, lang: Lang) -> str:
    """The word for a kind of work; one that the catalogue does not know speaks for itself."""
    key = f"report.kind.{kind}"
    return say(key, lang) if has(key) else kind


def role_in_words(role: str, lang: Lang) -> str:
    """The word for a role."""
    return say(f"report.role.{role}", lang)


def wish_in_words(instance: Instance, wish: Wish, lang: Lang) -> str:
    """What a wish asks for: its days, kind and place, as far as it speaks of them."""
    parts = []
    if wish.days:
        days = (
            day_in_words(instance.horizon, instance.horizon.day(one), lang) for one in wish.days
        )
        parts.append(say("words.comma", lang).join(days))
    if wish.kind is not None:
        parts.append(say("words.wish.kind", lang, kind=kind_in_words(wish.kind, lang)))
    if wish.place is not None:
        known = instance.place_by_id.get(wish.place)
        parts.append(wish.place if known is None else known.name)
    what = say("words.stop", lang).join(parts) or say("words.wish.anything", lang)
    return say(f"words.wish.{'wanted' if wish.want else 'unwanted'}", lang, what=what)
