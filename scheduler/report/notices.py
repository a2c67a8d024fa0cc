"""What the instance's people, places and settings ask for in vain, as it was told at the door; and exceptions."""

from scheduler.drawings.reader import Reader
from scheduler.drawings.words import bilingual
from scheduler.messages import say
from scheduler.messages.problems import explain
from scheduler.model import Problem
from scheduler.model.exemption import by_reason
from scheduler.model.faults import faults
from scheduler.model.pointer import parts
from scheduler.rules import Text, rules

_SHOWN = ("people", "places", "settings")
"""Records whose notices are shown; why work is undone stands with the work."""


def notices(reader: Reader) -> list[Text]:
    """Cause and remedy of each warning, but for those that would give something hidden away."""
    found = faults(reader.instance, rules())
    return _exceptions(reader) + [
        _sentences(problem)
        for problem in found
        if problem.severity == "warning" and _shown(reader, problem)
    ]


def _exceptions(reader: Reader) -> list[Text]:
    """How many hard rules give way, by reason; those of hidden work without theirs."""
    exceptions = reader.instance.exceptions
    if not exceptions:
        return []
    shown = by_reason(one for one in exceptions if one.task not in reader.tasks)
    listed = "; ".join(f"{reason} × {count}" for reason, count in shown.items())
    key = "report.notices.exceptions" if shown else "report.notices.exceptions_hidden"
    return [bilingual(lambda lang: say(key, lang, count=len(exceptions), reasons=listed))]


def _sentences(problem: Problem) -> Text:
    return bilingual(lambda lang: " ".join(explain(problem, lang)))


def _shown(reader: Reader, problem: Problem) -> bool:
    if problem.code == "no_work":
        return True
    kind, *rest = parts(problem.pointer)
    if kind != "places":
        return kind in _SHOWN
    hidden = {reader.instance.task_by_id[task].name for task in reader.tasks}
    hidden |= {reader.instance.case_by_id[case].name for case in reader.cases}
    place = reader.instance.places[int(rest[0])]
    return place.id not in reader.places and problem.slots.get("work") not in hidden
