"""A search's progress while it runs: a live panel on a terminal; elsewhere a line at 1, 2, 4, 8 … seconds."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from scheduler.cli.tables import score_levels, score_line
from scheduler.cli.talk import Talk
from scheduler.solver import Progress
from scheduler.stop import Stop


class Watch:
    """Shows a search's progress; a terminal redraws it between two reports."""

    def __init__(self, talk: Talk, stop: Stop):
        self._talk = talk
        self._stop = stop
        self._last: Progress | None = None
        self._best_at = 0.0
        self._next_line = 1.0
        self.stopping = False

    def take(self, progress: Progress) -> None:
        """Keep the newest progress; off a terminal, print a line at growing intervals."""
        changed = self._last is None or self._last.phase != progress.phase
        if progress.improved:
            self._best_at = progress.seconds
        self._last = progress
        if not self._talk.err.is_terminal and (changed or progress.seconds >= self._next_line):
            self._print(progress)

    def _print(self, progress: Progress) -> None:
        while self._next_line <= progress.seconds:
            self._next_line *= 2
        words = [self._talk.word("live.elapsed", seconds=f"{progress.seconds:.0f}"), self._phase()]
        if progress.phase == "search":
            words += [score_line(self._talk, progress.score).plain, *self._counts(progress)]
        self._talk.err.print("  ".join(words), soft_wrap=True)

    def __rich__(self) -> RenderableType:
        elapsed = self._stop.elapsed
        head = Table.grid(padding=(0, 2))
        words = self._talk.word("live.elapsed", seconds=f"{elapsed:.0f}")
        if self._stop.seconds:
            bar = ProgressBar(total=self._stop.seconds, completed=elapsed, width=30)
            of = self._talk.word("live.of", seconds=f"{self._stop.seconds:g}")
            head.add_row(Text(self._phase(), style="bold"), bar, f"{words} {of}")
        else:
            head.add_row(Text(self._phase(), style="bold"), words)
        lines: list[RenderableType] = [head]
        last = self._last
        if last is not None and last.phase == "search":
            lines += [score_line(self._talk, last.score), Text("   ".join(self._counts(last)))]
        hint = "live.stopping" if self.stopping else "live.hint"
        lines.append(Text(self._talk.word(hint), style="yellow" if self.stopping else "dim"))
        return Panel(Group(*lines), title=self._talk.word("live.title"), expand=False)

    def _phase(self) -> str:
        return self._talk.word(f"phase.{self._last.phase if self._last else 'begin'}")

    def _counts(self, progress: Progress) -> list[str]:
        word = self._talk.word
        counts = [
            word("live.unassigned", count=progress.unassigned),
            word("live.moves", count=round(progress.moves_per_second)),
            word("live.best_at", seconds=f"{self._best_at:.1f}"),
        ]
        if progress.bound is not None:
            counts.append(word("live.bound", levels=score_levels(self._talk, progress.bound).plain))
        return counts


@contextmanager
def watching(talk: Talk, stop: Stop) -> Iterator[Watch]:
    """A watch on a search. The first Ctrl-C ends the search with its best roster, a second one aborts it."""
    watch = Watch(talk, stop)
    with _stopping_on_interrupt(watch, stop):
        if not talk.err.is_terminal:
            yield watch
            return
        with Live(watch, console=talk.err, refresh_per_second=8, transient=True):
            yield watch


@contextmanager
def _stopping_on_interrupt(watch: Watch, stop: Stop) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may take signals
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        watch.stopping = True
        stop.request()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
