"""Files that hold what is private for a moment: in memory, for this process alone, gone whatever ends it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from service import private_files
from service.private_files import memory_file, private_folder, sweep

HOLDS = """
import time
from pathlib import Path
from service import private_files
private_files._room = lambda: Path(%r)
with private_files.private_folder() as folder:
    (folder / "roster.csv").write_text("canary")
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A folder for private folders, where no other test makes any."""
    monkeypatch.setattr(private_files, "_room", lambda: tmp_path)
    return tmp_path


def test_a_file_has_no_name_and_goes_with_its_process():
    with memory_file() as file:
        file.write(b"canary")
        assert "memfd" in str(Path(f"/proc/self/fd/{file.fileno()}").readlink())
        file.seek(0)
        assert file.read() == b"canary"


def test_a_folder_is_for_its_owner_and_in_memory():
    with private_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.is_relative_to("/dev/shm")


def test_a_folder_is_removed_also_after_a_fault(room):
    def fail():
        with private_folder() as folder:
            (folder / "roster.csv").write_text("canary")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(room.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_has_stays(room):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS % str(room)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout as said:
        left = Path(said.readline().strip())
    with private_folder() as own:
        assert sweep() == 0
        assert (left / "roster.csv").read_text() == "canary"
        process.kill()
        process.wait()
        assert sweep() == 1
        assert list(room.iterdir()) == [own]


def test_no_folder_of_somebody_else_is_swept(room):
    (room / "lianxin-link").symlink_to(room / "elsewhere")
    (room / "other").mkdir()
    (room / "lianxin-file").write_text("x")
    assert sweep() == 0
    assert len(list(room.iterdir())) == 3


def test_the_service_makes_temporary_files_nowhere_else():
    made = re.compile(r"\btempfile\b|\bmkstemp\b|\bTemporary[A-Z]")
    sources = Path(private_files.__file__).parent.rglob("*.py")
    users = [path.name for path in sources if made.search(path.read_text(encoding="utf-8"))]
    assert users == ["private_files.py"]
