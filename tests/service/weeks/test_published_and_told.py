"""What follows from what was published and told, over a real store."""

from pathlib import Path

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


def test_who_was_told_is_told_again_when_their_work_is_taken_away(tmp_path: Path) -> None:
    store = Store.of(ServiceSettings(data_dir=tmp_path))
    store.migrate()
    instance = inputs.inspect_data(TINY).sound()
    roster = inputs.roster(TINY_ROSTER, expand(instance), "")[0]
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
    store.close()
