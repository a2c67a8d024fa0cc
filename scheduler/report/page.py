"""View → HTML: templates with autoescape; style and script are read as files and stand inline."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scheduler.drawings import FOLDER, joined, style
from scheduler.drawings.kinds import called_alike
from scheduler.drawings.words import bilingual, text
from scheduler.messages import LANGS, Lang, say
from scheduler.model import Instance, Roster
from scheduler.report.audience import Part
from scheduler.report.changes import Before
from scheduler.report.data import View, view
from scheduler.report.part_view import PartView, part_view
from scheduler.report.tables import names
from scheduler.rules import Text

_TEMPLATES = Path(__file__).parent / "templates"


def page(
    instance: Instance, roster: Roster, lang: Lang, private: bool, before: Before | None = None
) -> str:
    """The whole file."""
    return _render("report.html", view(instance, roster, private, before), lang)


def part_page(part: Part, lang: Lang, before: Before | None = None) -> str:
    """The page of one reader."""
    return _render("part.html", part_view(part, before), lang)


def _render(template: str, view: View | PartView, lang: Lang) -> str:
    html = _environment().get_template(template).render(view=view, lang=lang)
    # The templates' indentation would be a tenth of a large file.
    return "\n".join(line.strip() for line in html.split("\n") if line.strip())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([_TEMPLATES, FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["both"] = both
    environment.filters["names"] = names
    environment.filters["called_alike"] = called_alike
    environment.globals["t"] = lambda key, **slots: both(text(key, **slots))
    environment.globals["drawn"] = lambda key: both(
        bilingual(lambda lang: say(f"drawings.{key}", lang))
    )
    environment.globals["asset"] = _asset
    environment.globals["drawings_css"] = lambda: Markup(style())
    environment.globals["script"] = _script
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    return environment


def both(words: Text) -> Markup:
    """Both languages, of which the style sheet shows one; a name that is the same in both, once."""
    if words.zh == words.en:
        return escape(words.zh)
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(lang, getattr(words, lang)) for lang in LANGS
    )


def _asset(name: str) -> Markup:
    """A file of the package that goes into the page as it is."""
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))


def _script() -> Markup:
    """The drawings and what sets them up here, as one script that needs no other file."""
    return Markup(joined(_asset("board.js"), _asset("routes.js"), _asset("app.js")))
