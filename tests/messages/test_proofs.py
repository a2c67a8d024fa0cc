"""What is proven of a roster, in words."""

import pytest

from scheduler.messages.proofs import proof_in_words
from scheduler.model import Score


@pytest.mark.parametrize(
    ("score", "bound", "zh", "en"),
    [
        (Score(medium=9, soft=5), None, "", ""),
        (Score(medium=9, soft=5), Score(), "", ""),
        (Score(hard=3), Score(medium=2), "", ""),
        (Score(hard=3), Score(hard=1), "每张排班表都会违反必须规则", "every roster breaks"),
        (Score(medium=9, soft=5), Score(medium=9, soft=5), "没有更好的", "no roster is better"),
        (Score(medium=9, soft=8), Score(medium=9, soft=6), "再少；其余的代价最多还能少 25%", "25%"),
        (Score(soft=8), Score(soft=6), "工作都已排上", "All work is done"),
        (Score(soft=8), Score(), "", ""),
        (Score(medium=9, soft=8), Score(medium=9), "不可能再少。", "less work undone."),
        (
            Score(medium=1200, soft=8),
            Score(medium=1140, soft=9),
            "至少有 1,140 分的工作排不上；这张表有 1,200 分，最多还能少 60 分（5%）",
            "at least 1,140 points remains undone whatever the roster; this one leaves 1,200, so that 60 (5%)",
        ),
        (Score(medium=2), Score(medium=1), "至少有 1 分", "worth at least 1 point remains"),
    ],
)
def test_a_bound_is_told_by_what_could_be_better(
    score: Score, bound: Score | None, zh: str, en: str
) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        told = proof_in_words(score, bound, lang)
        assert said in told
        assert bool(said) == bool(told)
