"""Crew: when slots start, each `least..most` ticks after its task's start, and by different people."""

from scheduler.exact.decisions import Decisions, each


def encode(model: Decisions) -> None:
    """Starts of slots and tasks; a task is done when a slot of it is filled."""
    index, crew, cp = model.lowered.index, model.lowered.crew, model.cp
    least, most = each(crew.least), each(crew.most)
    for slot in range(len(index.slots)):
        model.start.append(model.moment(f"start of slot {slot}"))
    for task in range(len(index.tasks)):
        slots = index.slots_of(task)
        done = model.literal(f"task {task} done")
        cp.add_max_equality(done, [model.filled[slot] for slot in slots])
        model.done.append(done)
        begin = model.moment(f"start of task {task}")
        for slot in slots:
            cp.add_linear_constraint(
                model.start[slot] - begin, least[slot], most[slot]
            ).only_enforce_if(model.filled[slot])
        for person in range(len(index.people)):
            own = [model.person[slot, person] for slot in slots if (slot, person) in model.person]
            cp.add_at_most_one(own)
        _open(model, task, begin)


def _open(model: Decisions, task: int, begin) -> None:
    """One option of a done task, and none of it starts before that option does."""
    window = model.lowered.window
    own = []
    for option in model.options(task):
        chosen = model.literal(f"task {task} by option {option}")
        model.cp.add(begin >= int(window.earliest[option])).only_enforce_if(chosen)
        model.option.append(chosen)
        own.append(chosen)
    model.cp.add(sum(own) == model.done[task])
