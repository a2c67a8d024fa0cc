"""The committed JSON Schemas; ``python -m scheduler.formats.schema`` writes them anew."""

import json
from pathlib import Path

from scheduler.formats.atomic import write_text
from scheduler.model import Instance, Roster, WorkedWeek
from scheduler.model.changes import Changes
from scheduler.model.instance import FileRoot

FILES: dict[str, type[FileRoot]] = {
    "instance.schema.json": Instance,
    "roster.schema.json": Roster,
    "worked.schema.json": WorkedWeek,
    "changes.schema.json": Changes,
}
FOLDER = Path(__file__).parent


def schema(model: type[FileRoot]) -> str:
    """The JSON Schema (2020-12) of a file's root, as text."""
    body = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write every schema."""
    for name, model in FILES.items():
        write_text(FOLDER / name, schema(model))


if __name__ == "__main__":
    main()
