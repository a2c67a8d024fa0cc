"""Searches forked from a warm process: quick, apart from each other, and gone with whoever started them."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.formats.limited import limit_process
from service.children.forked import ForkedProcess
from service.children.warm import WarmProcess
from service.examples import TINY
from service.jobs.child import Child, EndedError
from service.orders import SolveOrder
from tests.service.conftest import PUPPETS, until

ORDER = SolveOrder(
    seconds=600,
    idle_seconds=None,
    steps=None,
    seed=0,
    cores=1,
    memory_mb=8192,
    save_seconds=0.1,
    niceness=10,
)


@pytest.fixture(scope="module")
def warm():
    process = WarmProcess(PUPPETS)
    yield process
    process.close()


@pytest.fixture
def search(warm):
    """Starts a search of the tiny instance under a title."""
    children = []

    def start(title, warm=warm, order=ORDER):
        child = Child(PUPPETS, warm)
        children.append(child)
        child.send(order.model_dump_json(), json.dumps(TINY | {"title": title}), "null")
        return child

    yield start
    for child in children:
        child.__exit__()


def last(child):
    """The message that ends a search."""
    while True:
        message = child.receive(120)
        assert message is not None, "no word from the child"
        if message["kind"] not in ("ready", "phase", "progress", "incumbent"):
            return message


def until_incumbent(child):
    while (child.receive(120) or {}).get("kind") != "incumbent":
        pass


def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_search_is_forked_and_answers_as_a_cold_one_does(search):
    forked, cold = search("quick"), search("quick", warm=None)
    assert isinstance(forked._process, ForkedProcess)
    assert isinstance(cold._process, subprocess.Popen)
    assert last(forked) == last(cold)


def test_a_crash_ends_one_search_only(search):
    other, crashing = search("count"), search("crash")
    with pytest.raises(EndedError) as ended:
        last(crashing)
    assert ended.value.code == -signal.SIGSEGV
    other.send('"stop"')
    assert last(other)["kind"] == "result"


def test_a_search_that_hears_nothing_is_killed_with_its_context(search):
    child = search("deaf")
    until_incumbent(child)
    child.__exit__()
    assert not exists(child._process.pid)


def test_searches_have_a_memory_limit_each(search):
    small = ORDER.model_copy(update={"memory_mb": 4096})
    assert last(search("hungry", order=small))["slots"] == {"megabytes": 4096}
    assert last(search("quick"))["kind"] == "result"


def test_a_warm_process_that_dies_is_started_again_and_its_searches_go_on():
    warm = WarmProcess(PUPPETS)
    order = ORDER.model_dump_json()
    instance = json.dumps(TINY | {"title": "count"})
    with Child(PUPPETS, warm) as running:
        running.send(order, instance, "null")
        until_incumbent(running)
        first = warm.pid
        os.kill(first, signal.SIGKILL)
        until(lambda: warm.pid not in (0, first))
        running.send('"stop"')
        assert last(running)["kind"] == "result"
        with Child(PUPPETS, warm) as next_one:
            assert isinstance(next_one._process, ForkedProcess)
    warm.close()


def test_where_nothing_can_be_forked_a_search_starts_cold():
    here = (sys.executable, "-c", "import sys; sys.exit('--warm' in sys.argv)")
    warm = WarmProcess(here)
    with Child(here, warm) as child, pytest.raises(EndedError) as ended:
        child.receive(120)
    assert isinstance(child._process, subprocess.Popen)
    assert ended.value.code == 0
    warm.close()


_OWNER = """
import json, sys, time
from service.children.warm import WarmProcess
from service.jobs.child import Child
from tests.service.conftest import PUPPETS
order, instance = sys.argv[1:]
warm = WarmProcess(PUPPETS)
child = Child(PUPPETS, warm)
child.send(order, instance, "null")
while (child.receive(120) or {}).get("kind") != "incumbent":
    pass
print(warm.pid, child._process.pid, flush=True)
time.sleep(600)
"""


def test_no_orphan_outlives_a_worker_that_is_killed():
    instance = json.dumps(TINY | {"title": "deaf"})
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER, ORDER.model_dump_json(), instance], stdout=subprocess.PIPE
    ) as owner:
        assert owner.stdout is not None
        pids = [int(pid) for pid in owner.stdout.readline().split()]
        assert len(pids) == 2
        owner.kill()
    until(lambda: not any(map(exists, pids)))


def test_searches_give_way_as_processes_and_as_a_session(warm, search):
    child = search("deaf")
    until_incumbent(child)
    pid = child._process.pid
    assert os.getpriority(os.PRIO_PROCESS, pid) == os.getpriority(os.PRIO_PROCESS, 0) + 10
    assert os.getsid(pid) == pid
    assert os.getpriority(os.PRIO_PROCESS, warm.pid) == os.getpriority(os.PRIO_PROCESS, 0)
    weighed = Path(f"/proc/{pid}/autogroup")
    if weighed.exists():
        assert weighed.read_text().endswith("nice 10\n")


_STARTER = """
import os, signal, sys, threading
from pathlib import Path
from service.children import nursery
if "threads" in sys.argv:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
nursery.begin()
if "killed" in sys.argv:
    for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)
        os.waitpid(int(child), 0)
python = os.path.realpath(sys.executable) if "other" in sys.argv else sys.executable
for said in (b'{"a":  1}', b"{"):
    theirs, ours = os.pipe()
    os.write(ours, said)
    os.close(ours)
    process = nursery.start((python, "-m", "json.tool", "--compact"), theirs, 1)
    print(process.wait(), type(process).__name__, flush=True)
"""


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("", "ForkedProcess"),
        ("threads", "Popen"),  # a fork would have half of them
        ("killed", "Popen"),
        ("other", "Popen"),  # not this Python
    ],
)
def test_a_program_runs_in_a_fork_or_starts_cold_and_does_the_same(how, kind):
    ran = subprocess.run(
        [sys.executable, "-c", _STARTER, how], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines() == ['{"a":1}', f"0 {kind}", f"1 {kind}"]


_LOADER = """
import gc, sys, threading
from service.children import nursery
if "threads" in sys.argv:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
nursery.prepare()
print(gc.isenabled())
nursery.begin()
print(gc.isenabled())
"""
_WARM = """
import gc
from service.children.forks import serve_forks
told = []
serve_forks(lambda: told.append(gc.isenabled()), lambda _: print(*told, gc.isenabled(), flush=True))
"""


@pytest.mark.parametrize("how", ["", "threads"])
def test_garbage_is_collected_again_once_a_program_is_loaded(how):
    ran = subprocess.run(
        [sys.executable, "-c", _LOADER, how], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["False", "True"]


def test_a_fork_of_a_warm_process_collects_garbage():
    warm = WarmProcess((sys.executable, "-c", _WARM))
    from_child, answers = os.pipe()
    assert warm.spawn(0, answers).wait() == 0
    os.close(answers)
    warm.close()
    with os.fdopen(from_child) as said:
        assert said.read().split() == ["False", "True"]


@pytest.mark.parametrize(("before", "after"), [(7, 7), (9, 8), (resource.RLIM_INFINITY, 8)])
def test_a_lower_limit_is_kept(before, after):
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (before, before))
        limit_process(cpu_seconds=8)
        os._exit(resource.getrlimit(resource.RLIMIT_CPU) != (after, after))
    assert os.waitpid(child, 0)[1] == 0
