"""Empty: empty slots, crews too small, bundles done in part."""

from ortools.sat.python.cp_model import IntVar

from scheduler.engines.exact.decisions import Decisions, each


def encode(model: Decisions) -> None:
    """Costs of what is left undone."""
    empty, index = model.lowered.empty, model.lowered.index
    for slot, points in enumerate(each(empty.cost)):
        model.pay(points, ~model.filled[slot])
    for task, points in enumerate(each(empty.partial)):
        slots = index.slots_of(task)
        if not points or len(slots) == 1 >= empty.least[task]:
            continue
        units = model.units(points)
        most = len(slots) if units is None else min(units, len(slots))
        lacking = model.cp.new_int_var(0, most, f"task {task} lacks")
        filled = [model.filled[slot] for slot in slots]
        musts = [1 - model.filled[slot] for slot in slots if empty.must[slot]]
        done = model.done[task]
        model.cp.add(lacking >= int(empty.least[task]) - sum(filled)).only_enforce_if(done)
        model.cp.add(lacking >= sum(musts)).only_enforce_if(done)
        model.costs.add(points, lacking)
    bundle = each(empty.bundle)
    for number, points in enumerate(each(empty.broken)):
        members = [done for task, done in enumerate(model.done) if bundle[task] == number]
        _all_or_none(model, members, points)


def _all_or_none(model: Decisions, members: list[IntVar], points: int) -> None:
    """Going round the members, done is somewhere followed by undone unless all are alike."""
    if not points:
        return
    broken = model.literal("")
    for done, next_done in zip(members, [*members[1:], *members[:1]], strict=True):
        model.cp.add_bool_or(broken, ~done, next_done)
    model.pay(points, broken)
