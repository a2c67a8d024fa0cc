"""Text files of sections with lines of comma-separated fields, read with every fault noted."""

from collections.abc import Container
from dataclasses import dataclass, field

from scheduler.model import Problem

SECTIONS = (
    "HORIZON",
    "SHIFTS",
    "STAFF",
    "DAYS_OFF",
    "SHIFT_ON_REQUESTS",
    "SHIFT_OFF_REQUESTS",
    "COVER",
)
NEEDED = ("HORIZON", "SHIFTS", "STAFF", "COVER")
FIELDS = {
    "HORIZON": 1,
    "SHIFTS": 2,
    "STAFF": 8,
    "DAYS_OFF": 1,
    "SHIFT_ON_REQUESTS": 4,
    "SHIFT_OFF_REQUESTS": 4,
    "COVER": 5,
}
"""Fields of a line, at least."""
MOST = 10**9


@dataclass
class SectionLine:
    """A line's fields; every fault met while reading them is noted, and something harmless given."""

    number: int
    fields: list[str]
    problems: list[Problem]

    def blame(self, reason: str) -> None:
        """Note a fault of this line."""
        slots = {"reason": f"line {self.number}: {reason}"}
        problem = Problem(code="not_this_format", pointer=f"line {self.number}", slots=slots)
        if problem not in self.problems[-8:]:
            self.problems.append(problem)

    def text(self, at: int) -> str:
        """A field as it stands; "" where there is none."""
        return self.fields[at] if at < len(self.fields) else ""

    def number_of(self, text: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        try:
            value = int(text)
        except ValueError:
            self.blame(f"{text!r} is no whole number")
            return least
        if not least <= value <= most:
            self.blame(f"{value} is not between {least} and {most}")
            return least
        return value

    def number_in(self, text: str) -> int:
        """A whole number, not negative."""
        return self.number_of(text, 0, MOST)

    def whole(self, at: int, least: int = 0, most: int = MOST) -> int:
        """A field that is a whole number."""
        return self.number_of(self.text(at), least, most)

    def known(self, name: str, names: Container[str]) -> str:
        """A name that was introduced before."""
        if name not in names:
            self.blame(f"nothing is called {name!r}")
        return name

    def new(self, at: int, names: Container[str]) -> str:
        """A field that is a new name."""
        name = self.text(at)
        if not name:
            self.blame("a name is missing")
        elif name in names:
            self.blame(f"{name!r} stands here twice")
        return name


@dataclass
class Sections:
    """Lines by section, and the faults found so far."""

    found: dict[str, list[SectionLine]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def lines(self, section: str) -> list[SectionLine]:
        """The lines of a section."""
        return self.found.get(section, [])


def read_sections(text: str) -> Sections:
    """Split a file; lines with too few fields are noted and left out."""
    sections = Sections()
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        content = raw.strip()
        if not content or content.startswith("#"):
            continue
        line = SectionLine(number, [one.strip() for one in content.split(",")], sections.problems)
        if content.startswith("SECTION_"):
            section = content.removeprefix("SECTION_")
            if section not in SECTIONS:
                line.blame(f"unknown section {section!r}")
            elif section in sections.found:
                line.blame(f"section {section!r} stands here twice")
            sections.found.setdefault(section, [])
        elif not section:
            line.blame("stands before the first section")
        elif len(line.fields) < FIELDS.get(section, 0):
            line.blame(f"{len(line.fields)} fields instead of {FIELDS[section]}")
        else:
            sections.found[section].append(line)
    for name in NEEDED:
        if not sections.found.get(name):
            slots = {"reason": f"section {name!r} is missing or empty"}
            sections.problems.append(Problem(code="not_this_format", pointer="", slots=slots))
    return sections
