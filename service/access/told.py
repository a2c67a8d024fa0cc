"""What a job says of itself, which everybody may follow: without the private words of its instance."""

import json
from collections.abc import Iterable
from typing import Any

from scheduler.due import expand
from scheduler.model import Instance, Problem
from scheduler.report.neutral import Neutral
from service.access.quoted import Quoted


def told_figures(instance: str, figures: dict[str, Any]) -> dict[str, Any]:
    """Figures with neutral ids and kinds. instance: its JSON."""
    if '"private":' not in instance:
        return figures
    neutral: dict[str, Any] = Neutral(expand(Instance.model_validate_json(instance))).figures(
        figures
    )
    return neutral


def told_problems(instance: str, problems: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems, as JSON, that quote nothing private. instance: its JSON."""
    quoted = Quoted(json.loads(instance))
    return [one.model_dump() for one in quoted(Problem(**problem) for problem in problems)]
