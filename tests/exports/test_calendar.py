"""The calendar: one zone, UIDs that last, and a number that rises when the roster is changed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from scheduler.exports import FORMATS
from scheduler.model import Instance, Outcome, Roster
from scheduler.model.changes import Cancel, Changes, Unassign
from scheduler.report import Audience
from scheduler.stop import Stop
from scheduler.weeks.preview import change
from scheduler.weeks.replan.search import replan
from tests.exports.readers import ANNA, answer, week
from tests.rules.build import at, instance, person, roster, visit

NOON = datetime(2020, 11, 20, 12, 0, tzinfo=UTC)


def _found(made: Roster, after: timedelta = timedelta()) -> Roster:
    return made.model_copy(update={"outcome": Outcome(ended_at=NOON + after)})


def _calendar(
    folder: Path,
    of: Instance,
    made: Roster,
    published: tuple[Instance, Roster] | None = None,
    audience: Audience | None = None,
) -> Calendar:
    path = folder / "roster.ics"
    FORMATS[".ics"].write(path, of, made, "zh", published, audience)
    return Calendar.from_ical(path.read_bytes())


def _by_uid(calendar: Calendar) -> dict[str, Any]:
    return {str(event["uid"]): event for event in calendar.events}


def test_it_brings_its_zone_and_says_every_hour_in_it(tmp_path: Path) -> None:
    calendar = _calendar(tmp_path, week(), answer(week()))
    [zone] = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Shanghai"
    [standard] = zone.subcomponents
    assert standard["tzoffsetto"].td == timedelta(hours=8)
    assert {event["dtstart"].params["tzid"] for event in calendar.events} == {"Asia/Shanghai"}
    assert all(event["dtstart"].dt.utcoffset() == timedelta(hours=8) for event in calendar.events)


def test_the_same_roster_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("first.ics", "second.ics"):
        FORMATS[".ics"].write(tmp_path / name, week(), _found(answer(week())), "zh")
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_a_night_ends_on_the_next_morning(tmp_path: Path) -> None:
    # Wednesday 22:00 and eight hours on.
    night = next(
        event
        for event in _calendar(tmp_path, week(), answer(week())).events
        if "nachtwache" in str(event["summary"])
    )
    assert night.start.isoformat() == "2026-11-25T22:00:00+08:00"
    assert night.end.isoformat() == "2026-11-26T06:00:00+08:00"


def test_what_lasts_days_is_one_event(tmp_path: Path) -> None:
    of = instance(person("A"), visit("V", duration=3 * 1440))
    [event] = _calendar(tmp_path, of, roster(of, ("V", 0, "A", "P", at(1, "08:00")))).events
    assert event.end - event.start == timedelta(days=3)


def test_the_stamp_is_that_of_the_search(tmp_path: Path) -> None:
    for made, stamp in (
        (_found(answer(week())), NOON),
        # Made by hand: midnight of Monday in China.
        (answer(week()), datetime(2026, 11, 22, 16, 0, tzinfo=UTC)),
    ):
        events = _calendar(tmp_path, week(), made).events
        assert {event["dtstamp"].dt for event in events} == {stamp}
        assert {event["last-modified"].dt for event in events} == {stamp}


def test_a_re_plan_moves_events_cancels_some_and_counts_on(tmp_path: Path) -> None:
    of = week()
    published = _found(answer(of))
    before = _by_uid(_calendar(tmp_path, of, published))
    assert {event["sequence"] for event in before.values()} == {0}

    changes = Changes(horizon=of.horizon, changes=(Cancel(task="laterne"),))
    first = replan(of, published, changes, Stop(steps=200))
    assert first.roster.revision == 1
    assert first.roster.outcome is not None
    assert first.roster.outcome.ended_at is not None
    later = _by_uid(_calendar(tmp_path, first.instance, first.roster, (of, published)))
    assert {event["sequence"] for event in later.values()} == {1}
    gone = [event for event in later.values() if event["status"] == "CANCELLED"]
    assert sorted(str(event["summary"]) for event in gone) == ["laterne（安娜）", "laterne（贝特）"]
    assert {str(event["uid"]) for event in gone} <= before.keys()
    assert before.keys() <= later.keys()  # nobody keeps an event that nothing says a word of
    assert {event["dtstamp"].dt for event in later.values()} == {first.roster.outcome.ended_at}

    again = Changes(horizon=of.horizon, changes=(Cancel(task="nachtwache"),))
    second = replan(first.instance, first.roster, again, Stop(steps=200), most_moved=0)
    assert second.roster.revision == 2


def test_a_changed_hour_keeps_the_uid_and_another_slot_too(tmp_path: Path) -> None:
    of = week()
    swapped = roster(
        of,
        ("laterne", 1, "anna", "Q", at(0, "11:00")),
        ("laterne", 0, "bert", "Q", at(0, "11:00")),
    )
    now = _by_uid(_calendar(tmp_path, of, swapped))
    assert now.keys() <= _by_uid(_calendar(tmp_path, of, answer(of))).keys()


def test_a_roster_changed_by_hand_is_newer_than_the_published_one(tmp_path: Path) -> None:
    of = week()
    published = answer(of).model_copy(update={"revision": 4})
    by_hand = published.model_copy(update={"assignments": published.assignments[1:]})
    events = _calendar(tmp_path, of, by_hand, (of, published)).events
    assert {event["sequence"] for event in events} == {5}
    assert sum(event["status"] == "CANCELLED" for event in events) == 1
    # Both are stamped by their revision, four and four; the later one is a second later all the same.
    midnight = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert {event["dtstamp"].dt for event in events} == {midnight + timedelta(seconds=5)}


def test_a_change_by_hand_is_a_revision(tmp_path: Path) -> None:
    of = week()
    answered = change(of, answer(of), Unassign(task="nachtwache", person="dora"))
    assert answered.roster.revision == 1
    events = _calendar(tmp_path, answered.instance, answered.roster, (of, answer(of))).events
    assert {event["sequence"] for event in events} == {1}
    assert sum(event["status"] == "CANCELLED" for event in events) == 1


def test_a_persons_calendar_names_their_company_and_keeps_what_is_private_so(
    tmp_path: Path,
) -> None:
    events = _calendar(tmp_path, week(), answer(week()), audience=Audience("person", "anna")).events
    assert [str(event["summary"]) for event in events] == ["laterne", f"talk {ANNA}"]
    assert [str(event["description"]) for event in events] == ["同行：贝特", "同行：科拉"]
    assert [event.get("class") for event in events] == [None, "PRIVATE"]
    whole = _by_uid(_calendar(tmp_path, week(), answer(week())))
    assert {str(event["uid"]) for event in events} <= whole.keys()


def test_a_place_has_an_event_a_task_with_all_who_come(tmp_path: Path) -> None:
    events = _calendar(tmp_path, week(), answer(week()), audience=Audience("place", "Q")).events
    assert [str(event["summary"]) for event in events] == ["laterne（安娜、贝特）"]


def test_a_community_is_not_told_which_busy_hour_is_private(tmp_path: Path) -> None:
    events = _calendar(tmp_path, week(), answer(week()), audience=Audience("area", "grid")).events
    assert [str(event["summary"]) for event in events] == ["占用（贝特）", "占用（安娜、科拉）"]
    assert all("class" not in event for event in events)


def test_what_a_person_no_longer_does_is_cancelled_in_their_calendar_alone(tmp_path: Path) -> None:
    of = week()
    without = answer(of)
    without = without.model_copy(
        update={"assignments": tuple(p for p in without.assignments if p.person != "anna")}
    )
    for person_id, cancelled in (("anna", 2), ("bert", 0)):
        events = _calendar(
            tmp_path, of, without, (of, answer(of)), Audience("person", person_id)
        ).events
        assert sum(event["status"] == "CANCELLED" for event in events) == cancelled
