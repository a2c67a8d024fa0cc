import java.util.ArrayList;
import java.util.List;
import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.PlanningListVariable;

/** A worker's day: what is done on it, in order. from, to: places, NOWHERE if it begins or ends at a job. */
@PlanningEntity
public class Vehicle {
    static final int NOWHERE = -1;

    @PlanningId int id;
    Worker worker;
    int day, week, from, to, earliest, latest, price;
    int[][] minutes;
    boolean travelCounts;

    @PlanningListVariable(allowsUnassignedValues = true) List<Job> jobs = new ArrayList<>();

    public Vehicle() {}

    int way(int before, int after) { return before == NOWHERE || after == NOWHERE ? 0 : minutes[before][after]; }
    boolean used() { return !jobs.isEmpty(); }
    Worker worker() { return worker; }
    int day() { return day; }
    int nextDay() { return day + 1; }
    int week() { return week; }
    int count() { return jobs.size(); }

    int travel() {
        if (jobs.isEmpty()) return 0;
        int total = 0, place = from;
        for (Job job : jobs) {
            total += way(place, job.task.place());
            place = job.task.place();
        }
        return total + way(place, to);
    }

    int work() {
        int total = travelCounts ? travel() : 0;
        for (Job job : jobs) total += job.task.duration();
        return total;
    }

    /** Minutes back too late. */
    int lateHome() {
        if (jobs.isEmpty()) return 0;
        Job last = jobs.get(jobs.size() - 1);
        return last.start == null ? 0 : Math.max(0, last.end() + way(last.task.place(), to) - latest);
    }

    /** Minutes of rest that lack between this day and another, both used. */
    int restShort(Vehicle next) {
        Integer begins = next.jobs.get(0).start;
        Job last = jobs.get(jobs.size() - 1);
        return begins == null || last.start == null ? 0 : Math.max(0, worker.rest() - (begins - last.end()));
    }
}
