"""The competition's rules over its own files, from its paper: an outside view, which knows nothing of ours.

Everything is read here with a few regular expressions and counted nurse by nurse, day by day.
"""

import re
from collections import Counter
from pathlib import Path

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def pairs(text: str) -> list[tuple[int, int]]:
    return [(int(low), int(high)) for low, high in re.findall(r"\((\d+),(\d+)\)", text)]


def block(text: str, head: str) -> list[list[str]]:
    """Words of the lines below a heading, up to a blank line."""
    return [line.split() for line in text.split(head, 1)[1].split("\n\n")[0].splitlines()[1:]]


def costs(scenario: Path, history: Path, weeks: list[Path], solutions: list[Path]) -> Counter[str]:
    """Points of each constraint as the competition's validator names them; hard ones count breaches."""
    text = scenario.read_text()
    kinds = {row[0]: pairs(row[1])[0] for row in block(text, "SHIFT_TYPES")}
    after = {row[0]: row[2:] for row in block(text, "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS")}
    contracts = {row[0]: row[1:] for row in block(text, "CONTRACTS")}
    nurses = {row[0]: row[1:] for row in block(text, "NURSES")}
    before = {row[0]: row[1:] for row in block(history.read_text(), "NURSE_HISTORY")}
    worked: dict[str, list[str | None]] = {nurse: [None] * 7 * len(weeks) for nurse in nurses}
    found: Counter[str] = Counter()
    for number, (week, solution) in enumerate(zip(weeks, solutions, strict=True)):
        heads: Counter[tuple[str, str, int]] = Counter()
        for nurse, day, kind, skill in block(solution.read_text() + "\n\n", "ASSIGNMENTS"):
            at = 7 * number + DAYS.index(day)
            found["single assignment"] += worked[nurse][at] is not None
            found["required skill"] += skill not in nurses[nurse][2:]
            worked[nurse][at] = kind
            heads[kind, skill, DAYS.index(day)] += 1
        demand, _, wishes = week.read_text().partition("SHIFT_OFF_REQUESTS")
        for row in block(demand + "\n\n", "REQUIREMENTS"):
            for day, (least, best) in enumerate(pairs(" ".join(row[2:]))):
                there = heads[row[0], row[1], day]
                found["minimal coverage"] += max(0, least - there)
                found["optimal coverage"] += 30 * max(0, best - there)
        for row in (line.split() for line in wishes.splitlines()[1:] if line.split()):
            kind = worked[row[0]][7 * number + DAYS.index(row[2])]
            found["preferences"] += 10 * (kind is not None and row[1] in ("Any", kind))
    for nurse, line in worked.items():
        contract = contracts[nurses[nurse][0]]
        total, on, off = (pairs(contract[field])[0] for field in range(3))
        done, weekends, last, in_kind, days_on, days_off = (
            before[nurse][field] if field == 2 else int(before[nurse][field]) for field in range(6)
        )
        for earlier, later in zip([last, *line[:-1]], line, strict=True):
            found["succession"] += later is not None and later in after.get(str(earlier), [])
        for kind, bounds in kinds.items():
            run = in_kind if last == kind else 0
            found["consecutive"] += 15 * _runs([one == kind for one in line], run, bounds)
        found["consecutive"] += 30 * _runs([one is not None for one in line], days_on, on)
        found["non working days"] += 30 * _runs([one is None for one in line], days_off, off)
        sat, sun = line[5::7], line[6::7]
        both = [(one is not None) + (two is not None) for one, two in zip(sat, sun, strict=True)]
        if contract[4] == "1":
            found["complete weekends"] += 30 * both.count(1)
        weekends += sum(one > 0 for one in both)
        found["working weekend"] += 30 * max(0, weekends - int(contract[3]))
        done += sum(one is not None for one in line)
        found["total assignment"] += 20 * max(0, done - total[1], total[0] - done)
    return found


def _runs(days: list[bool], past: int, bounds: tuple[int, int]) -> int:
    """Days by which runs are too short or too long; `past`: days of the run before, which was judged."""
    off, length, fresh = 0, past, 0
    for one in [*days, None]:
        if one:
            length, fresh = length + 1, fresh + 1
            continue
        off += min(fresh, max(0, length - bounds[1]))
        if one is False and length:
            off += max(0, bounds[0] - length)
        length = fresh = 0
    return off
