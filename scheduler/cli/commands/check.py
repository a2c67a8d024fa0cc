"""``lianxin check``: what a roster costs, rule by rule, and every breach."""

from typing import Annotated

import typer

from scheduler.cli.ending import HARD_RULE_BROKEN, orderly
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.talk import Talk, helped


def run(
    week: Week,
    roster: Answer,
    lang: Lang,
    everything: Annotated[bool, typer.Option("--all", help=helped("all"))] = False,
) -> None:
    """Price a roster rule by rule."""
    from scheduler.cli.files import read_checked
    from scheduler.cli.notices import tell_exceptions
    from scheduler.cli.tables import finding_list, rule_table, score_line

    talk = Talk(lang)
    with orderly(talk, week):
        instance = expanded(talk, week, "all" if everything else "counted")
        report = read_checked(roster, instance, talk)[1]
    talk.out.print(rule_table(talk, instance, report.rules))
    talk.out.print(finding_list(talk, instance, report.findings, everything))
    talk.out.print(score_line(talk, report.score))
    tell_exceptions(talk, instance)
    talk.tell("check.feasible" if report.feasible else "check.broken")
    if not report.feasible:
        raise typer.Exit(HARD_RULE_BROKEN)
