"""The first minutes of somebody who types ``python3 dev.py demo`` and nothing else."""

import os
import re
import signal
import socket
import subprocess
import sys
from datetime import date, timedelta

import pytest
from markupsafe import escape

import dev
from instances.generate import generate
from scheduler.due import expand
from scheduler.engines.exact.fillable import FillableSlots
from scheduler.formats.json_file import dump
from scheduler.model import InputError, Instance
from service.access.caller import LOCAL
from service.demo import prepare_example
from service.listening import listen
from service.settings import ServiceSettings
from service.store import Store
from service.weeks.example import EXAMPLE, example_week
from service.weeks.opening import begun, opened
from service.weeks.state import WeekState
from tests.service.conftest import PATIENCE, http_client, until


class Demo:
    """The job as it is started in a terminal, and what it said so far."""

    def __init__(self, folder):
        self.data, self.log = folder / "data", folder / "log"
        given = ["--port", "0", "--example", "1", "--data", str(self.data)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(dev.ROOT / "dev.py"), "demo", *given, "--lang", "en"],
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "COLUMNS": "400", "BROWSER": "true"},
            )

    def said(self):
        assert self.process.poll() is None, self.log.read_text()
        return self.log.read_text()

    def logged(self):
        log = self.data / "lianxin.log"
        return log.read_text() if log.exists() else ""

    def interrupt(self):
        """Press Ctrl+C, which reaches every program of the terminal; the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(120)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    if not (dev.BIN / "lianxin").exists():
        pytest.skip("needs the virtual environment that dev.py makes")
    started = Demo(tmp_path_factory.mktemp("demo"))
    yield started
    if started.process.poll() is None:
        started.process.kill()


@pytest.fixture(scope="module")
def pages(demo):
    """A client where the demo said that it is."""
    until(lambda: "Application startup complete" in demo.logged())
    address = re.search(r"(http://127\.0\.0\.1:\d+): open it in a browser", demo.said())
    with http_client(address[1]) as client:
        yield client


def head(pages):
    [week] = pages.get("/v1/weeks").json()["weeks"]
    return week


def test_it_tells_where_its_data_are_and_that_it_searches(demo, pages):
    said = demo.said()
    assert f"Its data are in {demo.data}" in said
    assert "The week is being solved: 1 s" in said
    assert demo.data.is_dir()


def test_its_log_is_in_a_file_and_the_terminal_has_words_alone(demo, pages):
    pages.get("/v1/weeks")
    until(lambda: '"operation": "get_weeks"' in demo.logged())
    words = demo.said().splitlines()
    assert f"The log is in {demo.data / 'lianxin.log'}" in words
    assert not [line for line in words if line.startswith("{")]
    # A worker's lines are there too, who is another process.
    assert "is ready for" in demo.logged()


def test_the_first_page_is_of_a_week_that_a_plan_has_filled(pages):
    first = pages.get("/", follow_redirects=True)
    assert first.status_code == 200
    assert first.url.path.startswith(f"/w/{head(pages)['id']}")
    assert head(pages)["revision"] == 2
    week = f"/v1/weeks/{head(pages)['id']}"
    [plan] = pages.get(f"{week}/plans").json()["plans"]
    assert (plan["standing"], plan["adopted"]) == ("adopted", 2)
    listed = pages.get(f"{week}/orders").json()
    assert listed["counts"] == {"ordered": 3}
    # What is on the list can be work of this week as it stands.
    first = listed["orders"][0]["id"]
    answer = pages.post(f"{week}/requests/{first}/acceptance", json={"dry_run": True})
    assert answer.status_code == 200, answer.text


def test_something_is_undone_so_that_its_day_says_what_to_do_next(pages):
    week = head(pages)
    matters = pages.get(f"/v1/weeks/{week['id']}/today", params={"minute": 0, "hours": 168}).json()
    gap = next(one for one in matters["matters"] if one["kind"] == "gap")
    day = pages.get(f"/w/{week['id']}/day/{gap['at'][:10]}?minute=0")
    assert day.status_code == 200
    assert gap["href"].startswith(f"/w/{week['id']}/undone?task=")
    assert f'href="{escape(gap["href"])}"' in day.text


def test_somebodys_link_opens_their_week_here_too_and_leads_back(demo, pages):
    path = f"/v1/weeks/{head(pages)['id']}"
    assert pages.post(f"{path}/publications", json={}).is_success
    told = pages.get(f"{path}/tell").json()["people"][0]
    link = pages.post(f"{path}/people/{told['person']}/link").json()["url"]
    with http_client(pages.base_url, follow_redirects=True) as phone:
        mine = phone.post("/l", data={"secret": link.partition("#")[2]})
        assert mine.url.path == "/me"
        assert told["name"] in mine.text
        assert phone.get("/v1/weeks").status_code == 403
        # Whoever had a look in the browser of the office is not locked out of the rest.
        assert 'action="/sign-out"' in mine.text
        back = phone.post("/sign-out")
        assert back.url.path.startswith("/w/")
    assert pages.get("/v1/weeks").status_code == 200


def test_ctrl_c_ends_it_and_the_next_run_goes_on_with_the_same_week(demo, pages):
    id = head(pages)["id"]
    assert demo.interrupt() == 0
    settings = ServiceSettings(data_dir=demo.data)
    searched = []
    prepare_example(settings, 1, lambda: searched.append(1))
    assert searched == []
    store = Store.of(settings)
    week = opened(store, LOCAL, id)
    store.close()
    assert (week.number, week.state.instance.id) == (2, EXAMPLE)
    assert week.state.roster.assignments


@pytest.fixture
def settings(tmp_path):
    made = ServiceSettings(data_dir=tmp_path)
    store = Store.of(made)
    store.migrate()
    store.close()
    return made


@pytest.mark.parametrize("other", [False, True])
def test_a_week_that_somebody_began_is_left_alone(settings, other):
    store = Store.of(settings)
    instance = example_week(date(2026, 11, 23))
    if other:
        instance = instance.changed(id="ours")
    first = begun(store, LOCAL, WeekState.of(instance))
    if not other:
        begun(store, LOCAL, WeekState.of(instance))
    prepare_example(settings, 1, lambda: pytest.fail("nothing is to be searched"))
    assert opened(store, LOCAL, first.week.id).number == 1
    store.close()


MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("day", range(7))
def test_the_example_lies_where_its_work_is_still_to_come(day):
    """On a Saturday and Sunday, the days 5 and 6, there is little left of the week."""
    week = example_week(MONDAY + timedelta(days=day))
    assert week.horizon.start == (MONDAY if day < 5 else MONDAY + timedelta(7))


def test_the_example_has_work_that_nobody_can_do_however_well_it_is_solved():
    must = "order-035"
    week = expand(example_week(MONDAY))
    assert week.task_by_id[must].slots[0].must
    assert FillableSlots(week).ask(must, 0, PATIENCE) is False


def test_the_example_is_the_same_week_wherever_it_lies():
    here, there = generate(EXAMPLE), example_week(MONDAY + timedelta(364))
    assert there.horizon.start == MONDAY + timedelta(364)
    assert [one.windows for one in there.visits] == [one.windows for one in here.visits]
    assert [one.start for one in there.shifts] == [one.start for one in here.shifts]
    assert not [skill for one in there.people for skill in one.skills if skill.isascii()]
    last, later = (
        {one.id: one.last_done for one in week.duties if one.last_done} for week in (here, there)
    )
    assert last
    assert later == {id: day + timedelta(364) for id, day in last.items()}
    assert there.settings.calendar.country is None
    assert Instance.model_validate_json(dump(there)) == there


def test_a_port_that_is_taken_is_told_or_another_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = ServiceSettings(port=other.getsockname()[1])
        with pytest.raises(InputError) as refused:
            listen(settings)
        [fault] = refused.value.problems
        assert (fault.code, fault.pointer) == ("settings_port_taken", "--port")
        assert fault.value == str(settings.port)
        with listen(settings, elsewhere=True) as found:
            assert found.getsockname()[1] not in (0, settings.port)
    with listen(settings, elsewhere=True) as free:
        assert free.getsockname()[1] == settings.port


def test_an_address_that_is_not_this_machines_is_told():
    settings = ServiceSettings(host="192.0.2.1")
    for elsewhere in (False, True):
        with pytest.raises(InputError) as refused:
            listen(settings, elsewhere=elsewhere)
        [fault] = refused.value.problems
        assert (fault.code, fault.value) == ("settings_no_listening", "192.0.2.1")
        assert fault.slots["reason"]
