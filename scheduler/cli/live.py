"""A search's progress while it runs: a live panel on a terminal; elsewhere a line at 1, 2, 4, 8 … seconds.

It says for people what is still undone, what has improved and how long it takes; the figures of the engine only
where they are asked for.
"""

import gc
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
from scheduler.messages.numbers import percent_in_words
from scheduler.solver import Progress
from scheduler.stop import Stop

_QUIET = 5.0
"""Seconds without improvement after which it is told how long ago the last one was."""


class Watch:
    """Shows a search's progress; a terminal redraws it between two reports.

    verbose: show the engine's figures too.
    """

    def __init__(self, talk: Talk, stop: Stop, verbose: bool = False):
        self._talk = talk
        self._stop = stop
        self._verbose = verbose
        self._first: Progress | None = None
        self._told: Progress | None = None
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
        if progress.phase == "search":
            self._first = self._first or progress
        if not self._talk.err.is_terminal and (changed or progress.seconds >= self._next_line):
            self._print(progress)

    def _print(self, progress: Progress) -> None:
        while self._next_line <= progress.seconds:
            self._next_line *= 2
        line = self._phase()
        if progress.phase == "search":
            seconds = f"{progress.seconds:.0f}"
            words = [*self._words(progress, self._told), *self._left(progress.seconds)]
            parts = self._talk.word("live.then").join(words)
            line = self._talk.word("live.line", phase=line, seconds=seconds, parts=parts)
            self._told = progress
        self._talk.err.print(line)
        if self._verbose and progress.phase == "search":
            self._talk.err.print(f"  {self._figures(progress).plain}", style="dim")

    def __rich__(self) -> RenderableType:
        elapsed = self._stop.elapsed
        head = Table.grid(padding=(0, 2))
        bar: list[RenderableType] = []
        if self._stop.seconds:
            bar.append(ProgressBar(total=self._stop.seconds, completed=elapsed, width=30))
        seconds = self._talk.word("live.elapsed", seconds=f"{elapsed:.0f}")
        head.add_row(Text(self._phase(), style="bold"), *bar, seconds, *self._left(elapsed))
        lines: list[RenderableType] = [head]
        last = self._last
        if last is not None and last.phase == "search":
            lines += [Text(words) for words in self._words(last, self._first)]
            lines += [self._figures(last)] * self._verbose
        hint = "live.stopping" if self.stopping else "live.hint"
        lines.append(Text(self._talk.word(hint), style="yellow" if self.stopping else "dim"))
        return Panel(Group(*lines), title=self._talk.word("live.title"), expand=False)

    def _phase(self) -> str:
        return self._talk.word(f"phase.{self._last.phase if self._last else 'begin'}")

    def _words(self, progress: Progress, before: Progress | None) -> list[str]:
        """What is still undone, and what has improved since `before`."""
        word = self._talk.word
        words = [self._undone(progress)]
        if progress.score.hard:
            words.append(word("live.hard"))
        if before is not None and progress.score < before.score:
            gains = {
                "visits": before.visits - progress.visits,
                "shifts": before.shifts - progress.shifts,
            }
            gained = [
                word(f"live.more_{name}", count=gain) for name, gain in gains.items() if gain > 0
            ]
            words += gained or [word("live.better")]
        quiet = progress.seconds - self._best_at
        if quiet >= _QUIET:
            words.append(word("live.quiet", seconds=f"{quiet:.0f}"))
        return words

    def _undone(self, progress: Progress) -> str:
        visits, shifts = progress.visits, progress.shifts
        if not visits and not shifts:
            return self._talk.word("live.all_done")
        counts = {"visits": visits, "shifts": shifts}
        named = [
            self._talk.word(f"live.{name}", count=count) for name, count in counts.items() if count
        ]
        parts = self._talk.word("and").join(named)
        return self._talk.word("live.undone", parts=parts)

    def _left(self, seconds: float) -> list[str]:
        """How long it may still take; nothing where time is no limit."""
        if not self._stop.seconds:
            return []
        left = max(0.0, self._stop.seconds - seconds)
        return [self._talk.word("live.left", seconds=f"{left:.0f}")]

    def _figures(self, progress: Progress) -> Text:
        """The engine's figures: points by level, empty slots, speed, when the best came, bound and gap."""
        word = self._talk.word
        parts = [
            score_line(self._talk, progress.score),
            Text(word("live.unassigned", count=progress.unassigned)),
            Text(word("live.moves", count=round(progress.moves_per_second))),
            Text(word("live.best_at", seconds=f"{self._best_at:.1f}")),
        ]
        if progress.bound is not None:
            gap = percent_in_words(progress.score.gap(progress.bound))
            levels = score_levels(self._talk, progress.bound).plain
            parts.append(Text(word("live.bound", levels=levels, gap=gap)))
        return Text("  ").join(parts)


@contextmanager
def watching(talk: Talk, stop: Stop, verbose: bool = False) -> Iterator[Watch]:
    """A watch on a search. The first Ctrl-C ends the search with its best roster, a second one aborts it.

    verbose: show the engine's figures too.
    """
    watch = Watch(talk, stop, verbose)
    gc.freeze()  # what was read stays
    gc.enable()
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
