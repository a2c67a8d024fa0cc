"""Text files of sections with lines of comma-separated fields, read with all problems at once."""

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
"""Least number of fields of a line, by section."""
MOST = 10**9
"""Largest number in a file."""


@dataclass
class SectionLine:
    """A line's fields; a bad one adds a problem and reads as something harmless, so that reading goes on."""

    number: int
    fields: list[str]
    problems: list[Problem]

    def add_problem(self, reason: str) -> None:
        """Add a problem of this line."""
        slots = {"reason": f"line {self.number}: {reason}"}
        problem = Problem(code="not_this_format", pointer=f"line {self.number}", slots=slots)
        if problem not in self.problems[-8:]:
            self.problems.append(problem)

    def text(self, at: int) -> str:
        """A field as it stands; "" where there is none."""
        return self.fields[at] if at < len(self.fields) else ""

    def whole_number(self, text: str, least: int = 0, most: int = MOST) -> int:
        """A whole number within bounds, both included; `least` where it is none."""
        try:
            value = int(text)
        except ValueError:
            self.add_problem(f"{text!r} is no whole number")
            return least
        if not least <= value <= most:
            self.add_problem(f"{value} is not between {least} and {most}")
            return least
        return value

    def whole_field(self, at: int, least: int = 0, most: int = MOST) -> int:
        """A field that is a whole number."""
        return self.whole_number(self.text(at), least, most)

    def existing_name(self, name: str, names: Container[str]) -> str:
        """A name that an earlier line introduced."""
        if name not in names:
            self.add_problem(f"nothing is called {name!r}")
        return name

    def new_name(self, at: int, names: Container[str]) -> str:
        """A field that introduces a name."""
        name = self.text(at)
        if not name:
            self.add_problem("a name is missing")
        elif name in names:
            self.add_problem(f"{name!r} stands here twice")
        return name


@dataclass
class Sections:
    """Lines by section, and the problems so far."""

    lines_by_section: dict[str, list[SectionLine]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def lines(self, section: str) -> list[SectionLine]:
        """The lines of a section."""
        return self.lines_by_section.get(section, [])


def read_sections(text: str) -> Sections:
    """Split a file; a line with too few fields is a problem and is left out."""
    sections = Sections()
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        content = raw.strip()
        if not content or content.startswith("#"):
            continue
        line = SectionLine(number, [part.strip() for part in content.split(",")], sections.problems)
        if content.startswith("SECTION_"):
            section = content.removeprefix("SECTION_")
            if section not in SECTIONS:
                line.add_problem(f"unknown section {section!r}")
            elif section in sections.lines_by_section:
                line.add_problem(f"section {section!r} stands here twice")
            sections.lines_by_section.setdefault(section, [])
        elif not section:
            line.add_problem("stands before the first section")
        elif len(line.fields) < FIELDS.get(section, 0):
            line.add_problem(f"{len(line.fields)} fields instead of {FIELDS[section]}")
        else:
            sections.lines_by_section[section].append(line)
    for name in NEEDED:
        if not sections.lines_by_section.get(name):
            slots = {"reason": f"section {name!r} is missing or empty"}
            sections.problems.append(Problem(code="not_this_format", pointer="", slots=slots))
    return sections
