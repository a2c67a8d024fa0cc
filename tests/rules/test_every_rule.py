"""What holds for each rule that discovery finds."""

from pathlib import Path
from string import Formatter

import pytest

from scheduler.checker.sentences import KINDS
from scheduler.rules import Text, rules

RULES = list(rules().values())


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def each(test):
    return pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)(test)


@each
def test_both_languages_have_the_same_slots(rule):
    for text in (rule.name, rule.text):
        assert isinstance(text, Text)
        assert text.zh
        assert text.en
        assert slots(text.zh) == slots(text.en)


@each
def test_every_slot_is_one_that_sentences_can_put_into_words(rule):
    assert slots(rule.text.zh) <= set(KINDS)


@each
def test_it_has_a_test_of_its_own_name(rule):
    assert (Path(__file__).parent / f"test_{rule.id}.py").exists()


@each
def test_its_file_says_what_it_means_and_its_unit(rule):
    assert "Unit:" in rule.doc
    assert rule.unit


def test_no_two_rules_share_a_name():
    for lang in ("zh", "en"):
        names = [getattr(rule.name, lang) for rule in RULES]
        assert len(set(names)) == len(names)
