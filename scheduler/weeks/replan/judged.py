"""Changes by hand judged: which hard rules they break, and which of those give way for a reason.

A rule gives way only to the work that the change is about, and only as far as that needs: see
`scheduler.model.Exemption`. Without a reason the change is refused.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.checker import Finding, Report, check
from scheduler.checker.sentences import sentence
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import (
    Assignment,
    Exemption,
    Instance,
    Level,
    Limits,
    Person,
    Pin,
    Problem,
    Roster,
    Window,
)
from scheduler.model.pointer import pointer
from scheduler.model.tasks import slots
from scheduler.rules.common.exempt import BY_START, exempt_keys
from scheduler.weeks.replan.by_hand import ByHand, RosterState, parts_apart

_ROUNDS = 20
"""Times that rules are asked to give way further; a limit of a day, broken on each of several, takes some."""


@dataclass(frozen=True)
class Touch:
    """A change by hand, its number in the batch, and what it did.

    people, tasks: whose work and which tasks it touched; added: parts as they are now
    """

    number: int
    change: ByHand
    people: frozenset[str]
    tasks: frozenset[str]
    added: tuple[Assignment, ...]

    @staticmethod
    def of(number: int, change: ByHand, before: RosterState, after: RosterState) -> "Touch":
        """What a change did between two states."""
        gone, added = parts_apart(before.parts, after.parts)
        both = (*gone, *added)
        tasks = frozenset(part.task for part in both) | {change.task or ""} - {""}
        people = frozenset(part.person for part in both)
        return Touch(number, change, people, tasks, tuple(added))


@dataclass(frozen=True)
class Judgement:
    """A state after changes by hand, with what rules gave way; and the hard rules that they broke.

    report: what the checker says of it; None where nothing was changed by hand
    refused: a problem for each breach for which there is no reason, or to which there is no exception
    """

    state: RosterState
    report: Report | None = None
    broken: tuple[Finding, ...] = ()
    refused: tuple[Problem, ...] = ()


def judge(
    before: RosterState, after: RosterState, touches: Sequence[Touch], was: Report | None = None
) -> Judgement:
    """What the changes by hand broke that was not broken before them.

    was: what the checker says of the state before, where that is known
    """
    after = replace(after, instance=after.instance.changed(exceptions=_still(before, after)))
    if not touches:
        return Judgement(after)
    was, report = was or _report(before), _report(after)
    broken = left = broken_more(was, report)
    if refused := refusals(after, broken, touches):
        return Judgement(after, report, tuple(broken), refused)
    for _ in range(_ROUNDS):
        if not left:
            return Judgement(after, report, tuple(broken))
        now = after
        for finding in left:
            now = _giving_way(now, finding, _touch(now.instance, finding, touches))
        if now == after:
            break
        after, report = now, _report(now)
        left = broken_more(was, report)
    names = [
        _problem(after.instance, finding, touches[0].number, "no_exception") for finding in left
    ]
    return Judgement(after, report, tuple(broken), tuple(names))


def refusals(
    after: RosterState, broken: Sequence[Finding], touches: Sequence[Touch]
) -> tuple[Problem, ...]:
    """A problem for each breach for which there is no reason, or to which there is no exception."""
    found = (_refusal(after, finding, touches) for finding in broken)
    return tuple(problem for problem in found if problem is not None)


def broken_more(before: Report, after: Report) -> list[Finding]:
    """The breaches of hard rules that were not there before, or have grown."""
    was, now = (_hard(report) for report in (before, after))
    grown: Counter[tuple[str, str]] = Counter()
    for findings, sign in ((now, 1), (was, -1)):
        for finding in findings:
            grown[finding.rule.rule.id, finding.key] += sign * finding.violation.amount
    old = [(finding.rule.rule.id, finding.key, finding.violation) for finding in was]
    return [
        finding
        for finding in now
        if grown[finding.rule.rule.id, finding.key] > 0
        and (finding.rule.rule.id, finding.key, finding.violation) not in old
    ]


def _hard(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.level is Level.HARD]


def needed(instance: Instance, roster: Roster) -> tuple[Exemption, ...]:
    """The exceptions without which the roster would break what they are about."""
    if not instance.exceptions:
        return ()
    findings = check(instance.changed(exceptions=()), roster).findings
    broken = {
        (finding.rule.rule.id, finding.key): finding.rule.rule.scope
        for finding in findings
        if finding.rule.level is Level.HARD
    }
    return tuple(
        exemption
        for exemption in instance.exceptions
        if exemption.task in instance.task_by_id
        and any(
            exemption.rule == rule and key in exempt_keys(instance, exemption, scope)
            for (rule, key), scope in broken.items()
        )
    )


def _still(before: RosterState, after: RosterState) -> tuple[Exemption, ...]:
    """The exceptions that still are about something: their work stands as it did, and needs them."""
    ended = {(part.task, part.person) for part in before.parts}
    ended -= {(part.task, part.person) for part in after.parts}
    kept = after.instance.changed(
        exceptions=tuple(
            one for one in after.instance.exceptions if (one.task, one.person) not in ended
        )
    )
    return needed(kept, roster_of(replace(after, instance=kept)))


def _refusal(state: RosterState, finding: Finding, touches: Sequence[Touch]) -> Problem | None:
    """Why a breach may not be. For a reason a visit may go to another place, which its list then has."""
    touch = _touch(state.instance, finding, touches)
    listed = finding.rule.rule.id == "listed_place" and not touch.change.reason
    if not (finding.rule.rule.may_be_broken or listed):
        return _problem(state.instance, finding, touch.number, "no_exception")
    if not touch.change.reason:
        return _problem(state.instance, finding, touch.number, "rule_broken")
    return None


def _problem(instance: Instance, finding: Finding, number: int, code: str) -> Problem:
    words = {
        f"{name}.{lang}": text
        for lang in LANGS
        for name, text in (
            ("rule", finding.rule.rule.name.fill(lang)),
            ("breach", sentence(Names(instance, lang), finding.rule, finding.violation)),
        )
    }
    slots = {"id": finding.rule.rule.id, **words}
    return Problem(code=code, pointer=pointer("changes", number), slots=slots)


def _touch(instance: Instance, finding: Finding, touches: Sequence[Touch]) -> Touch:
    """The change that a breach comes of: of those that touch what it is about the first with a reason."""
    about = {finding.key, *map(str, finding.violation.slots.values())}
    scope = finding.rule.rule.scope
    fitting = [
        touch
        for touch in touches
        if about & (touch.people | touch.tasks)
        or any(
            finding.key in exempt_keys(instance, Exemption(rule="", task=task, reason="-"), scope)
            for task in touch.tasks
        )
    ] or list(touches)
    return next((touch for touch in fitting if touch.change.reason), fitting[0])


def _giving_way(state: RosterState, finding: Finding, touch: Touch) -> RosterState:
    """The state in which the rule gives way to what the change did."""
    rule = finding.rule.rule
    if rule.id == "pinned":
        return _unpinned(state, finding.key)
    base = _about(state.instance, finding, touch)
    if rule.id in BY_START:
        crew = state.of(base.task)
        task_slots = slots(state.instance.task_by_id[base.task])
        start = min(part.start - task_slots[part.slot].after[0] for part in crew)
        place = crew[0].place if rule.id == "opening_hours" else None
        base = base.model_copy(update={"start": start, "place": place})
    elif rule.gives_way:
        base = _with_room(state, finding, touch, base)
    exceptions = list(state.instance.exceptions)
    for same in [other for other in exceptions if _alike(base, other)]:
        exceptions.remove(same)
        base = _both(same, base)
    now = (*exceptions, base)
    return replace(state, instance=state.instance.changed(exceptions=now))


def _alike(one: Exemption, other: Exemption) -> bool:
    fields = ("rule", "task", "person", "place", "start")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _both(first: Exemption, then: Exemption) -> Exemption:
    """The first with what the second gives way besides."""
    limits = {
        name: getattr(side.limits, name)
        for side in (first, then)
        for name in side.limits.model_fields_set
    }
    return then.model_copy(
        update={
            "hours": tuple(dict.fromkeys((*first.hours, *then.hours))),
            "limits": Limits(**limits),
            "skill_until": first.skill_until | then.skill_until,
        }
    )


def _unpinned(state: RosterState, task: str) -> RosterState:
    """Without the pins of a task that its parts are not as."""
    by_slot = {part.slot: part for part in state.of(task)}
    pins = tuple(
        pin
        for pin in state.instance.pins
        if pin.task != task or _is_as_pinned(by_slot.get(pin.slot), pin)
    )
    return replace(state, instance=state.instance.changed(pins=pins))


def _is_as_pinned(part: Assignment | None, pin: Pin) -> bool:
    if pin.absent or part is None:
        return pin.absent and part is None
    return (
        pin.person in (None, part.person)
        and pin.place in (None, part.place)
        and pin.start in (None, part.start)
    )


def _about(instance: Instance, finding: Finding, touch: Touch) -> Exemption:
    """Whom and which work an exception for a breach is about."""
    rule, said = finding.rule.rule, finding.violation.slots
    base = Exemption(rule=rule.id, task=_task(instance, finding, touch), reason=touch.change.reason)
    match rule.scope:
        case "task" if rule.fits:
            return base.model_copy(update={"person": said["person"]})
        case "person":
            return base.model_copy(update={"person": finding.key})
        case "place":
            return base.model_copy(update={"place": finding.key})
    return base


def _task(instance: Instance, finding: Finding, touch: Touch) -> str:
    """The task that the change touched and the breach is about, else the first that it touched."""
    if finding.rule.rule.scope == "task":
        return finding.key
    of_person = [part.task for part in touch.added if part.person == finding.key]
    ordered = [*of_person, *sorted(touch.tasks)]
    said = set(finding.violation.slots.values())
    named = [task for task in ordered if {task, instance.task_by_id[task].kind} & said]
    done = {exemption.task for exemption in instance.exceptions_of(finding.rule.rule.id)}
    named.sort(key=done.__contains__)
    scope = finding.rule.rule.scope
    tied = [
        task
        for task in ordered
        if finding.key in exempt_keys(instance, Exemption(rule="", task=task, reason="-"), scope)
    ]
    return [*named, *tied, *ordered][0]


def _with_room(state: RosterState, finding: Finding, touch: Touch, base: Exemption) -> Exemption:
    """The exception with as much room for the person as the breach needs."""
    instance, rule = state.instance, finding.rule.rule
    now = _as_it_is(instance, finding.key)
    if (least := _missed(finding, now)) is not None:
        lower = getattr(now.limits, least) - finding.violation.amount
        return base.model_copy(update={"limits": Limits(**{least: lower})})
    relaxed = rule.relaxed(instance, now, finding.violation.amount, touch.added)
    limits = {
        name: value
        for name in relaxed.limits.model_fields_set
        if (value := getattr(relaxed.limits, name)) != getattr(now.limits, name)
    }
    until = {
        skill: last
        for skill, last in relaxed.skill_until.items()
        if last != now.skill_until.get(skill)
    }
    there = set(now.availability)
    hours = tuple(span for span in relaxed.availability if span not in there)
    room = {"limits": Limits(**limits), "skill_until": until, "hours": hours}
    return base.model_copy(update=room)


def _missed(finding: Finding, person: Person) -> str | None:
    """The limit that asks for more than there is, of a rule that has one for the most as well."""
    said = finding.violation.slots
    bound, there = (said.get(a, said.get(b)) for a, b in (("bound", "limit"), ("work", "count")))
    names = [limit.name for limit in finding.rule.rule.limits if limit.name.endswith("_min")]
    short = isinstance(bound, int) and isinstance(there, int) and there < bound
    return next((name for name in names if short and getattr(person.limits, name) == bound), None)


def _as_it_is(instance: Instance, person: str) -> Person:
    """The person with limits, presence and skills as they are by now."""
    record = instance.person_by_id[person]
    until = dict(record.skill_until)
    for exemption in instance.exceptions_for(person):
        for skill, last in exemption.skill_until.items():
            until[skill] = max(last, until.get(skill, last))
    spans = instance.presence(person)
    there = tuple(Window.model_validate({"from": start, "to": end}) for start, end in spans)
    return record.model_copy(
        update={
            "limits": instance.limits(person),
            "availability": there,
            "leave": (),
            "skill_until": until,
        }
    )


def _report(state: RosterState) -> Report:
    return check(state.instance, roster_of(state))


def roster_of(state: RosterState) -> Roster:
    """The state's parts as a roster."""
    return Roster(
        horizon=state.instance.horizon, instance=state.instance.id, assignments=state.parts
    )
