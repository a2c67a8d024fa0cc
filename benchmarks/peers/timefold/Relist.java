import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import java.util.Collection;
import java.util.List;

/**
 * Gives one or two vehicles other lists.
 *
 * other: null where only one changes. comes: a job that was undone and is now in the first one's list,
 * leaves: one that was in it and is now undone; null where there is none.
 */
public final class Relist extends AbstractMove<Week> {
    private static final String JOBS = "jobs";
    private final Vehicle vehicle, other;
    private final List<Job> jobs, otherJobs;
    private final Job comes, leaves;

    Relist(Vehicle vehicle, List<Job> jobs, Vehicle other, List<Job> otherJobs, Job comes, Job leaves) {
        this.vehicle = vehicle;
        this.jobs = jobs;
        this.other = other;
        this.otherJobs = otherJobs;
        this.comes = comes;
        this.leaves = leaves;
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Week> director) { return true; }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Week> director) {
        if (leaves != null) director.beforeListVariableElementUnassigned(vehicle, JOBS, leaves);
        if (comes != null) director.beforeListVariableElementAssigned(vehicle, JOBS, comes);
        Difference here = new Difference(vehicle.jobs, jobs);
        Difference there = other == null ? null : new Difference(other.jobs, otherJobs);
        director.beforeListVariableChanged(vehicle, JOBS, here.from, here.until);
        if (there != null) director.beforeListVariableChanged(other, JOBS, there.from, there.until);
        here.apply(vehicle.jobs, jobs);
        if (there != null) there.apply(other.jobs, otherJobs);
        director.afterListVariableChanged(vehicle, JOBS, here.from, here.untilAfter);
        if (there != null) director.afterListVariableChanged(other, JOBS, there.from, there.untilAfter);
        if (comes != null) director.afterListVariableElementAssigned(vehicle, JOBS, comes);
        if (leaves != null) director.afterListVariableElementUnassigned(vehicle, JOBS, leaves);
    }

    @Override
    public Relist rebase(ScoreDirector<Week> director) {
        throw new UnsupportedOperationException("only one thread moves");
    }

    @Override
    public Collection<?> getPlanningEntities() { return other == null ? List.of(vehicle) : List.of(vehicle, other); }

    @Override
    public Collection<?> getPlanningValues() { return jobs; }

    /** The part [from, until) of a list that becomes [from, untilAfter) of another. */
    private static final class Difference {
        final int from, until, untilAfter;

        Difference(List<Job> before, List<Job> after) {
            int first = 0, end = before.size(), endAfter = after.size();
            while (first < end && first < endAfter && before.get(first) == after.get(first)) first++;
            while (end > first && endAfter > first && before.get(end - 1) == after.get(endAfter - 1)) {
                end--;
                endAfter--;
            }
            from = first;
            until = end;
            untilAfter = endAfter;
        }

        void apply(List<Job> list, List<Job> after) {
            List<Job> part = list.subList(from, until);
            part.clear();
            part.addAll(after.subList(from, untilAfter));
        }
    }
}
