"""A Python client generated from the document works against the service.

The generator wants older libraries than ours, so that it has an environment of its own: the one that
`.ci/run` makes in .venv/client, or else one that is made here where a package index can be reached.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service import openapi
from service.examples import TINY
from tests.service.conftest import ROOT

GENERATOR = "openapi-python-client==0.29.1"
PREPARED = ROOT / ".venv" / "client"
CONFIG = """\
project_name_override: lianxin-client
package_name_override: lianxin_client
post_hooks: []
content_type_overrides:
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
"""


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The Python environment of the generator."""
    folder = "Scripts" if os.name == "nt" else "bin"
    if (PREPARED / folder / "openapi-python-client").exists():
        return PREPARED / folder
    made = tmp_path_factory.mktemp("client") / "venv"
    run(sys.executable, "-m", "venv", made)
    install = [made / folder / "python", "-m", "pip", "install", "--quiet", GENERATOR]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no package index gives {GENERATOR}: {done.stderr.strip().splitlines()[-1]}")
    return made / folder


def test_a_generated_client_runs_a_job(environment, service, tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG)
    said = run(
        environment / "openapi-python-client",
        "generate",
        "--path",
        openapi.FILE,
        "--meta",
        "none",
        "--config",
        tmp_path / "config.yaml",
        "--output-path",
        tmp_path / "lianxin_client",
    )
    # It says here what it left out because it did not understand the document.
    assert "WARNING" not in said.upper(), said
    assert "Unable" not in said, said
    told = run(
        environment / "python",
        Path(__file__).with_name("client_job.py"),
        service.url,
        input=json.dumps(TINY),
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
    )
    job = json.loads(told)
    assert job["state"] == "succeeded"
    assert [done["person"] for done in job["roster"]["assignments"]] == ["worker-03"]
