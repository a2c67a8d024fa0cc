"""A rule that is not there, with a limit of its own: all that adding it takes.

``rule.py`` is its file, ``rule_tests.py`` its test and `LIMIT` its line of the model; see
``tests/rules/test_a_new_rule.py``.
"""

LIMIT = """\
    period_tasks: Annotated[int | None, LimitSpec("周期任务数", "Tasks in all", "count")] = None
    \"\"\"Most visits and shifts over the whole horizon.\"\"\"
"""
