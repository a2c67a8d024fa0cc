"""The jobs of dev.py, told and run one after the other until one fails."""

import os
import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import yaml
from _pytest.assertion import rewrite as assertions

import dev
from tests import rewritten


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the jobs ask to be run, by the program's name; nothing is run or installed."""
    calls: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        calls.append([Path(command[0]).name, *command[1:]])
        return 3 if "mypy" in command[0] else 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(dev, "_install", lambda extras: calls.append(["install", extras]))
    return calls


def test_without_a_job_all_jobs_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 2
    told = capsys.readouterr().out
    assert all(f"  {name}" in told for name in ("demo", "serve", "fix", "lint", "test"))
    assert dev.main(["no_such_job"]) == 2


def test_fix_mends_before_it_formats(ran: list[list[str]]) -> None:
    assert dev.main(["fix", "dev.py"]) == 0
    assert ran == [
        ["install", "service,postgres,dev"],
        ["ruff", "check", "--fix", "dev.py"],
        ["ruff", "format", "dev.py"],
    ]


def test_serve_passes_its_arguments_on(ran: list[list[str]]) -> None:
    assert dev.main(["serve", "--port", "8123"]) == 0
    assert ran == [["install", "service"], ["lianxin", "serve", "--port", "8123"]]


def test_the_demo_goes_on_with_its_last_data_and_begins_anew_beside_them(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "OUT", tmp_path / "out")

    def served(*words: str) -> list[str]:
        ran.clear()
        assert dev.main(["demo", *words]) == 0
        assert ran[0] == ["install", "service"]
        assert ran[1][:6] == ["lianxin", "serve", "--example", "20", "--browser", "--data"]
        assert ran[1][7:] == [word for word in words if word != "--fresh"]
        folder = Path(ran[1][6])
        folder.mkdir(parents=True, exist_ok=True)
        return [folder.parent.name, folder.name]

    assert served() == ["out", "demo-1"]
    assert served("--lang", "en") == ["out", "demo-1"]
    assert served("--fresh", "--port", "8123") == ["out", "demo-2"]
    assert served() == ["out", "demo-2"]
    for number in range(3, 11):
        assert served("--fresh") == ["out", f"demo-{number}"]
    assert served() == ["out", "demo-10"]


def test_what_is_installed_with_more_is_not_installed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(subprocess, "check_call", lambda command, **_: asked.append(command[-1]))
    dev._install("service,dev")
    assert asked[-1] == ".[service,dev]"
    asked.clear()
    dev._install("service")
    assert asked == []
    dev._install("service,postgres,dev")
    assert asked[-1] == ".[service,postgres,dev]"
    (tmp_path / "installed-service-dev").write_text("of another version")
    (tmp_path / "installed-service-postgres-dev").write_text("of another version")
    asked.clear()
    dev._install("service")
    assert asked[-1] == ".[service]"


def test_lint_collects_the_tests_whose_types_are_not_checked(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "call", lambda command, **_: ran.append(command) or 0)
    assert dev.main(["lint"]) == 0
    assert ran[-1][1:] == ["-m", "pytest", "--collect-only", "-qq"]


def test_no_test_runs_where_types_are_wrong(ran: list[list[str]]) -> None:
    assert dev.main(["test"]) == 3
    assert [call[0] for call in ran] == ["install", "ruff", "ruff", "mypy"]


def test_pytest_takes_the_asserts_that_were_rewritten_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    path = tmp_path / "test_it.py"
    for number in (2, 3):
        path.write_text(f"def test():\n    one = 1\n    assert one == {number}\n")
        rewritten.rewrite(path)
    # pytest would have to rewrite it, and cannot.
    monkeypatch.setattr(assertions, "_rewrite_test", None)
    loader = assertions.AssertionRewritingHook(pytestconfig)
    spec = spec_from_file_location("test_it", path, loader=loader)
    module = module_from_spec(spec)
    loader.exec_module(module)
    with pytest.raises(AssertionError, match="assert 1 == 3"):
        module.test()
    rewritten.rewrite(path)  # once is enough


def test_the_hooks_are_jobs() -> None:
    config = yaml.safe_load((dev.ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"].split() for repo in config["repos"] for hook in repo["hooks"]]
    assert entries
    assert all(entry[:2] == ["python3", "dev.py"] and entry[2] in dev.JOBS for entry in entries)


def test_hosted_checks_run_what_the_house_runs() -> None:
    workflow = yaml.safe_load(
        (dev.ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    )
    steps = workflow["jobs"]["tests"]["steps"]
    assert ".ci/run" in [step.get("run") for step in steps]
    assert os.access(dev.ROOT / ".ci" / "run", os.X_OK)
