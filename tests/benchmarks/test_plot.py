"""Curves as a picture."""

import sys
from xml.etree import ElementTree

import pytest

from benchmarks.plot import NoPlotsError, plot
from tests.benchmarks.results import result

CURVE = [[0.0, 130.0], [1.5, 110.0], [20.0, 105.0]]


def test_every_instance_has_a_panel_in_the_picture(tmp_path):
    pytest.importorskip("matplotlib", reason="drawing needs the extra 'bench'")
    before = [result("a", 105.0, best_known=100.0, curve=CURVE), result("b", 7.0, curve=[[0, 7]])]
    after = [result("a", 105.0, best_known=100.0, curve=CURVE[:1], seed=seed) for seed in (1, 2)]
    out = tmp_path / "new" / "curves.svg"
    assert plot([("before", before), ("after", after)], out) == 2
    words = {text.text for text in ElementTree.parse(out).iter() if text.tag.endswith("}text")}
    assert {"a", "b", "before", "after", "gap, %", "cost"} <= words


def test_a_place_without_a_panel_stays_empty(tmp_path):
    pytest.importorskip("matplotlib", reason="drawing needs the extra 'bench'")
    out = tmp_path / "curves.svg"
    assert plot([("any", [result(name, 105.0, curve=CURVE) for name in "abcde"])], out) == 5
    axes = [
        group for group in ElementTree.parse(out).iter() if group.get("id", "").startswith("axes_")
    ]
    # Two rows of four; what is left of the second row draws nothing.
    assert [len(list(group)) > 0 for group in axes] == [True] * 5 + [False] * 3


def test_results_without_curves_are_told_so(tmp_path):
    pytest.importorskip("matplotlib", reason="drawing needs the extra 'bench'")
    with pytest.raises(NoPlotsError, match="no result has a curve"):
        plot([("old", [result("a", 1.0)])], tmp_path / "curves.svg")


def test_a_missing_library_is_named_with_its_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(NoPlotsError, match="bench"):
        plot([("any", [result("a", 1.0, curve=CURVE)])], tmp_path / "curves.svg")
