"""Fit: who fills a slot; the forbidden have no variable."""

from scheduler.exact.decisions import Decisions


def encode(model: Decisions) -> None:
    """One literal for each slot and person who fits; at most one person a slot."""
    fit, cp = model.lowered.fit, model.cp
    for slot in range(len(model.lowered.index.slots)):
        own = []
        for person in fit.able(slot).tolist():
            taken = model.literal(f"person {person} in slot {slot}")
            model.person[slot, person] = taken
            model.costs.add(int(fit.of(slot)[person]), taken)
            own.append(taken)
        filled = model.literal(f"slot {slot} filled")
        cp.add(sum(own) == filled)
        model.filled.append(filled)
