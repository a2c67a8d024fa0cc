"""The interface, committed: ``python -m service.openapi`` writes openapi.json anew; a test compares it."""

import json
from pathlib import Path

from service.app import create_app
from service.settings import ServiceSettings

FILE = Path(__file__).with_suffix(".json")


def text() -> str:
    """The document as it is committed."""
    app = create_app(ServiceSettings(data_dir=Path()), worker=False)
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the document."""
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
