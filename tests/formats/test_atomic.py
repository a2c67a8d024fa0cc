"""Files appear whole or not at all."""

import stat
from pathlib import Path

import pytest

from scheduler.formats.atomic import replacing, write_text


def test_what_was_there_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    path.write_text("old")
    with replacing(path) as partial:
        partial.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_a_writer_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as partial:
            partial.write_text("half")
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_temporary_name_has_the_same_ending_and_folder(tmp_path: Path) -> None:
    with replacing(tmp_path / "roster.xlsx") as partial:
        assert partial.suffix == ".xlsx"
        assert partial.parent == tmp_path


def test_a_new_file_may_be_read_by_whoever_may_read_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_text(tmp_path / "written", "x")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "written")]
    assert modes[0] == modes[1]


def test_lines_end_the_same_on_every_system(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "一\n二\n")
    assert (tmp_path / "a").read_bytes() == "一\n二\n".encode()


def test_a_file_that_cannot_be_written_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"

    def fail(name: str | None) -> None:
        with replacing(path) as partial:
            raise OSError(28, "No space left on device", name or str(partial))

    for name, told in ((None, path), (str(tmp_path / "other"), tmp_path / "other")):
        with pytest.raises(OSError, match="No space") as caught:
            fail(name)
        assert caught.value.filename == str(told)
