"""The reference of the JSON, made from the schemas: ``python -m docs.json_reference`` writes it anew.

A page for each file that Lianxin reads or writes, with a table for each record in it. A record that
stands in several files is told on the first page that needs it. Examples come from the files beside
the pages.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scheduler.formats.schema import FILES, schema

FOLDER = Path(__file__).parent / "json"
PAGES = ("instance", "roster", "changes", "worked")
"""In the order in which a reader meets them, and so in which records find their page."""
EXAMPLES = {"instance": "week.json"}
"""The example of a page where it is not called as the page."""
UNITS = (
    (r"run_from", "days"),
    (r"duration|minutes|overtime|minimum_rest|after|hours|evening_from|breaks", "minutes"),
    (
        r"(every|early|follow_up|least|most|weekly)_days|days_(in_row|off)|in_row|^days$|run_|kind_runs",
        "days",
    ),
    (r"points|weight|^(hard|medium|soft)$", "points"),
    (r"seconds", "seconds"),
    (r"longitude|latitude", "degrees"),
    (r"metres", "metres a minute"),
    (
        r"sessions|slots|_tasks|weekends|public_holidays|kind_counts|^(crew|capacity|least_crew)$",
        "count",
    ),
    (r"^(minimum|target|maximum)$", "people"),
)
"""Units of numbers by the names of their fields, the first that fits; dates and moments tell theirs."""
LONGEST = 48
"""Characters of a default or an example that a table shows."""

Node = dict[str, Any]


class Reference:
    """All pages. `home`: the page on which each record is told."""

    def __init__(self) -> None:
        self._roots: dict[str, Node] = {
            page: json.loads(schema(FILES[f"{page}.schema.json"])) for page in PAGES
        }
        self._records: dict[str, Node] = {}
        self._home: dict[str, str] = {}
        self._examples: dict[tuple[str, str], Any] = {}
        for page, root in self._roots.items():
            for name in _reached(root):
                node = root if name == root["title"] else root["$defs"][name]
                if name not in self._home:
                    self._home[name], self._records[name] = page, node
            self._collect({"$ref": root["title"]}, _example(page))

    def pages(self) -> dict[str, str]:
        """Every page's text by its name."""
        return {page: self._page(page, root) for page, root in self._roots.items()}

    def _page(self, page: str, root: Node) -> str:
        example = EXAMPLES.get(page, f"{page}.json")
        parts = [
            f"# {root['title']}\n",
            f"{root['description']}\n",
            f"Schema: [`{page}.schema.json`](../../scheduler/formats/{page}.schema.json). "
            f"Example: [`{example}`]({example}), which all examples here are taken from. "
            "A field without a default has to be there. Minutes are ticks where the horizon says "
            "`ticks_per_minute`.\n",
        ]
        told = [name for name in _reached(root) if self._home[name] == page]
        if len(told) > 1:
            parts.append(" · ".join(f"[{name}](#{name.lower()})" for name in told[1:]) + "\n")
        for name in told:
            parts += self._section(name, page, top=name == root["title"])
        return "\n".join(parts)

    def _section(self, name: str, page: str, *, top: bool) -> Iterator[str]:
        node = self._records[name]
        if not top:
            yield f"## {name}\n"
            yield f"{_sentence(node)}\n"
        if "enum" in node:
            yield _choices(node) + "\n"
        if "properties" in node:
            yield "| field | type | unit | meaning | default | example |"
            yield "|---|---|---|---|---|---|"
            for field, value in node["properties"].items():
                needed = field in node.get("required", ())
                yield self._row(name, field, value, page, needed=needed)
            yield ""

    def _row(self, record: str, field: str, value: Node, page: str, *, needed: bool) -> str:
        cells = (
            f"`{field}`",
            self._type(value, page),
            _unit(field, value),
            _sentence(value),
            "" if needed else _shown(value.get("default")),
            _shown(self._examples[record, field]) if (record, field) in self._examples else "",
        )
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    def _type(self, node: Node, page: str) -> str:
        """What a value may be, in words, with links to records."""
        if "$ref" in node:
            name = _name(node)
            home = self._home[name]
            return f"[{name}]({'' if home == page else f'{home}.md'}#{name.lower()})"
        for way in ("anyOf", "oneOf"):
            if way in node:
                kinds = [one for one in node[way] if one.get("type") != "null"]
                return " or ".join(self._type(one, page) for one in kinds)
        if "enum" in node:
            return _choices(node)
        if "const" in node:
            return f"`{node['const']}`"
        return self._plain(node, page)

    def _plain(self, node: Node, page: str) -> str:
        match node.get("type"):
            case "array" if "prefixItems" in node:
                inside = [self._type(one, page) for one in node["prefixItems"]]
                return f"list of {len(inside)}: {', '.join(dict.fromkeys(inside))}"
            case "array":
                return f"list of {self._type(node['items'], page)}"
            case "object":
                inside = node.get("additionalProperties")
                return (
                    f"{self._type(inside, page)} by name" if isinstance(inside, dict) else "object"
                )
            case "string":
                return {"local-date-time": "moment", "date": "date"}.get(
                    node.get("format", ""), "text"
                )
            case "integer":
                return _bounded("whole number", node)
            case "number":
                return _bounded("number", node)
            case "boolean":
                return "true, false"
        return "anything"

    def _collect(self, node: Node, value: Any) -> None:
        """Take the first value of each field out of an example, following the schema."""
        if value is None:
            return
        for way in ("anyOf", "oneOf"):
            for one in node.get(way, ()):
                if self._suits(one, value):
                    self._collect(one, value)
                    return
        if isinstance(value, list):
            inside = node.get("items", {})
            for one in value:
                self._collect(inside, one)
        elif "$ref" in node and isinstance(value, dict):
            record = self._records[_name(node)]
            for field, part in value.items():
                self._examples.setdefault((_name(node), field), part)
                self._collect(record["properties"][field], part)
        elif isinstance(value, dict) and isinstance(node.get("additionalProperties"), dict):
            for part in value.values():
                self._collect(node["additionalProperties"], part)

    def _suits(self, node: Node, value: Any) -> bool:
        """Whether an alternative is the one that a value took."""
        if "$ref" not in node:
            return isinstance(value, list) == (node.get("type") == "array")
        fields = self._records[_name(node)].get("properties", {})
        kind = fields.get("kind", {})
        if "const" in kind:
            return isinstance(value, dict) and value.get("kind") == kind["const"]
        return isinstance(value, dict) and value.keys() <= fields.keys()


def _reached(root: Node) -> list[str]:
    """The root's title, then the records that it leads to, in the order in which a reader meets them."""
    met = [root["title"]]
    for name in met:
        node = root if name == root["title"] else root["$defs"][name]
        for inner in re.findall(r'"#/\$defs/(\w+)"', json.dumps(node.get("properties", {}))):
            if inner not in met:
                met.append(inner)
    return met


def _name(node: Node) -> str:
    return str(node["$ref"]).rsplit("/", 1)[-1]


def _example(page: str) -> Any:
    path = FOLDER / EXAMPLES.get(page, f"{page}.json")
    return json.loads(path.read_text(encoding="utf-8"))


def _sentence(node: Node) -> str:
    """A description on one line, with code as Markdown marks it and values as JSON writes them."""
    text = " ".join(str(node.get("description", "")).replace("``", "`").split())
    for python, said in (("None", "`null`"), ("True", "`true`"), ("False", "`false`")):
        text = re.sub(rf"\b{python}\b", said, text)
    return text


def _choices(node: Node) -> str:
    return ", ".join(f"`{one}`" for one in node["enum"])


def _bounded(kind: str, node: Node) -> str:
    bounds = {
        "≥": node.get("minimum"),
        ">": node.get("exclusiveMinimum"),
        "≤": node.get("maximum"),
    }
    said = [f"{sign} {bound:g}" for sign, bound in bounds.items() if bound is not None]
    return " ".join([kind, ", ".join(said)]).strip()


def _numbers(node: Any) -> bool:
    """Whether there is a number somewhere in a type."""
    if isinstance(node, list):
        return any(_numbers(one) for one in node)
    if not isinstance(node, dict):
        return False
    inside = [node.get(key) for key in ("anyOf", "items", "prefixItems", "additionalProperties")]
    return node.get("type") in ("integer", "number") or any(_numbers(one) for one in inside)


def _unit(field: str, node: Node) -> str:
    text = json.dumps(node)
    if "local-date-time" in text:
        return "local time"
    if '"format": "date"' in text:
        return "local day"
    if field in ("from", "to") and _numbers(node):
        return "minutes"
    if _numbers(node):
        return next((unit for name, unit in UNITS if re.search(name, field)), "")
    return ""


def _shown(value: Any) -> str:
    """A value as JSON on a line, shortened where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    return f"`{text}`"


def main() -> None:
    """Write every page."""
    for page, text in Reference().pages().items():
        (FOLDER / f"{page}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
