import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.count;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sum;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;

/** The rules of benchmarks/reduced.py. A breach weighs more than any work left undone at a hard price. */
public class Rules implements ConstraintProvider {
    private static final HardMediumSoftLongScore HARD = HardMediumSoftLongScore.ONE_HARD,
        MEDIUM = HardMediumSoftLongScore.ONE_MEDIUM, SOFT = HardMediumSoftLongScore.ONE_SOFT,
        BREACH = HardMediumSoftLongScore.ofHard(1_000_000);

    /** Set before a solver is made: leave out what a single day has no use for, and what overtime costs. */
    static boolean limits;
    static int overtimePoints;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory rules) {
        Constraint[] routes = routes(rules);
        if (!limits) return routes;
        Constraint[] days = days(rules), weeks = weeks(rules);
        Constraint[] all = new Constraint[routes.length + days.length + weeks.length];
        System.arraycopy(routes, 0, all, 0, routes.length);
        System.arraycopy(days, 0, all, routes.length, days.length);
        System.arraycopy(weeks, 0, all, routes.length + days.length, weeks.length);
        return all;
    }

    private Constraint[] routes(ConstraintFactory rules) {
        return new Constraint[] {
            rules.forEach(Job.class).filter(Job::unable).penalizeLong(BREACH, job -> 1L).asConstraint("unable"),
            rules.forEach(Job.class).filter(job -> job.late() > 0)
                .penalizeLong(BREACH, Job::late).asConstraint("late"),
            used(rules).filter(day -> day.lateHome() > 0)
                .penalizeLong(BREACH, Vehicle::lateHome).asConstraint("late home"),
            undone(rules).filter(job -> job.task.hard() > 0)
                .penalizeLong(HARD, job -> job.task.hard()).asConstraint("undone, hard"),
            undone(rules).filter(job -> job.task.medium() > 0)
                .penalizeLong(MEDIUM, job -> job.task.medium()).asConstraint("undone, medium"),
            undone(rules).filter(job -> job.task.soft() > 0)
                .penalizeLong(SOFT, job -> job.task.soft()).asConstraint("undone, soft"),
            used(rules).penalizeLong(SOFT, day -> (long) day.price * day.travel()).asConstraint("travel"),
        };
    }

    private Constraint[] days(ConstraintFactory rules) {
        return new Constraint[] {
            used(rules).filter(day -> Worker.over(day.work(), day.worker.longestDay()) > 0)
                .penalizeLong(BREACH, day -> Worker.over(day.work(), day.worker.longestDay()))
                .asConstraint("longest day"),
            used(rules).filter(day -> Worker.over(day.count(), day.worker.dailyTasks()) > 0)
                .penalizeLong(BREACH, day -> Worker.over(day.count(), day.worker.dailyTasks()))
                .asConstraint("daily tasks"),
            used(rules).filter(day -> Worker.over(day.work(), day.worker.dailyMinutes()) > 0)
                .penalizeLong(SOFT, day -> (long) overtimePoints * Worker.over(day.work(), day.worker.dailyMinutes()))
                .asConstraint("overtime"),
            used(rules).filter(day -> day.worker.rest() != Worker.NONE)
                .join(used(rules), equal(Vehicle::worker, Vehicle::worker), equal(Vehicle::nextDay, Vehicle::day))
                .filter((day, next) -> day.restShort(next) > 0)
                .penalizeLong(BREACH, Vehicle::restShort).asConstraint("rest"),
        };
    }

    private Constraint[] weeks(ConstraintFactory rules) {
        return new Constraint[] {
            used(rules).filter(day -> day.worker.weeklyMinutes() != Worker.NONE)
                .groupBy(Vehicle::worker, Vehicle::week, sum(Vehicle::work))
                .filter((worker, week, work) -> work > worker.weeklyMinutes())
                .penalizeLong(BREACH, (worker, week, work) -> work - worker.weeklyMinutes())
                .asConstraint("weekly minutes"),
            used(rules).filter(day -> day.worker.weeklyTasks() != Worker.NONE)
                .groupBy(Vehicle::worker, Vehicle::week, sum(Vehicle::count))
                .filter((worker, week, tasks) -> tasks > worker.weeklyTasks())
                .penalizeLong(BREACH, (worker, week, tasks) -> tasks - worker.weeklyTasks())
                .asConstraint("weekly tasks"),
            used(rules).filter(day -> day.worker.weeklyDays() != Worker.NONE)
                .groupBy(Vehicle::worker, Vehicle::week, count())
                .filter((worker, week, days) -> days > worker.weeklyDays())
                .penalizeLong(BREACH, (worker, week, days) -> days - worker.weeklyDays())
                .asConstraint("rest day"),
        };
    }

    private UniConstraintStream<Vehicle> used(ConstraintFactory rules) {
        return rules.forEach(Vehicle.class).filter(Vehicle::used);
    }

    private UniConstraintStream<Job> undone(ConstraintFactory rules) {
        return rules.forEachIncludingUnassigned(Job.class).filter(Job::undone);
    }
}
