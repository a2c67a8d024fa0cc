"""What is said of plans: what falls out of one beside what was commanded since, and two side by side."""

from scheduler.checker.sentences import sentence
from scheduler.messages import say
from scheduler.messages.names import Names
from scheduler.model import Assignment, Instance
from scheduler.weeks.adopt import Unfit
from scheduler.weeks.compare import Comparison, compare
from service.access.mask import CallerView, WeekMask
from service.weeks.history import said
from service.weeks.planning import OfferedPlan
from service.weeks.plans import MergedPlan
from service.weeks.words import neutral_finding
from service.wire import Both
from service.wire.weeks.plans import PlanFit, UnfitOut

_NAMED = {
    "roster": "task",
    "visits": "task",
    "shifts": "task",
    "people": "person",
    "places": "place",
    "areas": "area",
    "households": "household",
    "cases": "case",
    "duties": "duty",
}
"""Part of a state → what its records are called by."""


def mask_of_offer(view: CallerView, head: Instance, merged: MergedPlan) -> WeekMask:
    """The mask of a week as it would be with a plan, beside the week as it is and as it was."""
    after = merged.state
    return view.mask(after.instance, head, merged.base.instance, roster=after.roster)


def fit_out(mask: WeekMask, merged: MergedPlan) -> PlanFit:
    """What falls out of a plan, in words."""
    before = mask.other(merged.base.instance)
    ids = {id: neutral for kind in mask.neutral.ids.values() for id, neutral in kind.items()}
    stays = dict.fromkeys(
        (_NAMED.get(cell[0]), cell[1:2] if cell[0] in _NAMED else ()) for cell in merged.meanwhile
    )
    return PlanFit(
        unfit=[
            UnfitOut(
                assignment=mask.assignment(part),
                about=mask.said(_part, part, before=before),
                text=_why(mask, one),
            )
            for one in merged.unfit
            for part in [mask.read(one.part)]
        ],
        meanwhile=sorted({said(mask, _about(cell)) for cell in merged.meanwhile} - {""}),
        stays=[
            mask.said(_called, kind, *(ids.get(id, id) for id in about), before=before)
            for kind, about in stays
        ],
    )


def _called(names: Names, kind: str | None, id: str = "") -> str:
    """What a cell is about, by its name. kind: of the record; None: something that has no name."""
    return say("service.plan.settings", names.lang) if kind is None else getattr(names, kind)(id)


def _part(names: Names, part: Assignment) -> str:
    """An assignment: what, who, when."""
    return say(
        "service.plan.part",
        names.lang,
        task=names.task(part.task),
        person=names.person(part.person),
        moment=names.moment(part.start),
    )


def _about(cell: tuple[str, ...]) -> tuple[str, ...]:
    return ("task", cell[1]) if cell[0] == "roster" else cell


def _why(mask: WeekMask, unfit: Unfit) -> Both:
    if unfit.finding is None:
        return Both.of(lambda lang: say("difference.gone", lang))
    ids = {id: neutral for kind in mask.neutral.ids.values() for id, neutral in kind.items()}
    shown = neutral_finding(unfit.finding, ids)
    return mask.said(sentence, shown.rule, shown.violation)


def versus(
    view: CallerView, first: OfferedPlan, second: OfferedPlan
) -> tuple[Comparison, WeekMask]:
    """Two plans of a week side by side, each as the week would be with it; under the same neutral ids."""
    one, two = first.merged.state, second.merged.state
    mask = view.mask(two.instance, one.instance, roster=two.roster)
    comparison = compare(
        mask.other(one.instance), mask.read(one.roster), mask.week, mask.read(two.roster)
    )
    return comparison, mask
