import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.CascadingUpdateShadowVariable;
import ai.timefold.solver.core.api.domain.variable.InverseRelationShadowVariable;
import ai.timefold.solver.core.api.domain.variable.PreviousElementShadowVariable;

/** A visit, or one slot of a shift: what one person does, begun as early as it can be. */
@PlanningEntity
public class Job {
    @PlanningId int id;
    Task task;

    @InverseRelationShadowVariable(sourceVariableName = "jobs") Vehicle vehicle;
    @PreviousElementShadowVariable(sourceVariableName = "jobs") Job previous;
    @CascadingUpdateShadowVariable(targetMethodName = "settle") Integer start;

    public Job() {}

    Job(int id, Task task) {
        this.id = id;
        this.task = task;
    }

    public void settle() {
        if (vehicle == null || previous != null && previous.start == null) start = null;
        else if (previous == null) start = task.start(vehicle.earliest + vehicle.way(vehicle.from, task.place()));
        else start = task.start(previous.end() + vehicle.way(previous.task.place(), task.place()));
    }

    int end() { return start + task.duration(); }
    boolean undone() { return vehicle == null; }
    boolean unable() { return vehicle != null && !task.able()[vehicle.id]; }
    int late() { return start == null ? 0 : Math.max(0, start - task.lastStart()); }
    boolean canJoin(Vehicle other) { return task.able()[other.id]; }

    /** The earliest start on the vehicle's day, whatever else is done on it; ways apart. */
    int earliestOn(Vehicle other) { return task.start(other.earliest); }
}
