"""Every setting with its comment: ``python -m service.sample_settings`` writes deploy/lianxin.toml anew; a test compares it."""

import json
import textwrap
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from service.settings import ServiceSettings

FILE = Path(__file__).parents[1] / "deploy" / "lianxin.toml"
_WIDTH = 100
_HEAD = """\
# Settings of a Lianxin service: lianxin serve --config lianxin.toml, and the same file for workers.
#
# A line that begins with "#" and a name shows the default; take the "#" away to choose otherwise.
# A variable of the environment wins over this file: LIANXIN_DATABASE_URL over database_url, and
# so on; options of the command win over both. A fault in here is told before anything starts.
"""


def text() -> str:
    """The file as it is committed."""
    parts = [_setting(name, field) for name, field in ServiceSettings.model_fields.items()]
    return "\n".join([_HEAD, *parts])


def _setting(name: str, field: FieldInfo) -> str:
    comment = textwrap.fill(
        (field.description or "").replace("``", ""),
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return f"{comment}\n# {name} = {_value(_shown(field))}\n"


def _shown(field: FieldInfo) -> Any:
    """A value that a setting may have: its example, or its default where that is the same everywhere."""
    return field.examples[0] if field.examples else field.get_default()


def _value(value: Any) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps("" if value is None else str(value), ensure_ascii=False)


def main() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
