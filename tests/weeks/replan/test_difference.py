"""Who must be told what."""

from scheduler.messages.names import Names
from scheduler.model import Published
from scheduler.weeks.replan import difference, fallen
from scheduler.weeks.replan.words import Announcer
from tests.rules.build import at, roster
from tests.weeks.replan.week import ROWS, published, week


def told(*changed: tuple, forced=()):
    """The difference when rows take the place of those of the same task and slot; an empty tail drops one."""
    by_slot = {row[:2]: row for row in ROWS} | {row[:2]: row for row in changed}
    after = roster(week(), *(row for row in by_slot.values() if len(row) > 2))
    return difference(week(), published(), after, forced)


def announcer(lang) -> Announcer:
    return Announcer(Names(week(), lang))


def news(found) -> dict[str, list[tuple[str, str]]]:
    return {who: [(one.news, one.task) for one in own] for who, own in found.by_person.items()}


def test_equal_rosters_have_nothing_to_tell() -> None:
    found = told()
    assert news(found) == {}
    assert found.moved == frozenset()
    assert announcer("en").head(found) == "Nobody has to be told anything: nobody's work changes"


def test_work_that_changes_hands_is_told_to_both() -> None:
    found = told(("v", 0, "C", "P", at(0, "09:00")))
    assert news(found) == {"A": [("lost", "v")], "C": [("gained", "v")]}
    assert found.moved == {"A", "C"}
    assert found.started == found.stopped == found.shifted == ()


def test_a_quarter_of_an_hour_later_is_no_news_and_a_minute_earlier_is() -> None:
    assert news(told(("v", 0, "A", "P", at(0, "09:15")))) == {}
    assert news(told(("v", 0, "A", "P", at(0, "09:16")))) == {"A": [("moved", "v")]}
    found = told(("v", 0, "A", "P", at(0, "08:59")))
    assert news(found) == {"A": [("moved", "v")]}
    assert found.shifted == ("v",)


def test_a_promised_time_is_news_as_soon_as_it_moves() -> None:
    one = Published(task="v", person="A", place="P", start=at(0, "09:00"), promised=True)
    promised = week().changed(published=(one,))
    after = roster(promised, ("v", 0, "A", "P", at(0, "09:05")), *ROWS[1:])
    assert news(difference(promised, published(), after)) == {"A": [("moved", "v")]}


def test_a_partner_hears_of_new_company_and_is_not_moved() -> None:
    found = told(("x", 1, "C", "Q", at(0, "14:00")))
    assert news(found) == {
        "A": [("partner", "x")],
        "B": [("lost", "x")],
        "C": [("gained", "x")],
    }
    assert found.moved == {"B", "C"}


def test_who_has_no_choice_is_told_and_not_counted_as_moved() -> None:
    gone = [one for one in published().assignments if one.task == "v"]
    found = told(("v", 0), forced=gone)
    assert news(found) == {"A": [("lost", "v")]}
    assert (found.moved, found.forced) == (frozenset(), {"A"})
    assert found.stopped == ("v",)


def test_it_reads_aloud_in_both_languages() -> None:
    found = told(
        ("v", 0),
        ("w", 0, "A", "P", at(0, "11:00")),
        ("x", 1, "C", "Q", at(0, "14:00")),
        ("y", 0, "C", "Q", at(2, "10:00")),
    )
    english = {one.person: one.sentences for one in announcer("en").announcements(found)}
    assert english == {
        "A": (
            "no longer: v (was Mon 23 Nov 09:00); nobody does it now",
            "w moves from Mon 23 Nov 10:00 to 11:00",
            "x (Mon 23 Nov 14:00): your company is now C",
        ),
        "B": ("no longer: x (was Mon 23 Nov 14:00); taken over by C",),
        "C": (
            "new: x, Mon 23 Nov 14:00, Q, together with A",
            "y moves from Tue 24 Nov 10:00, P, to Wed 25 Nov 10:00, Q",
        ),
    }
    chinese = announcer("zh").announcements(found)
    assert chinese[0].sentences[1] == "w 由 11月23日 周一 10:00 改为 11:00"
    assert announcer("zh").work(found) == ["不再进行：v", "改期或改点位：w、y"]


def test_whom_the_changes_touch_is_told_and_never_counted_as_moved() -> None:
    touched = week().changed(affected=("A",))
    after = roster(touched, ("v", 0, "A", "P", at(0, "15:00")), *ROWS[1:])
    found = difference(touched, published(), after)
    assert news(found) == {"A": [("moved", "v")]}
    assert (found.moved, found.forced) == (frozenset(), {"A"})
    assert difference(week(), published(), after).moved == {"A"}


def test_a_partner_is_forced_to_lose_what_fell_and_moved_where_it_comes_at_another_time() -> None:
    parts = tuple(
        Published(task=task, slot=slot, person=who, place=where, start=start, standing=standing)
        for task, slot, who, where, start in ROWS
        for standing in [{("x", 0): "loose", ("x", 1): "lost"}.get((task, slot), "firm")]
    )
    touched = week().changed(affected=("B",), published=parts)
    kept = [row for row in ROWS if row[0] != "x"]
    dropped = difference(touched, published(), roster(touched, *kept), fallen(touched, published()))
    assert (dropped.moved, dropped.forced) == (frozenset(), {"A", "B"})
    later = [("x", slot, who, "Q", at(1, "14:00")) for slot, who in enumerate("AB")]
    moved = difference(
        touched, published(), roster(touched, *kept, *later), fallen(touched, published())
    )
    assert (moved.moved, moved.forced) == ({"A"}, {"B"})
