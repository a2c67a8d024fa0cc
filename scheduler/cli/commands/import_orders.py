"""``lianxin import-orders``: a city platform's list → the week with its orders."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.ending import orderly
from scheduler.cli.options import Lang, Week
from scheduler.cli.talk import Talk, helped, printable

List = Annotated[Path, typer.Argument(metavar="LIST", help=helped("import_list"))]
OrdersMap = Annotated[Path | None, typer.Option("--map", "-m", help=helped("orders_map"))]

MAP_BESIDE = "orders.toml"
"""The map where none is named: in the week's folder."""


def run(
    orders: List,
    week: Week,
    lang: Lang,
    order_map: OrdersMap = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=helped("import_out"))] = None,
) -> None:
    """Take a platform's orders into a week."""
    from scheduler.cli import files
    from scheduler.cli.tables import problem_list
    from scheduler.formats.orders import read_map, read_orders, read_table
    from scheduler.weeks.orders import with_orders

    talk = Talk(lang)
    target = out or files.beside(week, "orders")
    files.check_week_target(talk, target)
    with orderly(talk, week):
        instance = files.read_instance(talk, week)[0]
    with orderly(talk, orders):
        columns = read_map(order_map or week.parent / MAP_BESIDE)
        table = read_table(orders, columns)
        found, warnings = read_orders(instance, table, columns)
        taken = with_orders(instance, found, columns)
    with orderly(talk, target):
        files.write_instance(target, taken.instance, talk.lang)
    key = "orders.workbook" if table.encoding is None else "orders.read"
    encoding = (table.encoding or "").removesuffix("-sig").upper()
    talk.tell(key, source=printable(str(orders)), encoding=encoding, count=len(table.cells))
    if warnings:
        talk.err.print(problem_list(talk, warnings, str(orders)))
    for kind in ("added", "updated", "cancelled", "unchanged", "places"):
        names = [printable(name) for name in getattr(taken, kind)]
        if names:
            talk.tell(f"orders.{kind}", count=len(names), names=talk.word("and").join(names))
    if not found:
        talk.tell("orders.nothing")
    talk.tell("written", path=target)
