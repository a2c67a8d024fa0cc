"""Window: what lateness costs, hard and soft, and what the worst lateness costs."""

from scheduler.exact.decisions import Decisions
from scheduler.lowered.window import NEVER


def encode(model: Decisions) -> None:
    """Lateness of every slot under every option; the worst is at least each of them."""
    window, crew, index = model.lowered.window, model.lowered.crew, model.lowered.index
    worst = model.moment("worst lateness") if window.worst else None
    for task in range(len(index.tasks)):
        for slot in index.slots_of(task):
            moment = model.end(slot) if window.at_end else model.start[slot]
            for option in model.options(task):
                when = model.option[option], model.filled[slot]
                latest = int(window.latest[option]) + int(crew.least[slot])
                model.charge(window.late_hard, model.start[slot] - latest, *when)
                due = int(window.due[option])
                if due == NEVER:
                    continue
                model.charge(int(window.late[option]), moment - due, *when)
                if worst is not None:
                    model.cp.add(worst >= moment - due).only_enforce_if(*when)
    if worst is not None:
        model.costs.add(window.worst, worst)
