"""The queue on its own: who is next, and who takes what."""

import threading

from sqlalchemy import update

from service.store import jobs, listing, queue
from service.store.listing import Filters
from service.store.tables import JobRow
from tests.service.queued import add, job, recover, store, take

__all__ = ["add", "store"]


def all_taken(store):
    taken = []
    while (id := take(store, f"w/{len(taken)}")) is not None:
        taken.append(id)
    return taken


def positions(store):
    with store.session() as session:
        rows = listing.page(session, listing.jobs(Filters({})), JobRow, 100).rows
    return [row.id for row in sorted(rows, key=lambda row: row.position or 0) if row.position]


def test_the_oldest_is_next(store, add):
    for number, ago in enumerate((1, 3, 2)):
        add(f"{number}", ago=ago)
    assert positions(store) == ["1", "2", "0"]
    assert all_taken(store) == ["1", "2", "0"]
    assert positions(store) == []


def test_interactive_jobs_come_before_batch_jobs(store, add):
    add("long", ago=9, seconds=61)
    add("short", ago=8, seconds=60)
    add("said-batch", ago=7, seconds=1, priority="batch")
    add("said-interactive", ago=6, priority="interactive")
    add("without", ago=5)
    expected = ["short", "said-interactive", "long", "said-batch", "without"]
    assert positions(store) == expected
    assert all_taken(store) == expected


def test_turns_are_fair(store, add):
    for number in range(3):
        add(f"a{number}", "a", ago=9 - number)
    for number in range(2):
        add(f"b{number}", "b", ago=5 - number)
    add("c0", "c", ago=1)
    expected = ["a0", "b0", "c0", "a1", "b1", "a2"]
    assert positions(store) == expected
    assert all_taken(store) == expected


def test_who_has_jobs_running_or_was_served_last_stands_behind(store, add):
    add("a0", "a")
    assert take(store) == "a0"
    add("a1", "a", ago=9)
    add("b0", "b", ago=1)
    # One of a is running, so that b comes first.
    assert positions(store) == ["b0", "a1"]
    with store.session() as session:
        jobs.end(session, "a0", "w/1", "succeeded")
    # None is running; a was served, b never.
    assert positions(store) == ["b0", "a1"]
    assert all_taken(store) == ["b0", "a1"]


def interrupt(store, id):
    """As after an attempt that was given back: it waits, and has begun."""
    with store.session() as session:
        session.execute(update(JobRow).where(JobRow.id == id).values(started=1.0))


def test_what_was_interrupted_comes_before_what_has_not_begun(store, add):
    add("a0", "a", ago=9)
    assert take(store) == "a0"
    add("a1", "a", ago=8)
    add("a2", "a", ago=1)
    add("b0", "b", ago=5)
    interrupt(store, "a2")
    # Before older ones of its own turn, and before another's though one of a is running.
    assert positions(store) == ["a2", "b0", "a1"]


def test_turns_are_taken_within_a_priority(store, add):
    add("a-long", "a", ago=9)
    add("a-short", "a", ago=5, seconds=1)
    add("b-short", "b", ago=1, seconds=1)
    # What of a waits for longer is no interactive job, and takes no turn among them.
    assert positions(store) == ["a-short", "b-short", "a-long"]


def test_a_job_that_goes_on_keeps_when_it_began(store, add):
    add("job")
    take(store)
    with store.session() as session:
        queue.release(session, "job", "w/1")
    interrupt(store, "job")
    take(store)
    row = job(store, "job")
    assert (row.started, row.attempts, row.taken > 1.0) == (1.0, 2, True)


def test_a_job_that_has_ended_is_nobodys(store, add):
    add("job")
    take(store)
    with store.session() as session:
        jobs.end(session, "job", "w/1", "succeeded", crashes=1)
    before = job(store, "job").event
    with store.session() as session:
        queue.extend(session, ["w/1"], 60)
        queue.release(session, "job", "w/1")
        queue.forgive(session, "job")
        jobs.request_stop(session, "job")
        assert queue.held(session, ["w/1"]) == {}
    row = job(store, "job")
    assert (row.state, row.lease_until, row.crashes) == ("succeeded", None, 1)
    assert (row.stop_requested, row.event) == (False, before)
    assert recover(store, gone=["w"], lapsed=True) == []


def test_a_job_starts_from_its_best_roster_else_from_the_one_that_came_with_it(store, add):
    add("job")
    with store.session() as session:
        row = jobs.find(session, "job")
        row.start_roster = "came"
        session.flush()
        assert queue.load(session, row)[1] == "came"
        jobs.save_roster(session, "job", "best", final=False)
        session.flush()
        assert queue.load(session, row)[1] == "best"


def test_a_job_that_wants_too_many_threads_is_overtaken_for_a_while(store, add):
    add("wide", ago=queue.PATIENCE_SECONDS - 30, cores=3)
    add("narrow", ago=1, cores=2)
    add("late", cores=2)
    assert take(store, cores=1) is None
    assert take(store, cores=2) == "narrow"
    with store.session() as session:
        session.execute(
            update(JobRow).where(JobRow.id == "wide").values(created=JobRow.created - 60)
        )
    # Now it has waited long enough: no other goes before it, until three are free,
    assert take(store, cores=2) is None
    # but for what is before it in the line.
    add("urgent", cores=2, seconds=1)
    assert take(store, cores=2) == "urgent"
    assert take(store, cores=3) == "wide"
    assert take(store, cores=2) == "late"


def test_a_worker_with_nothing_to_do_takes_any_job(store, add):
    add("wide", cores=64)
    assert take(store, cores=63) is None
    assert take(store, cores=None) == "wide"


def test_workers_that_take_at_once_take_each_job_once(store, add):
    wanted = [add(f"{number}", turn=f"{number % 3}") for number in range(24)]
    taken: list[str] = []

    def work(name: int) -> None:
        while (id := take(store, f"w{name}/{len(taken)}", f"w{name}")) is not None:
            taken.append(id)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(wanted)


def test_who_is_moved_is_counted_from_the_roster_that_came(store, add):
    add("job", most_moved=2)
    with store.session() as session:
        row = jobs.find(session, "job")
        row.start_roster = "came"
        jobs.save_roster(session, "job", "best", final=False)
        session.flush()
        assert queue.load(session, row)[1] == "came"
