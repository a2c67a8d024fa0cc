import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.Move;
import ai.timefold.solver.core.impl.heuristic.selector.common.decorator.SelectionFilter;
import ai.timefold.solver.core.impl.heuristic.selector.move.generic.list.ListAssignMove;
import java.util.List;

/** Keeps construction from trying places where ability or windows alone forbid a job. */
public class Fitting implements SelectionFilter<Week, Move<Week>> {
    @Override
    public boolean accept(ScoreDirector<Week> director, Move<Week> move) {
        return !(move instanceof ListAssignMove<Week> assign)
            || fits((Job) assign.getMovedValue(), (Vehicle) assign.getDestinationEntity(), assign.getDestinationIndex());
    }

    /** Whether a job can stand at a place of a vehicle's list, ways and all but its neighbours apart. */
    static boolean fits(Job job, Vehicle vehicle, int place) {
        if (!job.canJoin(vehicle)) return false;
        List<Job> jobs = vehicle.jobs;
        if (place > 0) {
            Job before = jobs.get(place - 1);
            if (before != job && before.start != null && before.end() > job.task.lastStart()) return false;
        }
        if (place < jobs.size()) {
            Job after = jobs.get(place);
            if (after != job && job.earliestOn(vehicle) + job.task.duration() > after.task.lastStart()) return false;
        }
        return true;
    }
}
