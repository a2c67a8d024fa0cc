"""What a workbook calls people and places: by name where that is unique, so that it can be typed over."""

from collections import Counter
from collections.abc import Sequence

from scheduler.formats.workbook.cells.text import folded, plain
from scheduler.model import Person, Place


def called(records: Sequence[Person] | Sequence[Place]) -> dict[str, str]:
    """Id → name, or the id itself where another record has that name or id, or it is not plain text."""
    words = Counter(word for record in records for word in {folded(record.id), folded(record.name)})
    return {
        record.id: record.name
        if record.name and plain(record.name) == record.name and words[folded(record.name)] == 1
        else record.id
        for record in records
    }
