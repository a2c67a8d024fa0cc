"""Window: what lateness costs, hard and soft, what the worst lateness and a moved time cost."""

from scheduler.engines.exact.decisions import Decisions, each
from scheduler.lowered.window import NEVER


def encode(model: Decisions) -> None:
    """Lateness of every slot under every option; the worst is at least each of them."""
    window, crew, index = model.lowered.window, model.lowered.crew, model.lowered.index
    worst = None
    if window.worst:
        worst = model.cp.new_int_var(0, model.reach, "worst lateness")
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
    _published(model)


def _published(model: Decisions) -> None:
    """A slot pays once unless its start is as published."""
    window, task_of = model.lowered.window, model.lowered.index.task_of
    for slot, points in enumerate(each(window.published)):
        if not points:
            continue
        for option in model.options(task_of[slot]):
            when = model.option[option], model.filled[slot]
            first = int(window.published_first[option] + window.published_after[slot])
            last = int(window.published_last[option] + window.published_after[slot])
            if first > last:
                model.charge_once(points, *when)
                continue
            as_published = model.literal("")
            model.cp.add(model.start[slot] >= first).only_enforce_if(as_published)
            model.cp.add(model.start[slot] <= last).only_enforce_if(as_published)
            model.charge_once(points, *when, ~as_published)
