"""What follows from what was published and told, over a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from scheduler.due import expand
from service import inputs
from service.access.caller import LOCAL
from service.examples import TINY, TINY_ROSTER
from service.settings import ServiceSettings
from service.store import Store, closings, publications
from service.weeks import closing, facts, publishing, telling
from service.weeks.opening import begun, made, revised
from service.weeks.state import WeekState

_BY = {"account": None, "account_name": "x"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.of(ServiceSettings(data_dir=tmp_path))
    store.migrate()
    yield store
    store.close()


def test_who_was_told_is_told_again_when_their_work_is_taken_away(store: Store) -> None:
    instance = inputs.inspect_data(TINY).sound()
    roster = inputs.roster(TINY_ROSTER, expand(instance), "")
    week = begun(store, LOCAL, WeekState.of(instance, roster))
    id = week.week.id
    with store.session() as session:
        assert facts.facts(session, week, 5).words == ["unpublished"]
        publishing.publish(session, week.week, 1, week.state, None, _BY)
    with store.session() as session:
        stands = facts.facts(session, week, 5)
        assert (stands.words, stands.untold) == (["published"], 1)
        publications.tell(session, id, 1, "worker-03", "told", **_BY)
    with store.session() as session:
        assert facts.facts(session, week, 5).untold == 0
    bare = week.state.roster.model_copy(update={"assignments": ()})
    after = revised(store, week, week.state.changed(roster=bare), made(LOCAL, "command"))
    with store.session() as session:
        assert facts.facts(session, after, 5).words == ["published_with_changes"]
        publishing.publish(session, after.week, 2, after.state, None, _BY)
        told = telling.Tellings(session, id, publishing.published(session, id), 5).people
        assert [(one.kind, one.state) for one in told] == [("withdrawn", "again")]
        items = closing.reckoned(week.state, closings.outcomes(session, id))
        assert len(closing.lacking(items)) == 1


def test_a_step_keeps_the_time_of_those_before_it_and_takes_those_after_it_back(
    store: Store,
) -> None:
    instance = inputs.inspect_data(TINY).sound()
    id = begun(store, LOCAL, WeekState.of(instance, None)).week.id

    def tell(step: publications.Step | None, publication: int = 1, person: str = "b") -> None:
        with store.session() as session:
            publications.tell(session, id, publication, person, step, **_BY)

    def told() -> list[tuple[float | None, ...]]:
        with store.session() as session:
            rows = publications.tellings(session, id)
            return [(row.copied, row.told, row.received) for row in rows]

    tell("copied")
    with store.session() as session:
        session.execute(update(publications.TellingRow).values(copied=1.0))
    tell("received")
    [(copied, *later)] = told()
    assert copied == 1.0
    assert all(moment is not None and moment > 1 for moment in later)
    tell("copied")
    assert told() == [(1.0, None, None)]
    tell(None)
    assert told() == [(None, None, None)]
    # Publications in their order, within each by person.
    tell("told", publication=2, person="a")
    with store.session() as session:
        order = [(row.publication, row.person) for row in publications.tellings(session, id)]
    assert order == [(1, "b"), (2, "a")]
