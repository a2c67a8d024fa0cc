"""What ids, days and ticks of an instance are called."""

import pytest

from scheduler.messages import LANGS
from scheduler.messages.names import Names, kind_in_words, role_in_words, roles_in_words
from scheduler.model import Area, Duty, Household, Person, Role, Wish
from tests.rules.build import at, instance, person, place, visit

WEEK = instance(
    person("a").model_copy(update={"name": "Ann"}),
    person("b").model_copy(update={"name": ""}),
    place("P", area="east").model_copy(update={"name": "Plaza"}),
    Area(id="east", name="The East", kind="grid"),
    Household(id="h", name="Home 1", place="P"),
    Duty(id="d", name="Weekly call", household="h", kind="door", every_days=7),
    visit("v").model_copy(update={"name": "A talk"}),
)
BEFORE = instance(person("gone").model_copy(update={"name": "Old hand"}), visit("lost"))


@pytest.mark.parametrize(
    ("kind", "id", "name"),
    [
        ("person", "a", "Ann"),
        ("place", "P", "Plaza"),
        ("area", "east", "The East"),
        ("household", "h", "Home 1"),
        ("duty", "d", "Weekly call"),
        ("task", "v", "A talk"),
    ],
)
def test_an_id_is_called_by_its_name_in_both_languages(kind: str, id: str, name: str) -> None:
    for lang in LANGS:
        assert getattr(Names(WEEK, lang), kind)(id) == name
        assert getattr(Names(WEEK, lang), kind)("unheard-of") == "unheard-of"


def test_who_has_no_name_is_called_by_the_id() -> None:
    assert Names(WEEK, "en").person("b") == "b"


def test_what_is_gone_is_called_as_it_was_before() -> None:
    assert Names(WEEK, "en", BEFORE).person("gone") == "Old hand"
    assert Names(WEEK, "en", BEFORE).person("a") == "Ann"
    assert Names(WEEK, "en").person("gone") == "gone"


def test_people_stand_in_a_row() -> None:
    assert Names(WEEK, "en").people(["a", "b"]) == "Ann, b"
    assert Names(WEEK, "zh").people(["a", "b"]) == "Ann、b"


def test_ticks_are_told_against_the_horizon() -> None:
    names = Names(WEEK, "en")
    assert names.day(2) == "Wed 25 Nov"
    assert names.moment(at(2, "14:50")) == "Wed 25 Nov 14:50"
    assert names.moment(at(2, "14:50"), named_day=2) == "14:50"
    assert names.clock(at(2, "14:50")) == "14:50"
    assert names.duration(61) == "1 h 1 min"


def test_a_wish_for_anything_says_so() -> None:
    assert Names(instance(), "zh").wish(Wish()) == "希望安排工作（不限）"
    assert Names(instance(), "en").wish(Wish()) == "would like work (any)"


def test_an_unknown_kind_speaks_for_itself() -> None:
    assert kind_in_words("never_heard_of", "zh") == "never_heard_of"
    assert kind_in_words("door", "zh") == "上门走访"


def test_a_skill_is_told_with_a_level_above_the_first() -> None:
    zh, en = (Names(WEEK, lang) for lang in LANGS)
    assert (zh.skills({"law": 1}), en.skills({"law": 1})) == ("技能 law", "the skill law")
    both = {"law": 1, "police": 3}
    assert zh.skills(both) == "技能 law、police 3 级"
    assert en.skills(both) == "the skills law, police (level 3)"


def test_roles_of_which_any_will_do() -> None:
    roles = [Role.COUNSELLOR, Role.PARTNER]
    assert roles_in_words(roles, "zh") == "咨询员、共建单位"
    assert roles_in_words(roles, "en") == "one of the roles Counsellor, Partner"
    assert roles_in_words(roles[:1], "en") == "the role Counsellor"


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_word_for_one_and_for_several(role: Role) -> None:
    one, several = (role_in_words(role, "en", count) for count in (1, 2))
    assert several == f"{one}s"
    assert role_in_words(role, "en", 0) == role_in_words(role, "en", 11) == several
    assert len({role_in_words(role, "zh", count) for count in (0, 1, 2, 11)}) == 1


def test_who_has_the_name_of_others_is_told_apart_by_role_area_or_id() -> None:
    def ann(id: str, role: Role, *areas: str) -> Person:
        return person(id).model_copy(update={"name": "Ann", "role": role, "areas": areas})

    east = Area(id="east", name="The East", kind="grid")
    counsellor, worker = Role.COUNSELLOR, Role.GRID_WORKER
    week = instance(
        *(ann("c", counsellor), ann("e", worker, "east"), ann("w", worker), ann("x", worker)), east
    )
    named = {one.id: Names(week, "en").person(one.id) for one in week.people}
    assert named == {
        "c": "Ann (Counsellor)",
        "e": "Ann (The East)",
        "w": "Ann (w)",
        "x": "Ann (x)",
    }
    assert Names(week, "zh").people(["c", "e"]) == "Ann（咨询员）、Ann（The East）"
