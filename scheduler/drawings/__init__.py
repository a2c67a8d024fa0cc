"""What is drawn of a week, for the report and the pages: board and map.

The ES modules beside this file draw, the Python modules make their data. A page loads the modules
from the service; the report, which is one file, has them joined inline (`joined`). So a module
imports by name from modules beside it, and no two give the same name to something outermost.
"""

import re
from pathlib import Path

from scheduler.messages import LANGS, catalogue

FOLDER = Path(__file__).parent
MODULES = (
    "moments",
    "speech",
    "axis",
    "week",
    "palette",
    "paint",
    "tip",
    "rows",
    "tiles",
    "grid",
    "sheets",
    "basemap",
    "routes",
)
"""The ES modules, each after those that it imports."""
_IMPORT = re.compile(r"^import .* from \"\./.*\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def joined(*more: str) -> str:
    """The modules, and scripts that use them, as one script that imports nothing."""
    parts = [(FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in MODULES]
    inside = _EXPORT.sub("", _IMPORT.sub("", "\n".join([*parts, *more])))
    return f'(() => {{\n"use strict";\n{inside}}})();'


def style() -> str:
    """The style sheet of the drawings."""
    return (FOLDER / "drawings.css").read_text(encoding="utf-8")


def drawn_words() -> dict[str, dict[str, str]]:
    """The messages that the modules say, by language and key."""
    return {
        lang: {
            key.partition(".")[2]: words
            for key, words in catalogue(lang).items()
            if key.startswith(("drawings.", "words.duration."))
        }
        for lang in LANGS
    }
