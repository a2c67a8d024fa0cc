"""A week is written as pydantic writes it, whatever was written before."""

from scheduler.model import Instance
from service.weeks.written import written
from tests.contract.tiny import TINY
from tests.service.weeks.conftest import WEEK


def _whole(instance: Instance) -> str:
    return instance.model_dump_json(exclude_none=True)


def test_every_tiny_week_is_written_whole() -> None:
    for tiny in TINY.values():
        instance = tiny()
        assert written(instance) == _whole(instance)


def test_a_changed_record_is_written_anew_and_a_moved_week_by_its_own_days() -> None:
    week = Instance.model_validate(WEEK)
    assert written(week) == _whole(week)
    longer = week.visits[0].model_copy(update={"duration": week.visits[0].duration + 5})
    for changed in (
        week.changed(visits=(longer, *week.visits[1:])),
        week.changed(visits=week.visits[1:], title="另一周"),
        week.changed(
            horizon=week.horizon.model_copy(update={"start": week.horizon.start.replace(day=9)})
        ),
    ):
        assert written(changed) == _whole(changed)
        assert written(changed) != written(week)
