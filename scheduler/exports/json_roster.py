"""The roster as JSON, which can be read back; it names ids only, so that nothing is masked."""

from pathlib import Path

from scheduler.formats import json_file
from scheduler.messages import Lang
from scheduler.model import Instance, Roster


def write_roster(path: Path, instance: Instance, roster: Roster, lang: Lang) -> None:
    """Write the roster unchanged; the language makes no difference."""
    json_file.write_roster(path, roster)
