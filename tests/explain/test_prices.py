"""Prices are those of the checker, refusals are true, and the best time is the best there is: by enumeration."""

from collections import defaultdict

from hypothesis import note

from scheduler.checker import check
from scheduler.explain import prepared
from scheduler.explain.prices import prices
from scheduler.facts import Facts
from scheduler.model import Instance
from tests.explain.enumerated import ways, worse
from tests.explain.test_true_answers import drawn, with_work


@drawn
def test_every_person_and_day_has_the_checkers_price_or_a_true_refusal(question) -> None:
    week, made, _ = question
    note(f"{week!r}")
    note(f"{made.assignments!r}")
    before, trials = check(week, made), prepared(Facts(week, made))
    for record in week.visits:
        found = prices(trials, record.id)
        note(f"{record.id} {found.slots} {found.refused}")
        assert set(found.priced) | set(found.refused) == {
            (one.id, day) for one in week.people for day in range(week.horizon.days)
        }
        assert not set(found.priced) & set(found.refused)
        for (who, day), priced in found.priced.items():
            changed = with_work(made, priced.assignments, found.removed)
            after = check(week, changed)
            assert priced.change.score == after.score - before.score
            assert not worse(before, after)
            assert priced.assignments[0].person == who
            assert week.horizon.day_of(priced.assignments[0].start) == day
        if record.id in {pin.task for pin in week.pins}:
            continue  # A pin counts an empty slot and another start alike.
        cheapest = _enumerated(week, made, record.id, found, before)
        for standing in found.refused:
            assert standing not in cheapest
        for standing, best in cheapest.items():
            assert found.priced[standing].change.score == best


def _enumerated(week: Instance, made, task, found, before):
    """(person, day) → the least score of every way to place just these slots that breaks nothing more."""
    cheapest = defaultdict(list)
    now = {part.slot: part.person for part in made.assignments if part.task == task}
    others = {slot: who for slot, who in now.items() if slot in found.slots[1:]}
    for filled in ways(week, task):
        crew = {part.slot: part for part in filled}
        if tuple(sorted(crew)) != found.slots:
            continue
        if any(crew[slot].person != who for slot, who in others.items()):
            continue
        after = check(week, with_work(made, filled, found.removed))
        if not worse(before, after):
            lead = crew[found.slots[0]]
            key = lead.person, week.horizon.day_of(lead.start)
            cheapest[key].append(after.score - before.score)
    return {key: min(scores) for key, scores in cheapest.items()}
