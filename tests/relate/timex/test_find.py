from __future__ import annotations

import pytest
from reading import found, values

from sayso.records import Span
from sayso.relate.timex.meaning import Length


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was signed on Tuesday, September 13, 2022.", "Tuesday, September 13, 2022 = 2022-09-13"),
        ("It was signed on 13 September 2022.", "13 September 2022 = 2022-09-13"),
        ("It was signed on the 13th of September, 2022.", "the 13th of September, 2022 = 2022-09-13"),
        ("It was signed on Sept. 13, 2022.", "Sept. 13, 2022 = 2022-09-13"),
        ("It was signed on 13/9/2022.", "13/9/2022 = 2022-09-13"),
        ("It was signed on 9/13/22.", "9/13/22 = 2022-09-13"),
        ("It was signed on 2022-09-13.", "2022-09-13 = 2022-09-13"),
        ("It was signed at 2022-09-13T10:05Z.", "2022-09-13T10:05Z = 2022-09-13T10:05Z"),
        ("It was signed in September 2022.", "September 2022 = 2022-09"),
        ("It was signed in 2022.", "2022 = 2022"),
        ("Work began in the mid-1980s.", "the mid-1980s = 198"),
        ("Work began in the late '70s.", "the late '70s = 197"),
        ("Work began in the 19th century.", "the 19th century = 18"),
        ("Work began in the first half of 2019.", "the first half of 2019 = 2019-H1"),
        ("Profits rose in the third quarter of 2011.", "the third quarter of 2011 = 2011-Q3"),
        ("Profits rose in Q3 2011.", "Q3 2011 = 2011-Q3"),
        ("Profits rose in fiscal 1989.", "fiscal 1989 = FY1989"),
        ("They met in the summer of 1969.", "the summer of 1969 = 1969-SU"),
        ("It fell to Rome in 44 BC.", "44 BC = BC0044"),
    ],
)
def test_a_date_is_read_in_every_order_it_is_printed_in(text: str, value: str) -> None:
    assert values(text, None) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The strike lasted almost two and a half years.", "almost two and a half years = P2.5Y"),
        ("It is a five-year deal.", "five-year = P5Y"),
        ("They waited for half an hour.", "half an hour = PT30M"),
        ("They waited for an hour and a half.", "an hour and a half = PT1.5H"),
        ("They have 48 hours.", "48 hours = PT48H"),
        ("They waited for several weeks.", "several weeks = PXW"),
        ("They waited for decades.", "decades = PXY"),
        ("It grew over the past two years.", "the past two years = P2Y"),
        ("It grew in the past year and a half.", "the past year and a half = P1.5Y"),
        ("It shrank in the first nine months.", "the first nine months = P9M"),
        ("It took two hundred and fifty days.", "two hundred and fifty days = P250D"),
        ("It was a week-long siege.", "week-long = P1W"),
        ("They meet every two weeks.", "every two weeks = P2W"),
        ("They meet twice a year.", "twice a year = P1Y"),
        ("They meet every Monday morning.", "every Monday morning = XXXX-WXX-1TMO"),
        ("They meet on Sundays.", "Sundays = XXXX-WXX-7"),
        ("They meet annually.", "annually = P1Y"),
        ("It earns $5 million a year.", "a year = P1Y"),
    ],
)
def test_lengths_and_sets_have_a_period(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "She may march on.",
        "Theresa May agreed.",
        "The March on Washington drew crowds.",
        "It finished second.",
        "She was in her early 20s.",
        "As soon as it could, it left its most recent owner.",
        "He told USA Today and Fox News Sunday.",
        "The Sunday Times agreed.",
        "He won 2008 votes.",
        "Some 1,900 people came.",
        "About 2000 workers left.",
        "An F-16 and a Boeing 2707 landed.",
        "They won 3-1, then 52-35.",
        "Call 555-2013-2014.",
        "It costs $2000 or 1999%.",
        "A quarter of them left on the sidelines of the summit.",
        "Flight 1549 and Resolution 1973 are known.",
        "Prices fall and rivers spring up.",
        "The now-defunct firm made the Person of the Year.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It closed on Sept. 13.", "Sept. 13"),
        ("It closed at 3 p.m. on Friday.", "3 p.m. on Friday"),
        ("Friday’s vote", "Friday"),
        ("It fell in Sept.", "Sept."),
        ("It fell in May.", "May"),
        ("The end of the month is near.", "The end of the month"),
        ("In late May it fell.", "late May"),
        ("It opens early next year.", "early next year"),
    ],
)
def test_an_expression_holds_its_modifiers_but_no_preposition_and_no_full_stop(text: str, shown: str) -> None:
    assert [t.span.of(text) for t in found(text)] == [shown]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("from March 3 to 5", ["March 3", "5"]),
        ("on September 13-17", ["September 13", "17"]),
        ("on 5 to 7 March 2011", ["5", "7 March 2011"]),
        ("between 2001 and 2005", ["2001", "2005"]),
        ("in 2014-16", ["2014", "16"]),
        ("from January 23 to March 9, 2012", ["January 23", "March 9, 2012"]),
        ("April-June 2009", ["April", "June 2009"]),
    ],
)
def test_a_range_is_two_expressions_of_which_the_first_knows_the_second(text: str, ends: list[str]) -> None:
    first, second = found(text)
    assert [first.span.of(text), second.span.of(text)] == ends
    assert first.until == second.span


@pytest.mark.parametrize(
    ("text", "side"),
    [("It came weeks after the summit.", "after"), ("It came two days before the vote.", "before"), ("It took weeks.", None)],
)
def test_a_length_knows_on_which_side_of_what_is_named_next_it_lies(text: str, side: str | None) -> None:
    (timex,) = found(text)
    assert isinstance(timex.meaning, Length)
    assert timex.meaning.side == side


def test_two_dates_joined_by_and_are_no_range() -> None:
    assert [t.until for t in found("in 2001 and 2005")] == [None, None]


def test_the_year_at_the_end_of_a_range_holds_for_its_beginning() -> None:
    assert values("from December 23 to March 9, 2012", None) == ["December 23 = 2011-12-23", "March 9, 2012 = 2012-03-09"]


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("He spoke on Sunday.", "past"),
        ("On Sunday, he resigned.", "past"),
        ("He will speak on Sunday.", "future"),
        ("He is to be questioned on Sunday.", "future"),
        ("He plans to speak on Sunday.", "future"),
        ("They chose to meet on Sunday.", "future"),
        ("It looted shops closed until Sunday.", "past"),
        ("The shop remains closed until Sunday.", "future"),
        ("The trial begins on Sunday.", "future"),
        ("A hearing on Sunday has been scheduled.", "future"),
        ("Talks on Sunday", "unknown"),
        ("Efforts to reach voters on Sunday", "unknown"),
    ],
)
def test_the_nearest_verb_gives_the_tense(text: str, tense: str) -> None:
    assert [t.tense for t in found(text)] == [tense]


def test_no_expression_crosses_a_sentence() -> None:
    text = "It rained in May\n2013 was dry"
    assert [t.span for t in found(text)] == [Span(13, 16), Span(17, 21)]
