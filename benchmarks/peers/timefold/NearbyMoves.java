import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * What an expert would add to the open edition, whose nearby selection is sold apart: a job goes before or
 * behind one that is near in place and time, or takes its place; pieces and tails of days change hands.
 */
public class NearbyMoves implements MoveIteratorFactory<Week, Relist> {
    /** Shares of draws, in twentieths; what cannot be drawn as one of the others becomes a near one. */
    private static final int LEAVE = 1, ANYWHERE = 7, PIECE = 3, TAILS = 2, ALL = 20;
    private static final int LONGEST_PIECE = 4;
    private int[][] near;

    @Override
    public void phaseStarted(ScoreDirector<Week> director) { near = NearJobs.of(director.getWorkingSolution()); }

    @Override
    public long getSize(ScoreDirector<Week> director) {
        return (long) director.getWorkingSolution().jobs.size() * NearJobs.MOST;
    }

    @Override
    public Iterator<Relist> createOriginalMoveIterator(ScoreDirector<Week> director) {
        throw new UnsupportedOperationException("moves are drawn at random");
    }

    @Override
    public Iterator<Relist> createRandomMoveIterator(ScoreDirector<Week> director, Random random) {
        Week week = director.getWorkingSolution();
        return new Iterator<>() {
            @Override
            public boolean hasNext() { return true; }

            @Override
            public Relist next() {
                Relist move = null;
                while (move == null) move = draw(week, random);
                return move;
            }
        };
    }

    /** A move, or null where what was drawn is none. */
    private Relist draw(Week week, Random random) {
        Job job = week.jobs.get(random.nextInt(week.jobs.size()));
        int kind = random.nextInt(ALL);
        if (kind < LEAVE && job.vehicle != null) return leave(job);
        if (kind < LEAVE + ANYWHERE || near[job.id].length == 0) return anywhere(week, job, random);
        Job to = week.jobs.get(near[job.id][nearest(near[job.id].length, random)]);
        if (kind >= ALL - TAILS - PIECE && job.vehicle != null && to.vehicle != null && job.vehicle != to.vehicle) {
            Relist part = kind >= ALL - TAILS ? tails(job, to) : piece(job, to, random);
            if (part != null) return part;
        }
        if (to.vehicle == null || !job.canJoin(to.vehicle)) return null;
        int where = random.nextInt(3);
        return where == 2 ? replace(job, to) : beside(job, to, where);
    }

    /** The nearer the oftener: chances fall in a straight line. */
    private static int nearest(int count, Random random) {
        return Math.min(count - 1, (int) (count * (1 - Math.sqrt(1 - random.nextDouble()))));
    }

    private static Relist leave(Job job) {
        return new Relist(job.vehicle, without(job.vehicle, job), null, null, null, job);
    }

    /** Into a day of anybody able, where windows let it stand. */
    private static Relist anywhere(Week week, Job job, Random random) {
        int[] able = job.task.vehicles();
        Vehicle vehicle = week.vehicles.get(able[random.nextInt(able.length)]);
        int places = vehicle.jobs.size() + 1, place = random.nextInt(places);
        for (int tries = 0; !Fitting.fits(job, vehicle, place); tries++) {
            if (tries == places) return null;
            place = (place + 1) % places;
        }
        if (job.vehicle == vehicle) {
            int now = vehicle.jobs.indexOf(job);
            if (place == now || place == now + 1) return null;
            if (place > now) place--;
        }
        return into(job, vehicle, place);
    }

    private static Relist beside(Job job, Job to, int behind) {
        if (behind == 0 ? to.previous == job : job.previous == to) return null;
        return into(job, to.vehicle, without(to.vehicle, job).indexOf(to) + behind);
    }

    /** `place`: in the vehicle's list without the job. */
    private static Relist into(Job job, Vehicle vehicle, int place) {
        Vehicle from = job.vehicle;
        List<Job> jobs = without(vehicle, job);
        jobs.add(place, job);
        if (from == null) return new Relist(vehicle, jobs, null, null, job, null);
        if (from == vehicle) return new Relist(vehicle, jobs, null, null, null, null);
        return new Relist(vehicle, jobs, from, without(from, job), null, null);
    }

    /** The job takes another's place, which goes where the job was, or is undone where nobody there can do it. */
    private static Relist replace(Job job, Job to) {
        Vehicle from = job.vehicle, vehicle = to.vehicle;
        List<Job> jobs = without(vehicle, job);
        jobs.set(jobs.indexOf(to), job);
        if (from == null || from == vehicle)
            return new Relist(vehicle, jobs, null, null, from == null ? job : null, to);
        List<Job> left = without(from, job);
        if (!to.canJoin(from)) return new Relist(vehicle, jobs, from, left, null, to);
        int place = 0;
        while (place < left.size() && left.get(place).task.first()[0] <= to.task.first()[0]) place++;
        left.add(place, to);
        return new Relist(vehicle, jobs, from, left, null, null);
    }

    /** The job, and some that follow it, go behind another in a day of somebody else. */
    private static Relist piece(Job job, Job to, Random random) {
        Vehicle from = job.vehicle, vehicle = to.vehicle;
        int first = from.jobs.indexOf(job);
        int until = Math.min(from.jobs.size(), first + 2 + random.nextInt(LONGEST_PIECE - 1));
        List<Job> piece = from.jobs.subList(first, until);
        if (!canJoin(piece, vehicle)) return null;
        List<Job> jobs = new ArrayList<>(vehicle.jobs), left = new ArrayList<>(from.jobs);
        jobs.addAll(jobs.indexOf(to) + 1, piece);
        left.subList(first, until).clear();
        return new Relist(vehicle, jobs, from, left, null, null);
    }

    /** The job and all behind it change hands with all that follows another. */
    private static Relist tails(Job job, Job to) {
        Vehicle from = job.vehicle, vehicle = to.vehicle;
        int cut = from.jobs.indexOf(job), other = vehicle.jobs.indexOf(to) + 1;
        List<Job> tail = from.jobs.subList(cut, from.jobs.size());
        List<Job> otherTail = vehicle.jobs.subList(other, vehicle.jobs.size());
        if (!canJoin(tail, vehicle) || !canJoin(otherTail, from)) return null;
        List<Job> jobs = new ArrayList<>(vehicle.jobs.subList(0, other));
        List<Job> left = new ArrayList<>(from.jobs.subList(0, cut));
        jobs.addAll(tail);
        left.addAll(otherTail);
        return new Relist(vehicle, jobs, from, left, null, null);
    }

    private static boolean canJoin(List<Job> jobs, Vehicle vehicle) {
        for (Job job : jobs) if (!job.canJoin(vehicle)) return false;
        return true;
    }

    private static List<Job> without(Vehicle vehicle, Job job) {
        List<Job> jobs = new ArrayList<>(vehicle.jobs);
        jobs.remove(job);
        return jobs;
    }
}
