"""A problem's two sentences: what is wrong, and what to do about it."""

from typing import NamedTuple

from scheduler.messages import Lang, has, say
from scheduler.messages.names import roles_in_words, skills_in_words
from scheduler.model.errors import Problem


class Advice(NamedTuple):
    """Cause and remedy in one language."""

    cause: str
    remedy: str


def explain(problem: Problem, lang: Lang) -> Advice:
    """The sentences of a problem, with the suggestion if it has one.

    A slot such as ``breach.zh`` is ``breach`` in that language.

    Raises KeyError for a code without words.
    """
    slots = {"pointer": problem.pointer, "value": problem.value, **problem.slots}
    said = {key: text for key, text in slots.items() if key.endswith(f".{lang}")}
    slots |= {key.removesuffix(f".{lang}"): text for key, text in said.items()}
    if "missing" in slots:
        slots["missing"] = _missing_in_words(slots["missing"], lang)
    for slot in ("given_file", "wanted_file"):
        if slot in slots:
            slots[slot] = say(f"words.file.{slots[slot]}", lang)
    where = _table(problem)
    cause = say(f"{where}.cause", lang, **slots)
    remedy = say(f"{where}.remedy", lang, **slots)
    if problem.slots.get("suggestion"):
        remedy = say("problems.did_you_mean", lang, suggestion=slots["suggestion"], remedy=remedy)
    return Advice(cause, remedy)


def _missing_in_words(missing: str, lang: Lang) -> str:
    """The roles, or the skills as ``skill ≥ level``, that are missing."""
    parts = missing.split(", ")
    if all(has(f"words.role.{part}") for part in parts):
        return roles_in_words(parts, lang)
    levels = {skill: level for skill, _, level in (part.rpartition(" ≥ ") for part in parts)}
    if all(level.isdecimal() for level in levels.values()):
        return skills_in_words({skill: int(level) for skill, level in levels.items()}, lang)
    return missing  # a skill's id has the comma in it


def _table(problem: Problem) -> str:
    """Table of the problem's words: the workbook's or the general one, the fitting one first."""
    parts = ["problems", "workbook.problem"]
    if "!" in problem.pointer.partition("/")[0]:
        parts.reverse()
    tables = [f"{part}.{problem.code}" for part in parts]
    return next((table for table in tables if has(f"{table}.cause")), tables[0])
