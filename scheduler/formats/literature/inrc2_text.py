"""The text files of INRC-II (see inrc2.py): scenario, history and the data of a week, read line by line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from scheduler.model import InputError, PastSums, PersonHistory, Problem

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ANY, NO_SHIFT = "Any", "None"
Pair = tuple[int, int]
RecordT = TypeVar("RecordT")


@dataclass(frozen=True)
class NurseContract:
    """Least and most assignments in all, days worked and off in a row; most weekends."""

    tasks: Pair
    days_on: Pair
    days_off: Pair
    weekends: int
    complete_weekends: bool


@dataclass(frozen=True)
class WeekData:
    """A week. needs: (shift, skill) → day of the week → least and best headcount.

    unwanted: (nurse, shift or None for any, day of the week)
    """

    needs: dict[tuple[str, str], dict[int, Pair]]
    unwanted: tuple[tuple[str, str | None, int], ...]


@dataclass
class _Text:
    """The lines of a file by section, a section being a line in capitals; problems gather."""

    lines: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, number: int, reason: str) -> None:
        slots = {"reason": f"line {number}: {reason}"}
        self.problems.append(Problem(code="not_this_format", pointer=f"line {number}", slots=slots))

    def section(self, name: str, words: int) -> Iterator[tuple[int, list[str]]]:
        """(line number, words) of each line of a section with at least so many words."""
        if name not in self.lines:
            slots = {"reason": f"section {name} is missing"}
            self.problems.append(Problem(code="not_this_format", pointer="", slots=slots))
        for number, line in self.lines.get(name, []):
            if len(line) < words:
                self.fault(number, f"{len(line)} words instead of {words}")
            else:
                yield number, line

    def pair(self, number: int, word: str) -> Pair:
        """Two whole numbers in brackets, the first not larger; (0, 0) where they are none."""
        match = re.fullmatch(r"\((\d+),(\d+)\)", word)
        if match is None or int(match[1]) > int(match[2]):
            self.fault(number, f"{word!r} is not such as (2,5)")
            return 0, 0
        return int(match[1]), int(match[2])

    def whole(self, number: int, word: str) -> int:
        """A whole number, 0 where it is none."""
        if not word.isdigit():
            self.fault(number, f"{word!r} is no whole number")
            return 0
        return int(word)

    def known(self, number: int, word: str, names: object) -> bool:
        """Whether a word is one of the names."""
        if word in names:  # type: ignore[operator]
            return True
        self.fault(number, f"nothing is called {word!r}")
        return False


@dataclass(frozen=True)
class Scenario:
    """What all weeks share.

    shifts: shift → least and most in a row; banned: pairs of shifts, the second not the day after
    nurses: nurse → skills; contract_of: nurse → contract
    """

    name: str
    skills: tuple[str, ...]
    shifts: dict[str, Pair]
    banned: tuple[tuple[str, str], ...]
    contracts: dict[str, NurseContract]
    nurses: dict[str, tuple[str, ...]]
    contract_of: dict[str, str]

    @staticmethod
    def read(text: _Text) -> "Scenario":
        """A scenario file."""
        skills = tuple(line[0] for _, line in text.section("SKILLS", 1))
        shifts = {
            line[0]: text.pair(number, line[1]) for number, line in text.section("SHIFT_TYPES", 2)
        }
        banned = tuple(
            (line[0], after)
            for number, line in text.section("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", 2)
            for after in line[2:]
            if text.known(number, line[0], shifts) and text.known(number, after, shifts)
        )
        contracts = {
            line[0]: NurseContract(
                text.pair(number, line[1]),
                text.pair(number, line[2]),
                text.pair(number, line[3]),
                text.whole(number, line[4]),
                line[5] == "1",
            )
            for number, line in text.section("CONTRACTS", 6)
        }
        nurses: dict[str, tuple[str, ...]] = {}
        contract_of: dict[str, str] = {}
        for number, line in text.section("NURSES", 4):
            if text.known(number, line[1], contracts):
                own = [skill for skill in line[3:] if text.known(number, skill, skills)]
                nurses[line[0]], contract_of[line[0]] = tuple(own), line[1]
        name = next((line[0] for _, line in text.section("SCENARIO", 1)), "")
        return Scenario(name, skills, shifts, banned, contracts, nurses, contract_of)

    def read_history(self, text: _Text) -> dict[str, PersonHistory]:
        """A history file: nurse → what they did before the first week."""
        history = {}
        for number, line in text.section("NURSE_HISTORY", 7):
            if not text.known(number, line[0], self.nurses):
                continue
            tasks, weekends, of_kind, on, off = (
                text.whole(number, line[at]) for at in (1, 2, 4, 5, 6)
            )
            worked = line[3] != NO_SHIFT and text.known(number, line[3], self.shifts)
            history[line[0]] = PersonHistory(
                run_on=on,
                run_off=off,
                last_kinds=(line[3],) if worked else (),
                kind_runs={line[3]: of_kind} if worked else {},
                period=PastSums(tasks=tasks, weekends=weekends),
            )
        return history

    def read_week(self, text: _Text) -> WeekData:
        """A file of week data."""
        needs: dict[tuple[str, str], dict[int, Pair]] = {}
        for number, line in text.section("REQUIREMENTS", 9):
            if text.known(number, line[0], self.shifts) and text.known(
                number, line[1], self.skills
            ):
                needs[line[0], line[1]] = {
                    day: text.pair(number, word) for day, word in enumerate(line[2:9])
                }
        unwanted = []
        for number, line in text.section("SHIFT_OFF_REQUESTS", 3):
            names = (self.nurses, {*self.shifts, ANY}, DAYS)
            if all(text.known(number, word, of) for word, of in zip(line, names, strict=False)):
                kind = None if line[1] == ANY else line[1]
                unwanted.append((line[0], kind, DAYS.index(line[2])))
        return WeekData(needs, tuple(unwanted))


def read_text(path: Path, read: Callable[[_Text], RecordT]) -> RecordT:
    """What `read` makes of a file. Raises InputError with every faulty line."""
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as fault:
        slots = {"reason": str(fault)[:200]}
        problems = [Problem(code="not_this_format", pointer="", slots=slots)]
        raise InputError(problems, str(path)) from None
    text, section = _Text(), ""
    for number, line in enumerate(raw.splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if re.fullmatch(r"[A-Z_]{5,}", words[0]) and (len(words) == 1 or words[1] == "="):
            section = words[0]
            text.lines[section] = [(number, words[2:])] if section == "SCENARIO" else []
        elif section:
            text.lines[section].append((number, words))
    record = read(text)
    if text.problems:
        raise InputError(text.problems, str(path))
    return record
