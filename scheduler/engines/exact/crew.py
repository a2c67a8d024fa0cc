"""Crew: when slots start, each `least..most` ticks after its task's start, and by different people."""

from ortools.sat.python.cp_model import IntVar

from scheduler.engines.exact.decisions import Decisions


def encode(model: Decisions) -> None:
    """Starts of slots and tasks; a task is done when a slot of it is filled."""
    for task in range(len(model.lowered.index.tasks)):
        model.done.append(_done(model, task))
        begin = _starts(model, task)
        _one_each(model, task)
        _open(model, task, begin)


def _done(model: Decisions, task: int) -> IntVar:
    filled = [model.filled[slot] for slot in model.lowered.index.slots_of(task)]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return model.constant(0)
    done = model.literal(f"task {task} done")
    model.cp.add_max_equality(done, filled)
    return done


def _starts(model: Decisions, task: int) -> IntVar:
    """The task's start; slots that start with it share its variable."""
    crew, window = model.lowered.crew, model.lowered.window
    options = model.options(task)
    first = min((int(window.earliest[option]) for option in options), default=0)
    last = max((int(window.latest[option]) for option in options), default=first)
    late = model.units(window.late_hard)
    last = model.reach if late is None else min(model.reach, max(first, last + late))
    begin: IntVar | None = None
    for slot in model.lowered.index.slots_of(task):
        least, most = int(crew.least[slot]), int(crew.most[slot])
        opens, closes = first + least, max(first + least, min(last + least, model.reach))
        if not least and not most:
            if begin is None:
                begin = model.cp.new_int_var(first, last, f"start of task {task}")
            start = begin
        else:
            start = model.cp.new_int_var(opens, closes, f"start of slot {slot}")
        model.start.append(start)
        model.opens.append(opens)
        model.closes.append(closes)
    whole = model.cp.new_int_var(first, last, f"start of task {task}") if begin is None else begin
    for slot in model.lowered.index.slots_of(task):
        if model.start[slot] is not whole:
            model.cp.add_linear_constraint(
                model.start[slot] - whole, int(crew.least[slot]), int(crew.most[slot])
            ).only_enforce_if(model.filled[slot])
    return whole


def _one_each(model: Decisions, task: int) -> None:
    """No two slots of a task have one person."""
    seats = model.lead(model.lowered.index.slots_of(task))
    if len(seats) > 1:
        for person in range(len(model.lowered.index.people)):
            literals = [
                model.person[seat, person] for seat in seats if (seat, person) in model.person
            ]
            if len(literals) > 1:
                model.cp.add_at_most_one(literals)


def _open(model: Decisions, task: int, begin: IntVar) -> None:
    """One option of a done task, and none of it starts before that option does."""
    window = model.lowered.window
    options = model.options(task)
    if len(options) == 1:
        model.option.append(model.done[task])
        _round(model, task, options[0], model.done[task])
        return
    literals = []
    for option in options:
        chosen = model.literal(f"task {task} by option {option}")
        _round(model, task, option, chosen)
        model.cp.add(begin >= int(window.earliest[option])).only_enforce_if(chosen)
        model.option.append(chosen)
        literals.append(chosen)
    model.cp.add(sum(literals) == model.done[task])


def _round(model: Decisions, task: int, option: int, chosen: IntVar) -> None:
    """By this option, filled slots start at whole multiples of its ticks."""
    every = int(model.lowered.window.every[option])
    if every == 1:
        return
    for slot in model.lead(model.lowered.index.slots_of(task)):
        count = model.cp.new_int_var(0, model.reach // every, "")
        rounded = model.start[slot] == every * count
        model.cp.add(rounded).only_enforce_if(chosen, model.filled[slot])
