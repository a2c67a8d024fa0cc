"""The reasons of undone work in words."""

from scheduler.checker.sentences import sentence
from scheduler.explain.undone import UndoneReason
from scheduler.explain.words import slip_in_words
from scheduler.messages import say
from scheduler.messages.names import Names
from scheduler.rules import rules


def undone_in_words(names: Names, reason: UndoneReason) -> str:
    """Why a slot is empty, in one sentence."""
    lang = names.lang
    if reason.pinned:
        return say("undone.pinned", lang)
    if not reason.starts:
        return say("undone.no_start", lang)
    if reason.undone:
        return say("undone.predecessor", lang, other=names.task(reason.undone))
    if reason.verdict == "nobody":
        counts = say("explain.ruled_out.join", lang).join(
            say("explain.ruled_out.one", lang, rule=rules()[rule].name.fill(lang), count=count)
            for rule, count in reason.ruled_out.items()
        )
        listed = say("explain.ruled_out.all", lang, rules=counts) if counts else ""
        words = say("undone.nobody", lang, people=len(names.instance.people), rules=listed)
        return words + slip_in_words(lang, reason.slip)
    if reason.verdict == "in_the_way":
        if reason.finding is None:
            return say("undone.in_the_way", lang, able=reason.able)
        breach = sentence(names, reason.finding.rule, reason.finding.violation)
        return say("undone.breaks", lang, able=reason.able, breach=breach)
    assert reason.best is not None
    who = names.people(reason.best.people)
    return say(f"undone.{reason.verdict}", lang, who=who, when=names.moment(reason.best.start))
