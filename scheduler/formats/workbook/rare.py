"""Which columns most weeks leave blank, so that the template folds them away."""

from scheduler.formats.workbook.columns import Column, Sheet

_COMMON: dict[str, tuple[str, ...]] = {
    "settings": (
        "coordinates",
        "settings.calendar.country",
        "settings.travel.same_area_minutes",
        "settings.travel.other_area_minutes",
    ),
    "places": ("id", "area", "point", "private", "opening"),
    "people": ("id", "skills", "areas", "leave", "mode", "agreed"),
    "households": ("id", "risk", "known_people"),
    "duties": ("id", "kind", "last_done", "person"),
    "cases": ("id", "household", "sessions", "every_days", "places", "duration", "skills", "roles"),
    "visits": ("id", "crew", "slots.roles", "slots.skills", "priority", "household", "private"),
    "shifts": ("id", "needs.roles", "needs.skills", "needs.minimum", "needs.target", "priority"),
    "history": ("minutes", "fair_minutes", "last_end"),
}
"""Sheet → columns that are shown besides those that must be filled; sheets not named show all."""


def is_rare(sheet: Sheet, column: Column) -> bool:
    """Whether a column, or an item of the settings, is folded away as long as it is blank."""
    needed = column.required or column.needed or column.field in ("id", "title")
    return sheet.name in _COMMON and not needed and column.field not in _COMMON[sheet.name]
