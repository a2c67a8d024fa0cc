"""Window: what lateness costs, hard and soft, and what the worst lateness costs."""

from scheduler.exact.decisions import Decisions
from scheduler.lowered.window import NEVER


def encode(model: Decisions) -> None:
    """Lateness of every slot under every option; the worst is at least each of them."""
    window, crew, index = model.lowered.window, model.lowered.crew, model.lowered.index
    worst = None
    if window.worst:
        worst = model.cp.new_int_var(model.held.worst, model.reach, "worst lateness")
    for task in range(len(index.tasks)):
        for slot in index.slots_of(task):
            spent = model.duration(slot) if window.at_end else 0
            moment = model.start[slot] + spent
            for option in model.options(task):
                when = model.option[option], model.filled[slot]
                latest = int(window.latest[option]) + int(crew.least[slot])
                if model.closes[slot] > latest:
                    model.charge(window.late_hard, model.start[slot] - latest, *when)
                due = int(window.due[option])
                if due == NEVER or model.closes[slot] + spent <= due:
                    continue
                model.charge(int(window.late[option]), moment - due, *when)
                if worst is not None:
                    model.cp.add(worst >= moment - due).only_enforce_if(*when)
    if worst is not None:
        model.costs.add(window.worst, worst)
