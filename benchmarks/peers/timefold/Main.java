import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverConfigOverride;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.constructionheuristic.placer.QueuedValuePlacerConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.list.ListChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.value.ValueSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Main PROBLEM ROUTES SECONDS SEED stock|expert
 *
 * Stock is what the vehicle-routing quickstart has: no phases are named. Expert constructs without hopeless
 * tries, then anneals by nearby moves. The seconds count from here; ROUTES receives "hard medium soft moves",
 * then a line of job numbers for each vehicle.
 */
public final class Main {
    private static final String TEMPERATURE = "0hard/1medium/5soft";

    private Main() {}

    public static void main(String[] words) throws IOException {
        long began = System.nanoTime();
        Week week = Problem.read(Path.of(words[0]));
        Rules.limits = week.vehicles.stream().anyMatch(vehicle -> vehicle.worker.limited());
        Rules.overtimePoints = week.overtimePoints;
        SolverConfig config = new SolverConfig()
            .withSolutionClass(Week.class)
            .withEntityClasses(Vehicle.class, Job.class)
            .withConstraintProviderClass(Rules.class)
            .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
            .withRandomSeed(Long.parseLong(words[3]));
        if (words[4].equals("expert")) config.withPhases(construction(week.jobs.size()), annealing());
        SolverFactory<Week> factory = SolverFactory.create(config);
        long millis = (long) (1000 * Double.parseDouble(words[2])) - (System.nanoTime() - began) / 1_000_000;
        TerminationConfig left = new TerminationConfig().withSpentLimit(Duration.ofMillis(Math.max(1, millis)));
        Solver<Week> solver = factory.buildSolver(new SolverConfigOverride<Week>().withTerminationConfig(left));
        Week best = solver.solve(week);
        // Stopped amid construction, it is left with the score of the last try.
        SolutionManager.<Week, HardMediumSoftLongScore>create(factory).update(best);
        write(Path.of(words[1]), best, ((DefaultSolver<Week>) solver).getMoveEvaluationCount());
    }

    /** Every job once, in the order given; left alone, a placer offers again and again what stays undone. */
    private static ConstructionHeuristicPhaseConfig construction(int jobs) {
        ListChangeMoveSelectorConfig moves = new ListChangeMoveSelectorConfig()
            .withValueSelectorConfig(new ValueSelectorConfig().withMimicSelectorRef("next"));
        moves.setFilterClass(Fitting.class);
        return new ConstructionHeuristicPhaseConfig()
            .withEntityPlacerConfig(new QueuedValuePlacerConfig()
                .withValueSelectorConfig(new ValueSelectorConfig().withId("next"))
                .withMoveSelectorConfig(moves))
            .withTerminationConfig(new TerminationConfig().withStepCountLimit(jobs));
    }

    private static LocalSearchPhaseConfig annealing() {
        return new LocalSearchPhaseConfig()
            .withMoveSelectorConfig(new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(NearbyMoves.class))
            .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1))
            .withAcceptorConfig(new LocalSearchAcceptorConfig().withSimulatedAnnealingStartingTemperature(TEMPERATURE));
    }

    private static void write(Path path, Week week, long moves) throws IOException {
        try (PrintWriter out = new PrintWriter(path.toFile())) {
            out.printf("%d %d %d %d%n", -week.score.hardScore(), -week.score.mediumScore(), -week.score.softScore(), moves);
            for (Vehicle vehicle : week.vehicles)
                out.println(vehicle.jobs.stream().map(job -> "" + job.id).collect(Collectors.joining(" ")));
        }
    }
}
