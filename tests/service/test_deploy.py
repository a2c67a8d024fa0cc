"""What an office starts from: the sample settings, the compose file, the systemd units, the image."""

import configparser
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer
import yaml
from typer.core import TyperGroup

from scheduler.cli import app
from service import sample_settings
from service.configuration import read_settings
from service.settings import PREFIX, ServiceSettings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
OURS = sorted(name for name, each in COMPOSE["services"].items() if each["image"] == "lianxin")
VARIABLES = {f"{PREFIX}{name.upper()}" for name in ServiceSettings.model_fields}
VARIABLES |= {"LIANXIN_CACHE", "LIANXIN_LANG"}


def can_be_typed(words):
    """Raises what the command line tells, where it does not take the words."""
    commands = typer.main.get_command(app)
    assert isinstance(commands, TyperGroup)
    commands.commands[words[0]].make_context(words[0], list(words[1:]))


@pytest.mark.parametrize("page", ["operations.md", "access.md"])
def test_every_command_of_a_page_can_be_typed(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    fenced = "\n".join(re.findall(r"```(?:ba)?sh\n(.*?)```", text, re.DOTALL)).splitlines()
    said = [line.removeprefix("runuser -u lianxin -- ") for line in fenced]
    said += re.findall(r"(?<!`)`(lianxin [^`]*)`(?!`)", text)
    lines = [line for line in said if line.startswith("lianxin ")]
    assert len(lines) >= 5
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        can_be_typed(
            [word.replace("NAME", "name").replace("ADMINISTRATOR", "name") for word in words]
        )


def test_the_sample_settings_are_current():
    """Run ``python -m service.sample_settings`` after a change of the settings."""
    assert sample_settings.FILE.read_text("utf-8") == sample_settings.text()


def test_the_sample_settings_as_they_are_change_nothing():
    assert read_settings(sample_settings.FILE) == ServiceSettings()


def test_every_line_of_the_sample_may_be_taken(tmp_path):
    text = re.sub(r"^# (\w+ = )", r"\1", sample_settings.FILE.read_text("utf-8"), flags=re.M)
    taken = tmp_path / "lianxin.toml"
    taken.write_text(text, encoding="utf-8")
    assert set(tomllib.loads(text)) == set(ServiceSettings.model_fields)
    settings = read_settings(taken)
    for name, field in ServiceSettings.model_fields.items():
        if not field.examples and field.get_default() is not None:
            assert getattr(settings, name) == field.get_default(), name


def test_every_setting_says_what_it_is():
    for name, field in ServiceSettings.model_fields.items():
        assert field.description, name


@pytest.mark.parametrize("name", OURS)
def test_a_container_runs_a_command_that_there_is_with_settings_that_there_are(name):
    service = COMPOSE["services"][name]
    can_be_typed(service["command"])
    assert set(service["environment"]) <= VARIABLES


def test_containers_wait_for_and_keep_what_there_is():
    services = COMPOSE["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        assert {each.split(":")[0] for each in service.get("volumes", ())} <= set(
            COMPOSE["volumes"]
        )
        assert re.fullmatch(r"[a-z]+(:\d+)?", service["image"])


def test_the_variables_of_the_compose_file_stand_in_its_example():
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    example = (DEPLOY / ".env.example").read_text("utf-8")
    assert asked == set(re.findall(r"^(\w+)=", example, flags=re.MULTILINE))


def test_no_more_than_the_proxy_is_open_to_the_network():
    assert {name for name, each in COMPOSE["services"].items() if "ports" in each} == {"caddy"}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_there_is_and_starts_it_again(path):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path, encoding="utf-8")
    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/lianxin")
    can_be_typed(words)
    assert unit["Service"]["Restart"] == "always"
    assert unit["Service"]["User"] == "lianxin"
    # Kernels are compiled while it runs, which this would forbid.
    assert "MemoryDenyWriteExecute" not in unit["Service"]
    [(name, _)] = [unit["Service"]["Environment"].split("=")]
    assert name in VARIABLES


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_a_unit(path, tmp_path):
    unit = tmp_path / path.name
    text = path.read_text("utf-8")
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    told = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert [line for line in told.stderr.splitlines() if unit.stem.split("@")[0] in line] == []


def test_the_image_is_made_of_what_there_is():
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY "):
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
        elif line.startswith("CMD "):
            can_be_typed(yaml.safe_load(line.removeprefix("CMD ")))
        elif line.startswith("ENV "):
            assert {each.split("=")[0] for each in line.split()[1:]} <= VARIABLES
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    [asked] = [line for line in lines if "pip install" in line]
    assert set(re.findall(r"\.\[([\w,]+)\]", asked)[0].split(",")) <= set(extras)
