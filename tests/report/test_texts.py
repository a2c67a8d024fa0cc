"""The texts to paste into a chat: short, plain, in order of time, and silent about private visits."""

import pytest

from scheduler.exports.texts import texts
from scheduler.facts import Facts
from scheduler.model import Need, Role, Roster
from scheduler.report import Audience, Part
from scheduler.report.texts import MOST_LINES, part_text, week_texts
from tests.exports.readers import ANNA, BERT, answer, week
from tests.rules.build import at, instance, person, roster, shift, visit


def _told(lang="zh", of=None, made=None, **options) -> dict[str, tuple[str, ...]]:
    of = of or week()
    return {text.person: text.lines for text in texts(of, made or answer(of), lang, **options)}


def test_a_text_says_day_time_what_where_and_with_whom() -> None:
    assert _told()["anna"] == (
        "安娜：周一 11/23 至 周日 11/29的安排",
        "周一 11/23",
        "09:00–10:00 laterne，活动室，同行：贝特",
        "周二 11/24",
        "10:00–11:00 不公开的走访，第一网格，同行：科拉",
        "周五 11/27 请假（全天）",
        "共 2 项，2 小时。其余日子没有安排。",
        "不公开的走访，地点和对象请看发给您本人的页面。",
    )
    assert _told()["dora"][1:3] == ("周三 11/25", "22:00–次日 06:00 nachtwache，广场")


def test_it_says_the_same_in_english() -> None:
    assert _told("en")["bert"] == (
        "贝特: your week, Mon 23 Nov to Sun 29 Nov",
        "Mon 23 Nov",
        "09:00–10:00 laterne, 活动室, with 安娜",
        "14:00–15:00 Private visit, 第一网格",
        "2 tasks, 2 h. Nothing on other days.",
        "Private visits: your own page says where and to whom.",
    )


def test_people_without_work_or_leave_have_no_text_unless_asked_for() -> None:
    of = week()
    nobody = Roster(instance=of.id, horizon=of.horizon)
    assert set(_told(of=of, made=nobody)) == {"anna"}  # who is on leave
    told = _told(of=of, made=nobody, person="bert")
    assert told == {"bert": ("贝特：周一 11/23 至 周日 11/29的安排", "没有安排。")}


def test_a_full_day_stays_within_ten_lines_and_leaves_nothing_out() -> None:
    names = [f"V{number:02}" for number in range(23)]
    of = instance(person("A"), *(visit(name, duration=20) for name in names))
    made = roster(
        of, *((name, 0, "A", "P", at(0, "08:00") + 20 * n) for n, name in enumerate(names))
    )
    _, day, *work, _ = _told(of=of, made=made)["A"]
    assert len([day, *work]) <= MOST_LINES + 1
    # 23 visits on 9 lines are 3 a line; each says when it begins, and no more.
    assert work[0] == "08:00 V00，P；08:20 V01，P；08:40 V02，P"
    assert all(name in "".join(work) for name in names)


def test_just_as_many_as_fit_have_a_line_each() -> None:
    names = [f"V{number}" for number in range(MOST_LINES)]
    of = instance(person("A"), *(visit(name, duration=20) for name in names))
    made = roster(
        of, *((name, 0, "A", "P", at(0, "08:00") + 20 * n) for n, name in enumerate(names))
    )
    assert _told(of=of, made=made)["A"][2] == "08:00–08:20 V0，P"
    assert len(_told(of=of, made=made)["A"]) == 2 + MOST_LINES + 1


@pytest.mark.parametrize(
    ("people", "told"),
    [(7, "p1、p2、p3、p4、p5、p6"), (8, "p1、p2、p3、p4、p5、p6等 7 人")],
)
def test_many_companions_are_counted(people: int, told: str) -> None:
    everybody = [person(f"p{number}") for number in range(people)]
    of = instance(*everybody, shift("S", at(0, "09:00"), Need(minimum=people)))
    made = roster(of, *(("S", n, f"p{n}", "P", at(0, "09:00")) for n in range(people)))
    assert _told(of=of, made=made)["p0"][2].endswith(f"同行：{told}")


def test_changes_are_told_to_whom_they_concern_and_hide_private_visits() -> None:
    of = week()
    kept = tuple(part for part in answer(of).assignments if BERT not in part.task)
    after = answer(of).model_copy(update={"assignments": kept})
    told = _told(of=of, made=after, published=(of, answer(of)))
    assert set(told) == {"bert"}
    head, line = told["bert"]
    assert head == "贝特，您的安排有变："
    assert line == "· 不再承担 不公开的走访（原定 11月23日 周一 14:00），目前无人承担"
    assert _told(of=of, made=after, published=(of, answer(of)), person="anna") == {}


def test_no_text_of_anybody_names_a_private_visit() -> None:
    told = "".join(line for lines in _told().values() for line in lines)
    assert ANNA not in told
    assert BERT not in told


def test_a_place_and_a_community_have_a_text_too() -> None:
    of = week()
    facts = Facts(of, answer(of))
    assert part_text(Part(facts, Audience("place", "Q")), "zh")[2:] == (
        "09:00–10:00 laterne，安娜、贝特",
        "共 1 项。",
    )
    night = part_text(Part(facts, Audience("place", "P")), "zh")[2]
    assert night == "22:00–次日 06:00 nachtwache，多拉，还缺 1 人"
    assert len(part_text(Part(facts, Audience("area", "grid")), "zh")) == 7


def test_people_stand_in_the_order_of_the_week() -> None:
    of = week()
    assert [text.person for text in week_texts(Facts(of, answer(of)), "zh")] == [
        "anna", "bert", "cora", "dora",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "told", "others"),
    [
        ("zh", "贝特（专职网格员）", "，同行：贝特（居民志愿者）"),
        ("en", "贝特 (Grid worker)", ", with 贝特 (Resident volunteer)"),
    ],
)
def test_two_of_one_name_are_told_apart_in_head_and_company(lang, told, others) -> None:
    of = week()
    twins = {"anna": {"name": "贝特", "role": Role.RESIDENT_VOLUNTEER}}
    of = of.changed(people=tuple(one.model_copy(update=twins.get(one.id, {})) for one in of.people))
    head, _, work, *_ = _told(lang, of)["bert"]
    assert head.startswith(told)
    assert work.endswith(others)
