"""Time expressions of English news: found, understood, and resolved against the day of writing as far as it is known."""

from sayso.relate.timex.allowed import days_allowed
from sayso.relate.timex.days import Days
from sayso.relate.timex.find import expressions
from sayso.relate.timex.meaning import Timex
from sayso.relate.timex.resolve import Resolved, resolve

__all__ = ["Days", "Resolved", "Timex", "days_allowed", "expressions", "resolve"]
