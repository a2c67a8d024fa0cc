"""What changes would do: points by rule, broken rules, and who has to be told, before anything is kept."""

from dataclasses import dataclass

from scheduler.checker import Finding, check
from scheduler.checker.figures import figures
from scheduler.due import expand
from scheduler.model import Exemption, InputError, Instance, Problem, Roster, Score
from scheduler.model.changes import Change, Changes
from scheduler.weeks.compare import RuleComparison, compare_rules
from scheduler.weeks.replan.apply import ChangedWeek, tried
from scheduler.weeks.replan.difference import Difference, difference


@dataclass(frozen=True)
class Preview:
    """What changes make of a week and its roster without a search, and what that costs.

    instance, roster: the changed week and its roster, scored; scores: before and after
    rules: those that cost otherwise than before, in points of their level
    broken: breaches of hard rules that changes by hand brought; refused: those that may not be, each with
        its change; where there are any, week and roster are not to be used
    exceptions: by which broken rules give way, for the reasons that were given
    difference: who has to be told what; notices: changes to work that has begun, which stays
    """

    instance: Instance
    roster: Roster
    scores: tuple[Score, Score]
    rules: tuple[RuleComparison, ...]
    broken: tuple[Finding, ...]
    refused: tuple[Problem, ...]
    exceptions: tuple[Exemption, ...]
    difference: Difference
    notices: tuple[Problem, ...] = ()


def preview(instance: Instance, roster: Roster, changes: Changes) -> Preview:
    """What changes would do, also where rules refuse them. Raises InputError for impossible changes."""
    week = expand(instance)
    return previewed(week, roster, tried(week, roster, changes))


def change(instance: Instance, roster: Roster, *changes: Change) -> Preview:
    """A week and its roster after changes, without a search: what no change names stays as it is.

    Raises InputError for impossible changes, and for hard rules that they break without a reason.
    """
    answer = preview(instance, roster, Changes(horizon=instance.horizon, changes=changes))
    if answer.refused:
        raise InputError(list(answer.refused))
    return answer


def previewed(
    instance: Instance, published: Roster, week: ChangedWeek, roster: Roster | None = None
) -> Preview:
    """What a changed week comes to. roster: a search's; None: what remains of the published one."""
    changed = week.instance
    made = roster or week.remaining
    before = check(instance, published)
    after = week.report if roster is None and week.report else check(changed, made)
    judged = {"score": after.score, "figures": figures(changed, made)}
    scored = made.model_copy(update=judged | {"revision": published.revision + 1})
    return Preview(
        instance=changed,
        roster=scored,
        scores=(before.score, after.score),
        rules=tuple(rule for rule in compare_rules(before, after) if rule.first != rule.second),
        broken=week.broken,
        refused=week.refused,
        exceptions=tuple(one for one in changed.exceptions if one not in instance.exceptions),
        difference=difference(changed, published, made, week.fallen),
        notices=week.notices,
    )
