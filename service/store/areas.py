"""The areas of instances in the database: by them it is found who may see which instance."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from scheduler.model import Instance
from service.access.tables import InstanceAreaRow


def enter(session: Session, id: str, instance: Instance) -> None:
    """Note the areas of an instance that is being kept."""
    names = sorted({area.id for area in instance.areas})
    session.add_all(InstanceAreaRow(instance_id=id, area=name) for name in names)


def visible(
    areas: Collection[str] | None,
    instance: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
) -> ColumnElement[bool]:
    """The condition that who is for these areas may see an instance: it has one of them.

    areas: None: every area, and then every instance is seen. instance: a column with its id.
    """
    if areas is None:
        return true()
    seen = select(InstanceAreaRow.instance_id).where(InstanceAreaRow.area.in_(areas))
    return instance.in_(seen)


def sees(session: Session, areas: Collection[str] | None, id: str) -> bool:
    """As `visible`, of one instance."""
    if areas is None:
        return True
    query = select(InstanceAreaRow.area).where(
        InstanceAreaRow.instance_id == id, InstanceAreaRow.area.in_(areas)
    )
    return session.scalar(query.limit(1)) is not None
