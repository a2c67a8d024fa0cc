"""Settings: the file, the environment and the command line; each wins over the one before."""

from pathlib import Path

import pytest
from pydantic import BaseModel
from starlette.requests import Request
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.model import InputError
from service.access.exposure import check_exposed
from service.configuration import read_settings
from service.routes.common import address_of
from service.settings import ServiceSettings


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Writes a file of settings, in a folder of its own; its path."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "500")  # no line breaks, however long the path

    def write(text: str) -> Path:
        path = tmp_path / "lianxin.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refused(path, **given):
    """(place, code, value) of every fault."""
    with pytest.raises(InputError) as error:
        read_settings(path, **given)
    return [(each.pointer, each.code, each.value) for each in error.value.problems]


def test_arguments_win_over_the_environment_and_that_over_the_file(file, monkeypatch):
    path = file("max_cores = 3\nmax_seconds = 30\nmemory_mb = 100\n")
    monkeypatch.setenv("LIANXIN_MAX_SECONDS", "40")
    monkeypatch.setenv("LIANXIN_MEMORY_MB", "200")
    settings = read_settings(path, memory_mb=300, port=None)
    assert (settings.max_cores, settings.max_seconds, settings.memory_mb) == (3, 40, 300)
    assert settings.port == 8000


def test_settings_travel_to_a_worker_as_json_whatever_its_environment(monkeypatch):
    settings = ServiceSettings(port=7, allowed_hosts=("one", "other"))
    monkeypatch.setenv("LIANXIN_PORT", "9")
    monkeypatch.setenv("LIANXIN_ALLOWED_HOSTS", "third")
    assert ServiceSettings.model_validate_json(settings.model_dump_json()) == settings


def test_a_variable_that_is_empty_says_nothing(monkeypatch):
    monkeypatch.setenv("LIANXIN_DATABASE_URL", "")
    assert read_settings(None).database_url is None


@pytest.mark.parametrize("text", ["a.cn,b.cn", "a.cn, b.cn", '["a.cn", "b.cn"]'])
def test_a_list_in_the_environment_may_be_words_with_commas(monkeypatch, text):
    monkeypatch.setenv("LIANXIN_ALLOWED_HOSTS", text)
    assert read_settings(None).allowed_hosts == ("a.cn", "b.cn")


def test_a_table_is_a_setting_of_settings(file, monkeypatch):
    class Server(BaseModel):
        url: str
        seconds: float = 1.0

    class WithTable(ServiceSettings):
        roads: dict[str, Server] = {}

    monkeypatch.setattr("service.configuration.ServiceSettings", WithTable)
    monkeypatch.setenv("LIANXIN_ROADS__OFFICE__SECONDS", "5")
    path = file('[roads.office]\nurl = "http://localhost:5000"\n')
    assert read_settings(path).roads == {"office": Server(url="http://localhost:5000", seconds=5)}


def test_every_fault_is_told_at_once_at_its_place(file, monkeypatch):
    path = file('max_cors = 3\nport = "x"\nmemory_mb = -1\nallowed_hosts = "a.cn"\n')
    monkeypatch.setenv("LIANXIN_MAX_SECONDS", "0")
    assert sorted(refused(path, data_dir=3)) == [
        ("--data-dir", "not_valid", "3"),
        ("/allowed_hosts", "not_a_list", "a.cn"),
        ("/max_cors", "unknown_field", "3"),
        ("/memory_mb", "too_small", "-1"),
        ("/port", "not_a_number", "x"),
        ("LIANXIN_MAX_SECONDS", "too_small", "0"),
    ]


def test_a_variable_that_is_almost_a_settings_is_told_and_a_foreign_one_is_not(monkeypatch):
    monkeypatch.setenv("LIANXIN_LANG", "en")
    monkeypatch.setenv("LIANXIN_SERVICE_HOST", "10.0.0.1")
    assert read_settings(None)
    monkeypatch.setenv("LIANXIN_DATABASE_ULR", "postgresql://a@b/c")
    assert refused(None) == [("LIANXIN_DATABASE_ULR", "settings_unknown_variable", "")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("port = ", "settings_not_toml"),
        ("port = 1\nport = 2", "settings_not_toml"),
        ("[port]\nx = 1", "not_a_number"),
    ],
)
def test_a_file_that_is_no_settings_is_refused(file, text, code):
    assert [each[1] for each in refused(file(text))] == [code]


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    assert refused(tmp_path / "none.toml")[0][1] == "file_not_found"
    assert refused(tmp_path)[0][1] == "file_not_readable"
    (tmp_path / "gb.toml").write_bytes("# 配置".encode("gb18030"))
    assert refused(tmp_path / "gb.toml")[0][1] == "not_utf8"


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("postgresql://a:b@c/d", "postgresql+psycopg://a:b@c/d"),
        ("postgres://a:b@c/d", "postgresql+psycopg://a:b@c/d"),
        ("postgresql+psycopg://a:b@c/d", "postgresql+psycopg://a:b@c/d"),
        ("sqlite:////var/lib/lianxin/a.sqlite", "sqlite:////var/lib/lianxin/a.sqlite"),
    ],
)
def test_an_address_of_a_database_gets_its_driver(url, opened):
    assert read_settings(None, database_url=url).database == opened


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("secret", "settings_no_address"),
        ("postgresql://a:b@c:port/d", "settings_no_address"),
        ("postgresql://a:b@secret@c/d", "settings_no_address"),
        ("mysql://a:secret@c/d", "settings_other_database"),
        ("postgresql+psycopg2://a:secret@c/d", "settings_other_database"),
    ],
)
def test_an_address_of_no_database_is_refused_without_its_password(url, code):
    assert refused(None, database_url=url) == [("--database-url", code, "")]


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setattr("service.configuration.find_spec", lambda name: None)
    monkeypatch.setenv("LIANXIN_DATABASE_URL", "postgresql://a:b@c/d")
    assert refused(None) == [("LIANXIN_DATABASE_URL", "settings_no_psycopg", "")]
    monkeypatch.setenv("LIANXIN_DATABASE_URL", "sqlite:///a.sqlite")
    assert read_settings(None)


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_the_commands_tell_faults_of_their_file_without_a_traceback(file, command):
    path = file('port = "x"\nmax_cors = 1\n')
    ended = CliRunner().invoke(app, [command, "--config", str(path), "--lang", "en"])
    assert ended.exit_code == 2
    assert "2 problems" in ended.stderr
    assert "max_cores" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_migrating_is_a_command_of_its_own(file, tmp_path):
    path = file(f'data_dir = "{tmp_path / "data"}"\n')
    for _ in range(2):
        ended = CliRunner().invoke(app, ["migrate", "--config", str(path), "--lang", "en"])
        assert ended.exit_code == 0, ended.output
        assert "up to date" in ended.stdout
    assert (tmp_path / "data" / "lianxin.sqlite").stat().st_size > 0


def test_a_database_that_is_away_is_told_without_a_traceback_or_a_password(file):
    path = file('database_url = "postgresql://a:secret@127.0.0.1:1/b"\n')
    ended = CliRunner().invoke(app, ["migrate", "--config", str(path), "--lang", "en"])
    assert ended.exit_code == 2
    assert "database_url" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret" not in ended.stderr


def test_keys_that_went_missing_are_told_without_a_traceback(file, tmp_path):
    path = file(f'data_dir = "{tmp_path / "data"}"\n')
    run = ["migrate", "--config", str(path), "--lang", "en"]
    assert CliRunner().invoke(app, run).exit_code == 0
    (tmp_path / "data" / "lianxin.keys").unlink()
    ended = CliRunner().invoke(app, run)
    assert ended.exit_code == 2
    assert "LIANXIN_KEY_FILE" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_another_address_than_this_machines_wants_the_names_it_is_reached_by(file):
    ended = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0", "--lang", "en"])
    assert ended.exit_code == 2
    assert "--allowed-host" in ended.stderr


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"host": "0.0.0.0", "allowed_hosts": ["a.cn"]}, "--host"),
        ({"proxies": ["127.0.0.1"]}, "/proxies"),
        ({"allowed_hosts": ["a.cn"]}, "--allowed-host"),
    ],
)
def test_what_lets_others_in_is_named_where_there_is_no_account(tmp_path, changes, pointer):
    settings = ServiceSettings(data_dir=tmp_path).model_copy(update=changes)
    with pytest.raises(InputError) as refused:
        check_exposed(settings)
    assert [one.pointer for one in refused.value.problems] == [pointer]


@pytest.mark.parametrize(
    ("given", "begins"),
    [(None, "http://10.0.0.5:8000"), ("https://roster.example/", "https://roster.example")],
)
def test_links_begin_where_people_reach_the_service(given, begins):
    asked = Request(
        {
            "type": "http",
            "scheme": "http",
            "path": "/me",
            "query_string": b"",
            "headers": [(b"host", b"10.0.0.5:8000")],
        }
    )
    assert address_of(asked, ServiceSettings(data_dir=Path(), public_url=given)) == begins
