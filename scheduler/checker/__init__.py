"""Instance + roster → report: the independent checker, the price of a change, figures, sentences.

It loads no engine and shares no code with the search.
"""

from scheduler.checker.check import (
    Finding,
    Report,
    RuleCost,
    check,
    check_read,
    checked,
    roster_read,
)

__all__ = ["Finding", "Report", "RuleCost", "check", "check_read", "checked", "roster_read"]
