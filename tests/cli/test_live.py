"""The live view, and what Ctrl-C does."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from instances.generate import generate
from scheduler.cli.live import Watch, watching
from scheduler.cli.talk import Language, Talk
from scheduler.formats.json_file import read_roster, write_instance
from scheduler.model import Score
from scheduler.solver import Progress
from scheduler.stop import Stop
from tests.formats.week import bytes_of, spoilt


def progress(seconds: float, phase: str = "search", improved: bool = False) -> Progress:
    return Progress(
        seconds=seconds,
        score=Score(hard=0, medium=12, soft=3456),
        unassigned=7,
        steps=1000,
        moves_per_second=1_234_567.0,
        improved=improved,
        phase=phase,
    )


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_off_a_terminal_a_line_comes_at_each_phase_and_when_time_has_doubled(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watch = Watch(Talk(Language.EN), Stop(seconds=60))
    watch.take(progress(0.0, "construct"))
    for tenth in range(1, 100):
        watch.take(progress(tenth / 10))
    # A line for each of the two phases, then at 1, 2, 4 and 8 seconds.
    told = [line.split("  ")[0] for line in lines(capsys)]
    assert told == ["0 s", "0 s", "1 s", "2 s", "4 s", "8 s"]


def test_a_line_tells_score_unassigned_speed_and_when_the_best_was_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watch = Watch(Talk(Language.EN), Stop())
    watch.take(progress(2.5, improved=True))
    watch.take(progress(3.0))
    first, *_ = lines(capsys)
    for words in (
        "hard 0",
        "medium 12",
        "soft 3,456",
        "unassigned 7",
        "1,234,567 moves/s",
        "best found at 2.5 s",
    ):
        assert words in first


@pytest.mark.parametrize("language", Language)
def test_on_a_terminal_a_panel_tells_the_same_and_how_to_stop(language: Language) -> None:
    talk = Talk(language)
    talk.err = Console(force_terminal=True, width=100, color_system=None, record=True)
    watch = Watch(talk, Stop(seconds=60))
    watch.take(progress(2.5, improved=True))
    talk.err.print(watch)
    shown = talk.err.export_text()
    assert "1,234,567" in shown
    assert "3,456" in shown
    assert talk.word("live.hint") in shown
    watch.stopping = True
    talk.err.print(watch)
    assert talk.word("live.stopping")[:12] in talk.err.export_text()


def test_the_first_ctrl_c_asks_for_the_best_and_the_second_breaks_off() -> None:
    stop = Stop()
    with pytest.raises(KeyboardInterrupt), watching(Talk(Language.EN), stop):  # noqa: PT012
        signal.raise_signal(signal.SIGINT)
        assert stop.reason() == "user"
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_is_left_as_it_was_after_the_search() -> None:
    before = signal.getsignal(signal.SIGINT)
    with watching(Talk(Language.EN), Stop()):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scheduler.cli", *arguments]


def test_an_interrupted_solve_writes_the_best_roster_so_far(tmp_path: Path) -> None:
    write_instance(tmp_path / "week.json", generate("shizishan/community"))
    process = subprocess.Popen(
        command("solve", "week.json", "--seconds", "600", "--out", "roster.json", "--lang", "en"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Searching" in line:
            process.send_signal(signal.SIGINT)
            break
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    assert "Wrote roster.json" in out
    assert read_roster(tmp_path / "roster.json").outcome.ended_by == "user"


@pytest.mark.parametrize("data", [b"", b"[" * 5000, bytes_of(spoilt("visits/0/duration", "x"))])
def test_bad_input_ends_the_program_with_2_and_without_a_traceback(
    tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "week.json").write_bytes(data)
    ended = subprocess.run(
        command("solve", "week.json", "--steps", "10"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert "week.json 有 1 处问题" in ended.stderr
