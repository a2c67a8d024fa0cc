"""The live view, and what Ctrl-C does."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

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


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are not broken."""
    monkeypatch.setenv("COLUMNS", "200")


def progress(
    seconds: float, phase: str = "search", improved: bool = False, **more: Any
) -> Progress:
    fields: dict[str, Any] = {"visits": 5, "shifts": 2, **more}
    return Progress(
        seconds=seconds,
        score=fields.pop("score", Score(hard=0, medium=12, soft=3456)),
        unassigned=7,
        steps=1000,
        moves_per_second=1_234_567.0,
        improved=improved,
        phase=phase,
        **fields,
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
    first, *told = lines(capsys)
    assert first == "Making a first roster"
    assert [line.split(":")[0] for line in told] == [
        f"Searching, {seconds} s" for seconds in (0, 1, 2, 4, 8)
    ]


def told(capsys: pytest.CaptureFixture[str], *seen: Progress, seconds: float | None = None) -> str:
    """The last line, of a search that was seen at 1, 2, 4 … seconds."""
    watch = Watch(Talk(Language.EN), Stop(seconds=seconds))
    for number, each in enumerate(seen):
        watch.take(replace(each, seconds=2.0**number))
    return lines(capsys)[-1]


BETTER = Score(medium=12, soft=3000)


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ([progress(0)], "5 visits, 2 shifts still lack people"),
        ([progress(0), progress(0)], "5 visits, 2 shifts still lack people"),
        ([progress(0, visits=1, shifts=0)], "1 visit still lack people"),
        ([progress(0, visits=0, shifts=0)], "all visits and shifts have their people"),
        ([progress(0, score=Score(hard=1))], "people; hard rules are still broken"),
        ([progress(0), progress(0, visits=3, score=BETTER)], "people; 2 more visits placed"),
        ([progress(0), progress(0, shifts=1, score=BETTER)], "people; 1 more shift filled"),
        ([progress(0), progress(0, score=BETTER)], "people; the roster got better"),
        # fewer visits for a better score: only that it got better
        ([progress(0), progress(0, visits=6, score=BETTER)], "people; the roster got better"),
    ],
)
def test_a_line_tells_what_is_undone_and_what_improved_since_the_last(
    capsys: pytest.CaptureFixture[str], seen: list[Progress], words: str
) -> None:
    line = told(capsys, *seen)
    assert line.endswith(words)
    assert "moves" not in line


def test_a_line_tells_how_long_it_takes_and_since_when_nothing_improved(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(capsys, progress(0), seconds=60).endswith("; at most 59 s more")
    # improved at 2 s, then nothing at 4 and 8 s: for 6 s
    seen = [progress(0), progress(0, improved=True), progress(0), progress(0)]
    assert told(capsys, *seen, seconds=20).endswith("nothing better for 6 s; at most 12 s more")


def test_the_engines_figures_are_told_where_they_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watch = Watch(Talk(Language.EN), Stop(), verbose=True)
    watch.take(progress(2.5, improved=True, bound=Score(medium=12, soft=1728)))
    shown = " ".join(" ".join(lines(capsys)).split())
    for words in (
        "hard 0 · medium 12 · soft 3,456",
        "7 slots unassigned",
        "1,234,567 moves/s",
        "best found at 2.5 s",
        "bound: hard 0 · medium 12 · soft 1,728, gap 50.0%",
    ):
        assert words in shown


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("language", Language)
def test_on_a_terminal_a_panel_tells_the_same_and_how_to_stop(
    language: Language, verbose: bool
) -> None:
    talk = Talk(language)
    talk.err = Console(force_terminal=True, width=100, color_system=None, record=True)
    watch = Watch(talk, Stop(seconds=60), verbose)
    watch.take(progress(2.5, improved=True))
    talk.err.print(watch)
    shown = talk.err.export_text()
    assert talk.word("live.shifts", count=2) in shown
    assert talk.word("live.left", seconds=60) in shown
    assert talk.word("live.hint") in shown
    assert ("1,234,567" in shown) == ("3,456" in shown) == verbose
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
