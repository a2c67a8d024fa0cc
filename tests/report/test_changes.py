"""The report of a re-plan tells who has to hear what, and nothing private."""

from scheduler.drawings.reader import Reader
from scheduler.facts import Facts
from scheduler.model import Roster
from scheduler.report import Before, render_report
from scheduler.report.changes import announcements
from scheduler.report.undone import undone
from tests.report.weeks import CANARY, half_done, roster, secret, secret_roster, week


def test_it_tells_in_both_languages_what_changes_for_whom():
    after = roster(week(), ("pair", 0, "g1", "far", 540, 570), ("pair", 1, "g2", "far", 540, 570))
    told = announcements(Reader(week()), after, Before(week(), half_done(week())))
    assert told.head.en == "1 person has to be told"
    assert [one.sentences[0].en.split(":")[0] for one in told.people] == ["no longer"]
    assert told.people[0].sentences[0].zh.startswith("不再承担")
    page = render_report(week(), after, before=Before(week(), half_done(week())))
    assert 'id="changes"' in page
    assert 'id="changes"' not in render_report(week(), after)


def test_private_matters_have_neutral_names():
    instance = secret()
    empty = Roster(instance=instance.id, horizon=instance.horizon)
    before = Before(instance, secret_roster())
    told = announcements(Reader(instance), empty, before)
    assert len(told.people[0].sentences) == 2
    assert CANARY not in str(told)
    assert CANARY not in str(
        announcements(Reader(instance), secret_roster(), Before(instance, empty))
    )
    assert CANARY in str(announcements(Reader(instance, private=True), empty, before))


def test_undone_work_says_what_would_help_and_nothing_about_private_visits():
    instance = week()
    rows = undone(Facts(instance, half_done(instance)), Reader(instance)).rows
    assert rows[0].remedies
    assert all(one.zh and one.en for row in rows for one in row.remedies)
    hidden = secret()
    told = undone(Facts(hidden, secret_roster()), Reader(hidden))
    assert CANARY not in str(told)
