"""The page for other systems: its lines run, and its check of a signature holds."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from service.examples import TINY
from service.webhooks import signature
from tests.service.conftest import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """The page's code of a kind."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_the_lines_run(make_service, tmp_path: Path) -> None:
    service = make_service(webhook_hosts=("127.0.0.1:9",))
    week = TINY | {"title": "quick 一人一访"}
    (tmp_path / "week.json").write_text(json.dumps(week, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks("bash"))],
        cwd=tmp_path,
        env=os.environ
        | {"LIANXIN": service.url, "RECEIVER": "http://127.0.0.1:9", "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # State; 304; rosters of the person; jobs; instances; labels; kept; revision; deliveries.
    labels = {"checked": "yes"}
    told = ["succeeded", "304", "1", "1", "1", str(labels), "False", "2", "[]"]
    assert done.stdout.splitlines() == told
    [row] = json.loads((tmp_path / "people.json").read_text())["rows"]
    assert row["id"] == "worker-03"
    assert row["cells"]["name"] == "专职网格员03"
    assert "event: end" in (tmp_path / "events.txt").read_text()
    assert not (tmp_path / "unchanged.json").exists()
    person = json.loads((tmp_path / "person.json").read_text())
    assert [line["task"] for line in person["lines"]] == ["visit-1"]


def test_the_check_of_a_signature_holds() -> None:
    (code,) = blocks("python")
    names: dict = {}
    exec(code, names)
    header = f"t=1000,v1={signature('secret', 1000, b'body')}"
    assert names["genuine"]("secret", header, b"body", 1100)
    assert not names["genuine"]("secret", header, b"body", 1300)
    assert not names["genuine"]("other", header, b"body", 1000)
    assert not names["genuine"]("secret", header, b"Body", 1000)
