"""A plan's roster beside what was settled meanwhile: what breaks a rule then falls out, and nothing that was settled."""

from scheduler.checker import check
from scheduler.due import expand
from scheduler.model import Instance, Roster
from scheduler.weeks.adopt import fitted
from tests.service.weeks.conftest import ROSTER, WEEK, _part

WEEK_AS_IT_IS = expand(Instance.model_validate(WEEK))
SETTLED = Roster.model_validate(ROSTER)


def _with(*parts: dict) -> Roster:
    return Roster.model_validate({**ROSTER, "assignments": [*ROSTER["assignments"], *parts]})


def test_what_fits_stays_whole():
    roster = _with(_part("d", "wang", "2026-11-24", "10"))
    found = fitted(WEEK_AS_IT_IS, roster, check(WEEK_AS_IT_IS, SETTLED), SETTLED)
    assert (found.roster.assignments, found.unfit) == (roster.assignments, ())
    assert found.report == check(WEEK_AS_IT_IS, roster)


def test_who_was_settled_elsewhere_at_that_time_keeps_that_and_the_plan_s_part_falls():
    roster = _with(_part("d", "li", "2026-11-24", "09"))
    found = fitted(WEEK_AS_IT_IS, roster, check(WEEK_AS_IT_IS, SETTLED), SETTLED)
    assert found.roster.assignments == SETTLED.assignments
    assert [one.part.task for one in found.unfit] == ["d"]
    assert found.unfit[0].finding is not None
    assert found.broken == ()
    assert found.report == check(WEEK_AS_IT_IS, SETTLED)


def test_what_is_gone_falls_without_a_rule():
    roster = _with(_part("no-such", "li", "2026-11-24", "14"))
    found = fitted(WEEK_AS_IT_IS, roster, check(WEEK_AS_IT_IS, SETTLED), SETTLED)
    assert [(one.part.task, one.finding) for one in found.unfit] == [("no-such", None)]
