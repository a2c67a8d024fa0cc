"""Suggestions and reasons as sentences, in either language."""

from collections.abc import Iterable

from scheduler.checker.pricing import ChangeCost
from scheduler.checker.sentences import duration_in_words, moment_in_words
from scheduler.explain.placements import Placement
from scheduler.explain.suggest import Suggestion
from scheduler.explain.why_so import Alternative, WhySo
from scheduler.messages import Lang, say
from scheduler.model import Assignment, Instance, Visit


def suggestion_in_words(one: Suggestion, lang: Lang) -> str:
    """Who, when and where, the travel that comes on top, and what gets better or worse, as one sentence."""
    instance, first = one.instance, one.placements[0]
    task = instance.task_by_id[first.assignments[0].task]
    if len(one.placements) == 1:
        return say(
            "suggest.placement",
            lang,
            **_where(instance, first.assignments, lang),
            task=task.name or task.id,
            travel=travel_in_words(instance, first, lang),
            points=change_in_words(one.change, lang),
        )
    parts = [
        say("suggest.part", lang, **_where(instance, placement.assignments, lang))
        for placement in one.placements
    ]
    case = instance.case_by_id[task.case] if isinstance(task, Visit) and task.case else task
    return say(
        "suggest.series",
        lang,
        case=case.name or case.id,
        parts=say("suggest.parts", lang).join(parts),
        points=change_in_words(one.change, lang),
    )


def travel_in_words(instance: Instance, one: Placement, lang: Lang) -> str:
    """How much longer or shorter everybody is on the way."""
    told = [
        say(
            "suggest.travel" if ticks > 0 else "suggest.less_travel",
            lang,
            person=_person(instance, person),
            ticks=duration_in_words(abs(ticks), instance.horizon.ticks_per_minute, lang),
        )
        for person, ticks in one.extra.items()
        if ticks
    ]
    return say("suggest.rules", lang).join(told) or say("suggest.no_travel", lang)


def change_in_words(change: ChangeCost, lang: Lang) -> str:
    """What a change saves and costs, by rule."""
    told = []
    for key, sign in (("saves", -1), ("costs", 1)):
        rules = [
            say("suggest.rule", lang, rule=one.rule.rule.name.fill(lang), points=abs(points))
            for one in change.by_rule
            if (points := sum(one.score.points)) * sign > 0
        ]
        if rules:
            told.append(say(f"suggest.{key}", lang, rules=say("suggest.rules", lang).join(rules)))
    return say("suggest.and", lang).join(told) or say("suggest.nothing", lang)


def why_in_words(instance: Instance, why: WhySo, lang: Lang) -> str:
    """What an assignment is worth, against its slot left empty."""
    one = why.assignment
    task = instance.task_by_id[one.task]
    where = _where(instance, [one], lang)
    return say(
        "suggest.why.alone",
        lang,
        person=where["people"],
        when=where["when"],
        place=where["place"],
        task=task.name or task.id,
        points=change_in_words(why.change, lang),
    )


def alternative_in_words(instance: Instance, one: Alternative, lang: Lang) -> str:
    """Another way, and its difference to the present one."""
    return say(
        "suggest.why.alternative",
        lang,
        kind=say(f"suggest.why.{one.kind}", lang),
        **_where(instance, one.assignments, lang),
        points=change_in_words(one.change, lang),
    )


def _where(instance: Instance, assignments: Iterable[Assignment], lang: Lang) -> dict[str, str]:
    own = list(assignments)
    place = instance.place_by_id[own[0].place]
    start = min(one.start for one in own)
    return {
        "people": say("suggest.people", lang).join(_person(instance, one.person) for one in own),
        "when": moment_in_words(instance.horizon, start, lang),
        "place": place.name or place.id,
    }


def _person(instance: Instance, id: str) -> str:
    return instance.person_by_id[id].name or id
