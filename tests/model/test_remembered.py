"""What is made of a record is made once, whatever becomes of the record."""

from scheduler.model import remembered as module
from scheduler.model.remembered import remembered
from scheduler.model.tasks import slots
from tests.rules.build import visit


def test_what_is_made_of_a_record_is_made_once() -> None:
    asked = []
    length = remembered(lambda record: asked.append(record) or len(record.id))
    one, like = visit("one"), visit("one")
    assert [length(one), length(one), length(like)] == [3, 3, 3]
    assert [record is made for record, made in zip(asked, (one, like), strict=True)] == [True, True]


def test_a_changed_record_is_another_one() -> None:
    one = visit("v")
    assert slots(one)[0].duration == one.duration
    longer = one.model_copy(update={"duration": one.duration + 5})
    assert slots(longer)[0].duration == one.duration + 5
    assert slots(one)[0].duration == one.duration


def test_no_record_is_taken_for_one_that_is_gone() -> None:
    length = remembered(lambda record: record.duration)
    for minutes in range(1, 200):
        assert length(visit("v").model_copy(update={"duration": minutes})) == minutes


def test_it_remembers_so_many(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    asked = []
    name = remembered(lambda record: asked.append(record.id) or record.id)
    a, b, c = map(visit, "abc")
    assert [name(one) for one in (a, b, a, c, a)] == ["a", "b", "a", "c", "a"]
    assert asked == ["a", "b", "c", "a"]
