import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the problem that problem.py writes: 32-bit integers, high byte first, each list after its length. */
final class Problem {
    private final IntBuffer numbers;

    private Problem(Path path) throws IOException {
        numbers = ByteBuffer.wrap(Files.readAllBytes(path)).asIntBuffer();
    }

    static Week read(Path path) throws IOException { return new Problem(path).week(); }

    private Week week() {
        boolean travelCounts = next() == 1;
        int overtimePoints = next(), modes = next(), places = next();
        int[] price = new int[modes];
        int[][][] minutes = new int[modes][places][places];
        for (int mode = 0; mode < modes; mode++) {
            price[mode] = next();
            for (int[] row : minutes[mode]) numbers.get(row);
        }
        Worker[] workers = new Worker[next()];
        for (int id = 0; id < workers.length; id++)
            workers[id] = new Worker(id, next(), next(), next(), next(), next(), next(), next());
        Week week = new Week();
        week.overtimePoints = overtimePoints;
        week.vehicles = new ArrayList<>();
        for (int id = 0, count = next(); id < count; id++) {
            Vehicle vehicle = new Vehicle();
            vehicle.id = id;
            vehicle.worker = workers[next()];
            vehicle.day = next();
            vehicle.week = next();
            int mode = next();
            vehicle.minutes = minutes[mode];
            vehicle.price = price[mode];
            vehicle.from = next();
            vehicle.to = next();
            vehicle.earliest = next();
            vehicle.latest = next();
            vehicle.travelCounts = travelCounts;
            week.vehicles.add(vehicle);
        }
        week.jobs = new ArrayList<>();
        for (int id = 0, count = next(); id < count; id++) week.jobs.add(new Job(id, task(week.vehicles)));
        return week;
    }

    private Task task(List<Vehicle> vehicles) {
        int place = next(), duration = next(), hard = next(), medium = next(), soft = next();
        int[] first = list(), last = list(), able = list();
        boolean[] isAble = new boolean[vehicles.size()];
        for (int vehicle : able) isAble[vehicle] = true;
        return new Task(place, duration, first, last, hard, medium, soft, isAble, able);
    }

    private int next() { return numbers.get(); }
    private int[] list() { return IntStream.range(0, next()).map(each -> next()).toArray(); }
}
