"""A plain CP-SAT model, as a textbook has it: a circuit for visits, or booleans for shifts."""

from ortools.sat.python import cp_model

from benchmarks.peers import cpsat_routes, cpsat_shifts
from benchmarks.peers.features import lacking
from scheduler.model import Instance, Outcome, Roster
from scheduler.stop import Stop


def supports(instance: Instance) -> list[str]:
    """What the instance asks for that neither model expresses."""
    rosters = not instance.visits
    return lacking(instance, cpsat_shifts.EXPRESSES if rosters else cpsat_routes.EXPRESSES)


def solve(instance: Instance, seconds: float, seed: int, cores: int) -> Roster:
    """The best roster within the seconds, building the model included; empty if there was none."""
    watch = Stop(seconds=seconds)
    builder = cpsat_routes.CircuitModel if instance.visits else cpsat_shifts.ShiftModel
    model = builder(instance)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.0, seconds - watch.elapsed)
    solver.parameters.num_workers = cores
    solver.parameters.random_seed = seed
    if cores == 1:
        # Alone, one worker would never try a neighbourhood: let it take turns, and spend none of
        # them on the slower of the searches that eight workers would run side by side.
        solver.parameters.interleave_search = True
        solver.parameters.subsolvers.append("default_lp")
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        empty = Roster(horizon=instance.horizon, instance=instance.id)
        return empty.model_copy(update={"outcome": Outcome(status="unknown")})
    proven = "optimal" if status == cp_model.OPTIMAL else "feasible"
    return model.roster(solver).model_copy(update={"outcome": Outcome(status=proven)})
