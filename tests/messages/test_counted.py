"""A number and the words beside it fit each other: 1 person has to be told, 2 people have to be told."""

import re
import subprocess
import sys
from collections.abc import Iterator
from string import Formatter

import pytest
from babel import Locale
from babel.numbers import format_decimal, format_percent

from scheduler.checker.sentences import KINDS
from scheduler.messages import LANGS, Lang, catalogue, say
from scheduler.messages.filling import fill
from scheduler.messages.numbers import (
    ONE_FORM,
    _decimal,
    number_in_words,
    percent_in_words,
    plural,
    plural_categories,
)
from scheduler.rules import Text, rules

COUNTS = (0, 1, 2, 11)
VERBS = {"is", "was", "has", "does", "ends", "names", "moves", "takes"}
"""Words ending in s that may follow the number 1, or a value that looks like one."""
ALL = {
    lang: {
        **catalogue(lang),
        **{
            f"rules.{rule.id}.{name}": getattr(words, lang)
            for rule in rules().values()
            for name, words in vars(rule).items()
            if isinstance(words, Text)
        },
    }
    for lang in LANGS
}


def slots(message: str) -> Iterator[tuple[str, str]]:
    """(name, how it is shown) of every slot, also of those inside a form."""
    for _, name, spec, _ in Formatter().parse(message):
        if name is not None:
            yield name, spec or ""
            yield from slots(spec or "")


def names(message: str) -> set[str]:
    return {name for name, _ in slots(message)}


NUMBERS = {name for name, kind in KINDS.items() if kind == "number"} | {
    name for message in ALL["en"].values() for name, spec in slots(message) if spec
}
"""Slots that hold numbers: of rules' texts, and those that any message shows as a number."""
FORMS = [
    [
        set(re.findall(r"[a-z-]+", form))
        for form in re.sub(r"{[^{}]*}", "", spec).split("|")
        if not form.startswith("=")  # a form for just one number
    ]
    for message in ALL["en"].values()
    for _, spec in slots(message)
    if "|" in spec
]
PLURALS = {
    word
    for one, several in FORMS
    for word in several - one - VERBS
    if word.endswith("s") or word in ("people", "are", "have", "were")
}
SINGULARS = {
    word
    for one, several in FORMS
    for word in one - several
    if {f"{word}s", f"{word[:-1]}ies"} & several or word == "person"
}


def filled(message: str, lang: str, count: int) -> str:
    """The message about so many of everything that is counted."""
    given = {name: count if name in NUMBERS else "X" for name in names(message)}
    return fill(message, lang, **given)


def unfit_of_two(sentence: str) -> list[str]:
    """Places where a sentence about 2 of everything speaks of one."""
    return re.findall(rf"\b2 (?:{'|'.join(sorted(SINGULARS))})\b", sentence)


def unfit_of_one(sentence: str) -> list[str]:
    """Places where a sentence about 1 of everything speaks of several."""
    words = "|".join(sorted(PLURALS))
    found = re.findall(rf"(?<!and )\b(?:1|X) (?:\w+ )?(?:{words})\b", sentence)
    return found + [word for word in re.findall(r"\b1 ([a-z]+s)\b", sentence) if word not in VERBS]


def test_the_words_that_a_number_changes_are_known() -> None:
    assert {"people", "days", "slots", "are"} <= PLURALS
    assert {"count", "missing", "people", "points"} <= NUMBERS


@pytest.mark.parametrize(
    "message",
    [
        "{count} people have to be told",
        "{count} days overdue",
        "lacks {missing} levels of it",
        "{count} widgets are left",
        "{count} standing duties are open",
        "for {anything} days",
    ],
)
def test_a_number_before_words_that_do_not_fit_it_is_seen(message: str) -> None:
    assert unfit_of_one(filled(message, "en", 1))


def test_a_single_word_behind_a_number_of_things_is_seen() -> None:
    assert unfit_of_two(filled("{person} works {count} day more", "en", 2)) == ["2 day"]


def test_no_english_message_speaks_of_one_as_of_several() -> None:
    unfit = {key: unfit_of_one(filled(message, "en", 1)) for key, message in ALL["en"].items()}
    assert {key: found for key, found in unfit.items() if found} == {}


def test_no_english_message_speaks_of_several_as_of_one() -> None:
    unfit = {key: unfit_of_two(filled(message, "en", 2)) for key, message in ALL["en"].items()}
    assert {key: found for key, found in unfit.items() if found} == {}


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_message_can_be_filled_with_any_count(lang: Lang, count: int) -> None:
    told = {key: filled(message, lang, count) for key, message in ALL[lang].items()}
    assert {key: sentence for key, sentence in told.items() if "|" in sentence} == {}


def test_both_languages_have_the_same_slots() -> None:
    def shown(key: str, lang: Lang) -> set[str]:
        """Without those that only ask for a form: a language may have but one."""
        every = {name for name, spec in slots(ALL[lang][key]) if "|" not in spec}
        # A fault's value may be told in one language and pointed at in the other.
        return every - {"pointer", "value"} if "problem" in key else every

    assert set(ALL["zh"]) == set(ALL["en"])
    assert [key for key in ALL["en"] if shown(key, "zh") != shown(key, "en")] == []


@pytest.mark.parametrize(
    ("key", "slot", "zh", "en"),
    [
        (
            "difference.head",
            "count",
            "需要告知 {} 人",
            ("0 people have to be told", "1 person has to be told", "{} people have to be told"),
        ),
        (
            "due.overdue",
            "days",
            "已逾期 {} 天",
            ("0 days overdue", "1 day overdue", "{} days overdue"),
        ),
        (
            "cli.due.count",
            "count",
            "本周期到期 {} 次走访。",
            ("0 visits fall due.", "1 visit falls due.", "{} visits fall due."),
        ),
        ("cli.unit.minute", "count", "{} 分钟", ("0 min", "1 min", "{} min")),
        ("cli.unit.person", "count", "{} 人", ("0 people", "1 person", "{} people")),
    ],
)
def test_a_count_is_told_in_the_form_that_it_asks_for(
    key: str, slot: str, zh: str, en: tuple[str, str, str]
) -> None:
    for count in COUNTS:
        assert say(key, "zh", **{slot: count}) == zh.format(count)
        assert say(key, "en", **{slot: count}) == en[min(count, 2)].format(count)


def test_two_counts_in_a_sentence_have_a_form_each() -> None:
    forced = "difference.head_forced"
    assert say(forced, "en", count=1, forced=1) == (
        "1 person has to be told, because the changes leave no choice"
    )
    assert say(forced, "en", count=3, forced=2) == (
        "3 people have to be told, 2 of them because the changes leave no choice"
    )


def test_a_number_in_a_faults_slots_is_text_and_counts_all_the_same() -> None:
    key = "problems.least_crew_over_slots.cause"
    assert say(key, "en", value="3", count="1").endswith("but there is only 1 slot.")
    assert say(key, "en", value="3", count="2").endswith("but there are only 2 slots.")


def test_a_number_may_have_a_form_of_its_own() -> None:
    key, slots = "problems.shift_too_few.cause", {"value": "s", "minimum": "5"}
    for fit, present, zh, en in (
        (
            "4",
            "2",
            "有 4 人符合要求，其中 2 人当时在岗。",
            "4 people are fit for it, of whom 2 are",
        ),
        ("4", "0", "有 4 人符合要求，但当时都不在岗。", "4 people are fit for it, but none is"),
        ("1", "0", "有 1 人符合要求，但当时不在岗。", "1 person is fit for it, but not"),
    ):
        assert say(key, "zh", fit=fit, present=present, **slots).endswith(zh)
        assert say(key, "en", fit=fit, present=present, **slots).endswith(f"{en} present then.")


def test_what_is_no_number_asks_for_the_last_form() -> None:
    assert plural("many", ["day", "days"], "en") == "days"


def test_a_language_has_the_forms_that_it_has() -> None:
    assert [plural_categories(lang) for lang in ("en", "zh", "ru")] == [
        ("one", "other"),
        ("other",),
        ("one", "few", "many", "other"),
    ]
    with pytest.raises(ValueError, match="en has 2 plural forms"):
        plural(1, ["day", "days", "dayz"], "en")


def test_numbers_have_separators_and_signs() -> None:
    assert number_in_words(1234567.5) == number_in_words("1,234,567.5") == "1,234,567.5"
    assert [number_in_words(one, signed=True) for one in (-2, 0, 2)] == ["-2", "+0", "+2"]
    assert number_in_words(1234.56, decimals=1) == "1,234.6"
    assert percent_in_words(0.125) == "12.5%"
    assert percent_in_words(0.5) == "50.0%"
    assert percent_in_words(0.5, trimmed=True) == "50%"
    assert percent_in_words(-0.021, signed=True) == "-2.1%"
    assert fill("{rate:.0%}, {count:,.0f}, {part:,.1f}", "en", rate=0.5, count=12345.6, part=2) == (
        "50%, 12,346, 2.0"
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "value", [0, -0.0, -1, 1_000, -1_234.5, 999.9999, 0.0005, 0.15, "-1,000", 10**20]
)
def test_numbers_are_written_as_cldr_has_them(lang: str, value: object) -> None:
    number = _decimal(value)
    assert number_in_words(value) == format_decimal(number, "#,##0.###", locale=lang)
    assert number_in_words(value, 1) == format_decimal(number, "#,##0.0", locale=lang)
    assert percent_in_words(value, signed=True, trimmed=True) == (
        format_percent(number, "+#,##0.#%;-#,##0.#%", locale=lang)
    )


def test_babel_agrees_which_languages_have_one_form() -> None:
    assert [lang for lang in LANGS if Locale.parse(lang).plural_form.tags == set()] == [*ONE_FORM]


def test_numbers_load_no_babel() -> None:
    program = "import sys; from scheduler.messages.filling import fill; fill('{n:,} {n:.0%}', 'en', n=1); assert 'babel' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
