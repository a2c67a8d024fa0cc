"""Writing a roster as lines that can be edited and read back; see `read_roster`."""

from collections.abc import Collection, Mapping

import xlsxwriter

from scheduler.formats.workbook.called import called
from scheduler.formats.workbook.context import CellContext
from scheduler.formats.workbook.sheets import ROSTER_SHEETS
from scheduler.formats.workbook.sheets.roster import ABOUT, ASSIGNMENTS
from scheduler.formats.workbook.write import BookWriter
from scheduler.messages import Lang
from scheduler.model import Instance, Roster


def write_lines(
    book: xlsxwriter.Workbook,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    names: Mapping[str, str],
    hidden: Collection[str],
) -> None:
    """Add the sheet of a roster's assignments by time, and the one that says which week they are of.

    names: task id → its name as readers may see it
    hidden: ids of places without a name for readers, and of tasks whose place has none
    """
    context = CellContext(roster.horizon.start, roster.horizon.days, lang)
    people = called(instance.people)
    places = {id: id if id in hidden else name for id, name in called(instance.places).items()}
    words = {"people": list(people.values()), "places": list(places.values())}
    writer = BookWriter(book, context, ROSTER_SHEETS, words)
    ticks = roster.horizon.ticks_per_minute
    lines = [
        {
            "task": part.task,
            "name": names.get(part.task, ""),
            "slot": part.slot,
            "person": people.get(part.person, part.person),
            "place": part.place if part.task in hidden else places.get(part.place, part.place),
            "start": part.start // ticks,
            "end": part.end // ticks,
        }
        for part in sorted(roster.assignments, key=lambda one: (one.start, one.task, one.slot))
    ]
    writer.sheet(ASSIGNMENTS, lines, example=False)
    about = {
        "instance": roster.instance,
        "horizon.start": roster.horizon.start,
        "horizon.days": roster.horizon.days,
    }
    writer.sheet(ABOUT, [about], example=False)
    writer.write_lists()
