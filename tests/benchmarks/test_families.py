"""Families find their files by any name, in a settled order, with the values published for them."""

from pathlib import Path

import pytest

from benchmarks.families import FAMILIES, large_weeks
from benchmarks.families.case import file_stem, matches, matching, published
from benchmarks.table import size_class, summary
from tests.benchmarks.results import result

ODD = [
    "Instance10",
    "Instance9",
    "day[1]",
    "no number",
    "α-β",
    "x_100_2",
    "x_20_10",
    "x_20_9",
    "007",
]
BY_NUMBERS = ["no number", "α-β", "day[1]", "007", "Instance9", "Instance10", "x_20_9", "x_20_10", "x_100_2"]  # fmt: skip


@pytest.fixture
def data(tmp_path):
    """A folder as the public ones are, of files that nobody reads."""
    heads = {
        "hhcrsp": ("instance,cost", ".json"),
        "shift_scheduling": ("instance,best_known", ".txt"),
        "uhhc": ("instance,sa_best_of_10,sa_mean,patients", ".json"),
    }
    for family, (head, ending) in heads.items():
        (tmp_path / family / "instances").mkdir(parents=True)
        columns = head.count(",")
        lines = [head, "007" + ",7" * columns, "α-β" + "," * columns, "x_20_9" + ",2.5" * columns]
        (tmp_path / family / "best_known.csv").write_text("\n".join(lines), encoding="utf-8")
        for name in ODD:
            (tmp_path / family / "instances" / f"{name}{ending}").write_text("")
    return tmp_path


def test_files_come_by_the_numbers_in_their_names(data):
    paths = matching(data / "hhcrsp" / "instances", ".json", "*")
    assert [path.stem for path in paths] == BY_NUMBERS


@pytest.mark.parametrize("family", ["hhcrsp", "shift-scheduling", "uhhc"])
def test_a_family_takes_files_of_any_name(data, family):
    cases = FAMILIES[family](data, "*")
    assert sorted(case.name for case in cases) == sorted(ODD)
    best = {case.name: case.best_known for case in cases if case.best_known is not None}
    assert best == {"007": 7.0, "x_20_9": 2.5}


def test_uhhc_comes_by_patients_where_they_are_known(data):
    cases = FAMILIES["uhhc"](data, "[0x]*")
    # No patients, 2.5, 7.
    assert [case.name for case in cases] == ["x_100_2", "x_20_10", "x_20_9", "007"]
    assert [case.mean_known for case in cases] == [None, None, 2.5, 7.0]


def test_a_name_with_brackets_is_found_as_it_is():
    assert matches("day[1]", "day[1]")
    assert matches("day1", "day[1]")
    assert not matches("day2", "day[1]")


def test_an_instance_without_a_value_has_none(data):
    assert published(data / "hhcrsp" / "best_known.csv", "cost") == {"007": 7.0, "x_20_9": 2.5}


def test_a_slash_in_a_name_opens_no_folder():
    assert file_stem("shizishan/week1") == "shizishan-week1"


def test_the_summary_takes_instances_of_any_name():
    names = [*ODD, "", "NA", "nan", "a-99999999999999999999"]
    results = [result(name, 110.0, best_known=100.0) for name in names]
    told = list(summary(results))
    assert {size_class(name) for name in names} == {None, 20, 100, 99999999999999999999}
    assert told == [
        "    20: mean gap to best known +10.00 %, worst median +10.00 %, worst +10.00 %, 2 instances, 2 solves",
        "   all: mean gap to best known +10.00 %, worst median +10.00 %, worst +10.00 %, 13 instances, 13 solves",
    ]


def test_parts_of_a_large_week_share_no_id():
    week = {
        "areas": [{"id": "street", "kind": "street"}],
        "people": [{"id": "p1", "name": "p1", "areas": ["street"], "kin": []}],
        "households": [{"id": "h1", "place": "home", "ratings": {"p1": 4}}],
        "history": {"p1": {"minutes": 60}},
        "gaps": [{"first": "v1", "second": "v2", "least_days": 1}],
    }
    assert large_weeks.numbered(week, "2/") == {
        "areas": [{"id": "2/street", "kind": "street"}],
        "people": [{"id": "2/p1", "name": "p1", "areas": ["2/street"], "kin": []}],
        "households": [{"id": "2/h1", "place": "2/home", "ratings": {"2/p1": 4}}],
        "history": {"2/p1": {"minutes": 60}},
        "gaps": [{"first": "2/v1", "second": "2/v2", "least_days": 1}],
    }


def test_large_weeks_are_found_by_name():
    assert [case.name for case in FAMILIES["large-weeks"](Path(), "part-*")] == ["part-1", "part-2", "part-3"]  # fmt: skip
