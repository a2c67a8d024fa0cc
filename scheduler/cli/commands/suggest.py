"""``lianxin suggest``: where new work fits into a roster, and what a person who came free could do."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli.by_hand import DryRun, HandOptions, OutWeek, carry_out
from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Lang, Out, Week, expanded
from scheduler.cli.talk import Talk, helped, printable

if TYPE_CHECKING:
    from scheduler.due import Expanded
    from scheduler.explain import Suggestion, Trials
    from scheduler.model import Roster
    from scheduler.model.changes import Change

Visit = Annotated[Path | None, typer.Option("--visit", help=helped("suggest_visit"))]
Case = Annotated[Path | None, typer.Option("--case", help=helped("suggest_case"))]
Task = Annotated[str | None, typer.Option("--task", help=helped("suggest_task"))]
Person = Annotated[str | None, typer.Option("--person", help=helped("suggest_person"))]
Count = Annotated[int, typer.Option("-k", min=1, max=100, help=helped("suggest_count"))]
Take = Annotated[int | None, typer.Option("--take", min=1, help=helped("suggest_take"))]
AsJson = Annotated[bool, typer.Option("--json", help=helped("json"))]


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    visit: Visit = None,
    case: Case = None,
    task: Task = None,
    person: Person = None,
    count: Count = 5,
    as_json: AsJson = False,
    take: Take = None,
    dry_run: DryRun = False,
    out: Out = None,
    out_week: OutWeek = None,
) -> None:
    """Suggest places for new work, or work for a person."""
    from scheduler.cli.files import read_roster
    from scheduler.explain import prepared
    from scheduler.facts import Facts

    talk = Talk(lang)
    if sum(question is not None for question in (visit, case, task, person)) != 1:
        raise typer.BadParameter(talk.word("suggest.one_of"))
    if take is not None:

        def taken(instance: "Expanded", published: "Roster") -> "Sequence[Change]":
            trials = prepared(Facts(instance, published))
            most = max(take, count)
            return _taken(
                talk,
                _suggestions(talk, trials, visit, case, task, person, most),
                trials,
                take,
            )

        carry_out(talk, week, roster, taken, HandOptions(dry_run, None, out, out_week))
        return
    with orderly(talk, week):
        instance = expanded(talk, week)
        published = read_roster(roster, instance, talk)
        trials = prepared(Facts(instance, published))
    with orderly(talk, visit or case):
        suggestions = _suggestions(talk, trials, visit, case, task, person, count)
    if as_json:
        data = [_data(suggestion, talk) for suggestion in suggestions]
        talk.out.out(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _show(talk, suggestions)


def _suggestions(
    talk: Talk,
    trials: "Trials",
    visit: Path | None,
    case: Path | None,
    task: str | None,
    person: str | None,
    count: int,
) -> "list[Suggestion]":
    from scheduler import model
    from scheduler.cli.files import read_new
    from scheduler.explain.suggest import suggest
    from scheduler.formats import mentions

    week = trials.facts.instance
    return suggest(
        trials,
        visit=None if visit is None else read_new(visit, model.Visit, week, talk),
        case=None if case is None else read_new(case, model.Case, week, talk),
        task=None if task is None else mentions.task(week, task).id,
        person=None if person is None else mentions.person(week, person).id,
        most=count,
    )


def _taken(
    talk: Talk, suggestions: "Sequence[Suggestion]", trials: "Trials", number: int
) -> "Sequence[Change]":
    """The changes that a suggestion is, by its number from 1."""
    from scheduler.explain.words import suggestion_in_words
    from scheduler.messages.names import Names
    from scheduler.weeks.accept import accepting

    if number > len(suggestions):
        raise typer.BadParameter(talk.word("suggest.no_such", count=len(suggestions)))
    suggestion = suggestions[number - 1]
    words = suggestion_in_words(Names(suggestion.instance, talk.lang), suggestion)
    talk.tell("suggest.taken", number=number, suggestion=printable(words))
    return accepting(trials.facts.instance, suggestion)


def _show(talk: Talk, suggestions: "Sequence[Suggestion]") -> None:
    from scheduler.cli.tables import PlainTable
    from scheduler.explain.words import suggestion_in_words
    from scheduler.messages.names import Names
    from scheduler.messages.numbers import number_in_words

    if not suggestions:
        talk.tell("suggest.none")
        return
    heads = [talk.word(f"suggest.{head}") for head in ("number", "suggestion", "medium", "soft")]
    table = PlainTable(*heads, right=(0, 2, 3))
    for number, suggestion in enumerate(suggestions, 1):
        score = suggestion.change.score
        words = printable(suggestion_in_words(Names(suggestion.instance, talk.lang), suggestion))
        levels = (number_in_words(points, signed=True) for points in (score.medium, score.soft))
        table.add_row(str(number), words, *levels)
    talk.out.print(table)


def _data(suggestion: "Suggestion", talk: Talk) -> dict[str, Any]:
    from scheduler.explain.words import suggestion_in_words
    from scheduler.messages.names import Names
    from scheduler.model.time import clock

    horizon = suggestion.instance.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        assignments = [part.model_dump(mode="json") for part in suggestion.assignments]
    return {
        "text": suggestion_in_words(Names(suggestion.instance, talk.lang), suggestion),
        "score": suggestion.change.score.model_dump(),
        "points": {part.rule.rule.id: sum(part.score.points) for part in suggestion.change.by_rule},
        "extra_travel": [placement.extra for placement in suggestion.placements],
        "assignments": assignments,
    }
