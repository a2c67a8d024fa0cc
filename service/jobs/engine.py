"""The only file that knows DBOS Transact (3.4): queue, durable workflow, recovery, retention.

What its documentation leaves out: a cancelled or timed-out row does not interrupt a running step, so stopping
is done here; a worker that was taken for dead and wakes has its result dropped but its step runs
on, so the step is idempotent; only rows of the same `application_version` are picked up.
"""

import time
from collections.abc import Callable, Sequence

from dbos import DBOS, DBOSClient

JOB_SCHEMA = "jobs-1"
"""Changes when workers of the old version cannot run new jobs, or the other way round."""
MOST_RECOVERIES = 3

_QUEUE = "solve"
_WORKFLOW = "solve_job"
_FINAL = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
_BATCH = 500


def migrate(url: str) -> None:
    """Make or update the engine's own tables."""
    DBOS.migrate(url)


class Client:
    """The engine as seen from outside a worker."""

    def __init__(self, url: str):
        self._client = DBOSClient(system_database_url=url)

    def enqueue(self, job: str) -> None:
        """Have a worker run a job. Calling it again for the same job does nothing."""
        self._client.enqueue(
            {
                "workflow_name": _WORKFLOW,
                "queue_name": _QUEUE,
                "workflow_id": job,
                "app_version": JOB_SCHEMA,
            },
            job,
        )

    def finished(self, jobs: Sequence[str]) -> tuple[set[str], set[str]]:
        """(jobs that the engine has finished with, jobs that it does not know)."""
        done: set[str] = set()
        unknown = set(jobs)
        for begin in range(0, len(jobs), _BATCH):
            rows = self._client.list_workflows(
                workflow_ids=list(jobs[begin : begin + _BATCH]), load_input=False, load_output=False
            )
            done |= {row.workflow_id for row in rows if row.status in _FINAL}
            unknown -= {row.workflow_id for row in rows}
        return done, unknown

    def forget(self, older_than: float) -> int:
        """Delete the rows of jobs that ended more than so many seconds ago; how many."""
        before = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - older_than))
        count = 0
        while rows := self._client.list_workflows(
            status=list(_FINAL),
            completed_before=before,
            limit=_BATCH,
            load_input=False,
            load_output=False,
        ):
            self._client.delete_workflows([row.workflow_id for row in rows])
            count += len(rows)
        return count

    def close(self) -> None:
        """Close the connections."""
        self._client.destroy()


def launch(url: str, executor: str, parallel: int, search: Callable[[str], None]) -> None:
    """Make this process a worker that calls `search(job)` for each job of the queue.

    executor: an id that was never used before. parallel: jobs at the same time.
    """
    DBOS(
        config={
            "name": "lianxin",
            "system_database_url": url,
            "application_version": JOB_SCHEMA,
            "executor_id": executor,
            "log_level": "ERROR",
        }
    )

    @DBOS.step(name="search")
    def step(job: str) -> None:
        search(job)

    @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=MOST_RECOVERIES)
    def solve_job(job: str) -> None:
        step(job)

    DBOS.listen_queues([_QUEUE])
    DBOS.launch()
    DBOS.register_queue(
        _QUEUE,
        worker_concurrency=parallel,
        polling_interval_sec=0.2,
        on_conflict="always_update",
    )


def recover(executors: list[str]) -> int:
    """Put the unfinished jobs of dead workers back into the queue; how many."""
    # No public call recovers the jobs of given workers (`resume_workflow` restarts a running job).
    # Hence dbos is pinned below 4, and a test kills a worker.
    return len(DBOS._recover_pending_workflows(executors))
