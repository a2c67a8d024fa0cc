"""What needs a person, in words."""

from scheduler.checker.sentences import sentence
from scheduler.messages import say
from scheduler.messages.names import Names
from scheduler.weeks.matters import Matter


def matter_in_words(names: Names, matter: Matter) -> str:
    """What is the matter, in one sentence."""
    breach = ""
    if matter.finding is not None:
        breach = sentence(names, matter.finding.rule, matter.finding.violation)
    return say(
        f"matters.{matter.kind}",
        names.lang,
        person="" if matter.person is None else names.person(matter.person),
        task="" if matter.task is None else names.task(matter.task),
        when=names.moment(matter.at),
        ticks=names.duration(matter.late),
        breach=breach,
    )
