import java.util.List;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;

/** A day or a week of single people's work. */
@PlanningSolution
public class Week {
    @PlanningEntityCollectionProperty public List<Vehicle> vehicles;
    @PlanningEntityCollectionProperty @ValueRangeProvider public List<Job> jobs;
    @PlanningScore public HardMediumSoftLongScore score;
    /** Points of a minute of overtime. */
    int overtimePoints;

    public Week() {}
}
