"""What is said of plans: what falls out of one beside what was commanded since, and two side by side."""

from scheduler.checker.sentences import sentence
from scheduler.messages import say
from scheduler.weeks.adopt import Unfit
from scheduler.weeks.compare import Comparison, compare
from service.access.mask import CallerView, WeekMask
from service.weeks.history import said
from service.weeks.planning import OfferedPlan
from service.weeks.plans import MergedPlan
from service.weeks.words import neutral_finding
from service.wire import Both
from service.wire.weeks.plans import PlanFit, UnfitOut


def mask_of_offer(view: CallerView, offer: OfferedPlan) -> WeekMask:
    """The mask of a week as it would be with a plan, beside the week as it is."""
    state = offer.merged.state
    return view.mask(state.instance, offer.head.state.instance, roster=state.roster)


def fit_out(mask: WeekMask, merged: MergedPlan) -> PlanFit:
    """What falls out of a plan, in words."""
    return PlanFit(
        unfit=[
            UnfitOut(
                assignment=mask.assignment(mask.read(one.part)),
                text=_why(mask, one),
            )
            for one in merged.unfit
        ],
        meanwhile=sorted({said(mask, _about(cell)) for cell in merged.meanwhile} - {""}),
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
