from scheduler.explain import prepared, remedies
from scheduler.explain.words import remedy_in_words
from scheduler.facts import Facts
from scheduler.lowered.price import HARD
from scheduler.messages.names import Names
from scheduler.model import Instance
from tests.rules.build import amounts, at, instance, limited, morning, person, roster, visit
from tests.rules.engine import priced


def tiny() -> Instance:
    tasks = morning("v", days=(0, 1)), morning("w"), morning("x", days=(1,))
    return instance(limited("A", period_tasks=1), person("B"), *tasks, days=2)


def test_each_task_beyond_the_limit_counts_on_whatever_day():
    week = instance(limited("a", period_tasks=1), visit("u"), visit("v"), visit("w"))
    rows = [(task, 0, "a", "P", at(day, "09:00")) for day, task in enumerate("uvw")]
    # three tasks, one allowed
    assert amounts("period_tasks", week, *rows) == {"a": [2]}
    assert priced(week, ("period_tasks",), *rows) == 2 * HARD


def test_a_remedy_raises_it_by_what_is_lacking():
    week = instance(limited("a", period_tasks=1), morning("v"), morning("w"))
    facts = Facts(week, roster(week, ("v", 0, "a", "P", at(0, "09:00"))))
    raised = next(remedy for remedy in remedies(prepared(facts), "w") if remedy.kind == "limit")
    assert raised.instance.limits("a").period_tasks == 2
    assert "a takes 1 more in the period" in remedy_in_words(Names(week, "en"), raised)
    assert "a 本周期多承担 1 项" in remedy_in_words(Names(week, "zh"), raised)
