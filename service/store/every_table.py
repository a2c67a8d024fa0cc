"""Every table of the database: the modules that have tables are all loaded by this one."""

import service.access.audit
import service.access.links
import service.access.tables  # noqa: F401 - its tables are in the metadata
from service.store import (  # noqa: F401 - their tables
    closings,
    contents,
    imports,
    plans,
    publications,
    requests,
    roster_people,
    ways,
    webhooks,
    weeks,
)
from service.store.sealed import SealedCell
from service.store.tables import Base

METADATA = Base.metadata
SEALED: dict[str, SealedCell] = {
    f"{table.name}.{column.name}": column.type
    for table in METADATA.sorted_tables
    for column in table.c
    if isinstance(column.type, SealedCell)
}
"""Every sealed column by ``table.column``: what rotating the keys goes through."""
