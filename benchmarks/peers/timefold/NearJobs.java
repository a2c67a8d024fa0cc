import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs near each in place and time that some vehicle could do as well. */
final class NearJobs {
    static final int MOST = 40;
    /** A minute of the way counts as ten, three minutes of waiting as ten; who waits longer is not near. */
    private static final int WAY = 10, WAIT = 3, LONGEST_WAIT = 600, CLASH = 60;

    private NearJobs() {}

    /** By job, the nearest first. */
    static int[][] of(Week week) {
        List<List<Job>> able = new ArrayList<>();
        for (int vehicle = 0; vehicle < week.vehicles.size(); vehicle++) able.add(new ArrayList<>());
        for (Job job : week.jobs) for (int vehicle : job.task.vehicles()) able.get(vehicle).add(job);
        int[][] near = new int[week.jobs.size()][];
        for (Job job : week.jobs) near[job.id] = of(job, week, able);
        return near;
    }

    private static int[] of(Job job, Week week, List<List<Job>> able) {
        Set<Job> shared = new HashSet<>();
        for (int vehicle : job.task.vehicles()) shared.addAll(able.get(vehicle));
        shared.remove(job);
        Map<Job, Integer> distance = new HashMap<>();
        for (Job other : shared) {
            int way = week.vehicles.get(0).minutes[job.task.place()][other.task.place()];
            int wait = Math.min(wait(job.task, other.task, way), wait(other.task, job.task, way));
            if (wait == Integer.MAX_VALUE) wait = CLASH;
            if (wait < LONGEST_WAIT) distance.put(other, way * WAY + wait / WAIT);
        }
        return distance.keySet().stream()
            .sorted(Comparator.<Job>comparingInt(distance::get).thenComparingInt(other -> other.id))
            .limit(MOST).mapToInt(other -> other.id).toArray();
    }

    /** Least minutes of waiting if one follows the other in the best of their windows; the most there are if it cannot. */
    private static int wait(Task task, Task next, int way) {
        int least = Integer.MAX_VALUE;
        for (int window = 0; window < task.first().length; window++)
            for (int then = 0; then < next.first().length; then++) {
                int ready = task.duration() + way;
                if (task.first()[window] + ready <= next.last()[then])
                    least = Math.min(least, Math.max(0, next.first()[then] - task.last()[window] - ready));
            }
        return least;
    }
}
