"""``lianxin export-results``: a roster → the rows and columns of a city platform's list."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.commands.import_orders import MAP_BESIDE, List, OrdersMap
from scheduler.cli.ending import orderly
from scheduler.cli.options import Answer, Lang, Week, expanded
from scheduler.cli.talk import Talk, helped

ENDINGS = (".csv", ".xlsx")


def run(
    week: Week,
    roster: Answer,
    orders: List,
    out: Annotated[Path, typer.Option("--out", "-o", help=helped("results_out"))],
    lang: Lang,
    order_map: OrdersMap = None,
) -> None:
    """Write results for the platform."""
    from scheduler.cli import files
    from scheduler.exports.orders import results, write_results
    from scheduler.formats.atomic import replacing
    from scheduler.formats.orders import read_map, read_table

    talk = Talk(lang)
    files.check_folder(talk, out)
    if out.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise typer.BadParameter(talk.word("unknown_ending", path=out, known=known))
    with orderly(talk, week):
        instance = expanded(talk, week)
        planned = files.read_roster(roster, instance, talk)
    with orderly(talk, orders):
        columns = read_map(order_map or week.parent / MAP_BESIDE)
        table = read_table(orders, columns)
    told = results(instance, planned, table, columns)
    with orderly(talk, out), replacing(out) as partial:
        write_results(partial, told, table)
    talk.tell("orders.told", count=len(told))
    talk.tell("written", path=out)
