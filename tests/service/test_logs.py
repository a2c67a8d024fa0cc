"""Logs are lines of JSON that never say what was worked on."""

import asyncio
import io
import json
import logging
import subprocess
import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.logs import JsonLines, about_job
from service.store import Store
from tests.service.conftest import run_aside


@pytest.fixture
def lines():
    """What was written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def fail(message):
    raise ValueError(message)


def test_an_error_is_told_by_its_kind_and_place(lines):
    try:
        fail("canary")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    (line,) = lines()
    assert line["message"] == "Exception in ASGI application"
    assert line["error"].startswith("builtins.ValueError in fail:")
    assert (line["level"], line["logger"]) == ("error", "uvicorn.error")
    assert "canary" not in json.dumps(line)


def test_what_an_event_loop_says_of_a_lost_error_quotes_nothing(lines):
    async def lose():
        task = asyncio.ensure_future(asyncio.to_thread(fail, "canary"))
        await asyncio.wait([task])
        loop = asyncio.get_running_loop()
        for message in ("Task exception was never retrieved", f"Exception in callback x({task})"):
            context = {"message": message, "exception": task.exception(), "future": task}
            loop.call_exception_handler(context)

    run_aside(lose())
    said = [line["message"] for line in lines() if line["logger"] == "asyncio"]
    assert said == ["Task exception was never retrieved", "Exception in callback x"]
    assert "canary" not in json.dumps(lines())


def test_a_librarys_words_are_kept_without_their_values(lines):
    logging.getLogger("library").warning("no such person: %s", "canary")
    logging.getLogger("library").warning("no such person 'canary'")
    assert [line["message"] for line in lines()] == ["no such person", "no such person"]


def test_our_own_words_are_told_with_the_job_that_they_are_about(lines):
    with about_job("j1"):
        logging.getLogger("lianxin.jobs").warning("lost %d", 3)
    logging.getLogger("lianxin.jobs").warning("more", extra={"fields": {"status": 200}})
    assert [(line["message"], line.get("job"), line.get("status")) for line in lines()] == [
        ("lost 3", "j1", None),
        ("more", None, 200),
    ]


def test_a_fault_of_the_database_names_no_parameters(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with pytest.raises(SQLAlchemyError) as error, store.session() as session:
        session.execute(text("SELECT * FROM missing WHERE name = :name"), {"name": "canary"})
    assert "canary" not in str(error.value)
    store.close()


def test_an_error_that_ends_a_process_is_masked_too():
    program = "from service.logs import configure; configure(); raise ValueError('canary')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert "canary" not in done.stderr
    assert "ValueError" in json.loads(done.stderr)["message"]
