from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import days, fact, read

from sayso.records import Article, DateFact, DateKind, Reading, When
from sayso.relate.frame import Frame
from sayso.relate.when import PAGE, Written, written

WEDNESDAY = fact("published", "2024-05-08")
DRAWN = fact("rendered", "2024-05-24", basis="masthead")  # a Friday


def when(rest: str, *facts: DateFact, number: int = 0) -> When:
    """When `Ada Holm said it was done` was said, in a sentence that goes on with `rest`."""
    return read(f"Words.\n\n[S1 [per Ada Holm]] [Q1 said] [C1 it was done]{rest}", *(facts or (WEDNESDAY,))).statements[number].when


def interval(found: When) -> str:
    return f"{found.earliest or '-'}..{found.latest or '-'}"


# -- the day of writing ------------------------------------------------------------------------------------------------


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("facts", "want"),
    [
        ([fact("published", "2024-05-08"), DRAWN], ("2024-05-08", "2024-05-08", "published")),
        ([fact("dateline", "2024-05-06"), fact("published", "2024-05-08"), DRAWN], ("2024-05-06", "2024-05-06", "dateline")),
        ([fact("published", "2024-05-09", basis="url"), fact("published", "2024-05-08", basis="byline")], ("2024-05-08", "2024-05-08", "published")),
        ([fact("published", "2024-05-09", basis="byline"), fact("published", "2024-05-08")], ("2024-05-08", "2024-05-08", "published")),
        ([fact("published", "2024-05-01", "2024-05-31"), DRAWN], ("2024-05-01", "2024-05-24", "published")),
        ([fact("modified", "2024-05-12"), DRAWN], (None, "2024-05-12", "modified")),
        ([DRAWN], (None, "2024-05-24", "rendered")),
        ([fact("modified", "2024-05-30"), DRAWN], (None, "2024-05-24", "rendered")),
        ([fact("rendered", "2024-06-01"), DRAWN], (None, "2024-05-24", "rendered")),
        ([fact("published", "2024-06-08"), DRAWN], (None, "2024-05-24", "rendered")),
        ([fact("dateline", "2024-06-08"), fact("published", "2024-05-08")], ("2024-05-08", "2024-05-08", "published")),
        ([fact("event", "2024-05-08")], (None, None, "none")),
        ([], (None, None, "none")),
    ],
)
def test_the_day_of_writing_is_the_most_reliable_and_never_after_the_page(facts: list[DateFact], want: tuple[str | None, str | None, str]) -> None:
    article = Article(page="pg", title=None, text="Words.", language="en", dates=tuple(facts))
    first, last = (day(one) if one else None for one in want[:2])
    assert written(article, Frame(article.text, article.paragraphs()), [], []) == Written(first, last, want[2])


@pytest.mark.parametrize(
    ("facts", "want"),
    [
        ([WEDNESDAY], "2024-05-05..2024-05-05"),
        ([fact("dateline", "2024-05-04"), WEDNESDAY], "2024-04-28..2024-04-28"),
        ([fact("modified", "2024-05-08")], "-..2024-05-05"),
        ([DRAWN], "-..2024-05-19"),
        ([], "-..-"),
    ],
)
def test_a_weekday_is_reckoned_from_the_day_of_writing(facts: list[DateFact], want: str) -> None:
    reading = read("Words.\n\n[S1 [per Ada Holm]] [Q1 said] on Sunday [C1 it was done].", *facts)
    assert days(reading) == want
    assert reading.statements[0].when.words == ("on Sunday",)


# -- words beside the cue ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "want"),
    [
        (" on Sunday.", "2024-05-05..2024-05-05 day stated on Sunday"),
        (" on Wednesday.", "2024-05-08..2024-05-08 day stated on Wednesday"),
        (" today.", "2024-05-08..2024-05-08 day stated today"),
        (" yesterday.", "2024-05-07..2024-05-07 day stated yesterday"),
        (" late on Monday.", "2024-05-06..2024-05-06 day stated late on Monday"),
        (" on March 3.", "2024-03-03..2024-03-03 day stated on March 3"),
        (" on December 3.", "2023-12-03..2023-12-03 day stated on December 3"),
        (" on 3 March 2021.", "2021-03-03..2021-03-03 day stated on 3 March 2021"),
        (" earlier this week.", "2024-05-06..2024-05-07 interval stated earlier this week"),
        (" this month.", "2024-05-01..2024-05-08 interval stated this month"),
        (" last week.", "2024-04-29..2024-05-05 week stated last week"),
        (" last month.", "2024-04-01..2024-04-30 month stated last month"),
        (" in March.", "2024-03-01..2024-03-31 month stated in March"),
        (" in 2022.", "2022-01-01..2022-12-31 year stated in 2022"),
        (" two days ago.", "2024-05-06..2024-05-06 day stated two days ago"),
        (".", "2024-05-05..2024-05-08 interval published "),
        (" on Monday, before the vote on Thursday.", "2024-05-06..2024-05-06 day stated on Monday"),
        (" after the summit on Monday.", "2024-05-05..2024-05-08 interval published "),
        (", citing talks held on Monday.", "2024-05-05..2024-05-08 interval published "),
        (" to those who came on Monday.", "2024-05-05..2024-05-08 interval published "),
        (" two days after the talks began on May 1.", "2024-05-03..2024-05-03 day inferred two days after|on May 1"),
        (", recalling the talks held at sea on Monday.", "2024-05-05..2024-05-08 interval published "),
        (", recalling the talks on Monday.", "2024-05-05..2024-05-08 interval published "),
        (", speaking to reporters on Monday.", "2024-05-06..2024-05-06 day stated on Monday"),
        (" in Quillon, the capital, on Monday.", "2024-05-06..2024-05-06 day stated on Monday"),
        (" to Tarn, a judge appointed on Monday.", "2024-05-05..2024-05-08 interval published "),
        (" in letters to Berg, Tarn and Kess on Monday.", "2024-05-06..2024-05-06 day stated on Monday"),
        (", recalling talks between Quillon, Kest and Moul on Monday.", "2024-05-05..2024-05-08 interval published "),
        (", with a vote in the Senate on Monday.", "2024-05-05..2024-05-08 interval published "),
        (", and on Monday the fleet left.", "2024-05-05..2024-05-08 interval published "),
        (" in an interview published on Monday.", "2024-05-06..2024-05-06 day stated on Monday"),
        # a year is not told where it is plain: the vote is the next one, and the talks were a year ago when no weeks have gone by since
        (" a month before the vote on June 2.", "2024-04-17..2024-05-08 interval inferred a month before|on June 2"),
        (" weeks after the talks on May 3.", "2023-05-13..2023-07-02 interval inferred weeks after|on May 3"),
        (" a week after the talks on Tuesday.", "2024-05-05..2024-05-08 interval published "),
    ],
)
def test_a_statement_takes_the_day_beside_its_cue(rest: str, want: str) -> None:
    found = when(rest)
    assert f"{interval(found)} {found.precision} {found.basis} {'|'.join(found.words)}" == want


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        ("On Monday, [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("[S1 [per Ada Holm]] [Q1 said] on Monday [C1 it would end on Sunday].", "2024-05-06..2024-05-06"),
        ("[S1 [per Ada Holm]] [Q1 said] [C1 it ended on Monday].", "2024-05-05..2024-05-08"),
        ("[C1 “It ends on Sunday,”] [S1 [per Ada Holm]] [Q1 said].", "2024-05-05..2024-05-08"),
        ("[S1 [per Ada Holm], elected in 2019,] [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("[S1 [per Ada Holm]], elected in 2019, [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("[S1 [per Ada Holm]], 58, a judge appointed on Monday, [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("[S1 [per Ada Holm]], a judge, on Monday [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("[S1 [per Ada Holm]], speaking in Quillon on Monday, [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("[S1 [per Ada Holm]], in a letter on Monday, [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("On Monday, after the talks, [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("On Monday, [S1 officials who met her] [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("On Monday, [S1 a man] who [Q1 said] [C1 it was done] was arrested.", "2024-05-05..2024-05-08"),
        ("On Monday the fleet left after [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("Elected in 2019, [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("Asked on Monday, [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("Meanwhile, on Monday, [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-06..2024-05-06"),
        ("[S1 [per Ada Holm]] (appointed on Monday) [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("[C1 “It was done,”] [Q1 said] [S1 [per Ada Holm]], a judge appointed on Monday.", "2024-05-05..2024-05-08"),
        ("[C1 “It was done,”] [Q1 said] [S1 [per Ada Holm]] on Monday.", "2024-05-06..2024-05-06"),
        ("The fleet left on Monday. [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("After the talks on Monday, [S1 [per Ada Holm]] [Q1 said] [C1 it was done].", "2024-05-05..2024-05-08"),
        ("[S1 [per Ada Holm]] [Q1 said] [C1 it was done] on Monday and [S2 [per Olaf Berg]] [Q2 denied] [C2 it] on Tuesday.", "2024-05-06..2024-05-06"),
    ],
)
def test_a_day_in_the_words_said_or_in_another_clause_is_not_that_of_the_saying(sentence: str, want: str) -> None:
    assert days(read(f"Words.\n\n{sentence}", WEDNESDAY), 0) == want


def test_a_second_cue_of_the_sentence_has_a_day_of_its_own() -> None:
    reading = read("Words.\n\n[S1 [per Ada Holm]] [Q1 said] [C1 no] on Monday and [S2 [per Olaf Berg]] [Q2 denied] [C2 it] on Tuesday.", WEDNESDAY)
    assert [days(reading, n) for n in (0, 1)] == ["2024-05-06..2024-05-06", "2024-05-07..2024-05-07"]


def test_a_day_earlier_is_the_day_before_the_one_just_told() -> None:
    found = when(" on Tuesday. [S2 [per Ivo Tarn]] [Q2 said] a day earlier [C2 it was not].", number=1)
    assert (interval(found), found.words) == ("2024-05-06..2024-05-06", ("a day earlier",))


def test_a_demand_that_a_statement_followed_came_before_it() -> None:
    reading = read("Words.\n\n[C1 It was done], [S1 [per Ada Holm]] [Q1 said] on Tuesday, a day after [S2 Quillon] [Q2 demanded] [C2 that it end].", WEDNESDAY)
    assert [days(reading, n) for n in (0, 1)] == ["2024-05-07..2024-05-07", "2024-05-06..2024-05-06"]
    assert reading.statements[1].when.basis == "inferred"


@pytest.mark.parametrize(
    "told", ["next week", "tomorrow", "next Friday", "on May 31, 2034", "in 2027", "later this year", "tomorrow morning", "two weeks from now"]
)
@pytest.mark.parametrize(
    ("on", "want"),
    [
        (WEDNESDAY, "2024-05-05..2024-05-08"),
        (DRAWN, "-..2024-05-24"),
        (fact("published", "2024-05-01", "2024-05-20"), "2024-04-28..2024-05-20"),
    ],
)
def test_a_day_to_come_is_not_that_of_the_saying(told: str, on: DateFact, want: str) -> None:
    found = read(f"Words.\n\n[S1 [per Ada Holm]] [Q1 promised] {told} [C1 it would end].", on).statements[0].when
    assert (interval(found), found.words) == (want, ())


def test_what_was_reckoned_from_keeps_its_own_day() -> None:
    reading = read("Words.\n\n[S1 [per Ada Holm]] [Q1 said] [C1 no] weeks after [S2 Quillon] [Q2 denied] [C2 it] on February 3.", WEDNESDAY)
    assert [days(reading, n) for n in (0, 1)] == ["2024-02-13..2024-04-03", "2024-02-03..2024-02-03"]


def test_an_event_may_be_to_come() -> None:
    reading = read("Words.\n\n[A1 [loc Teralia]] will [E1/CONSULT/announced host] [R1 [loc North Vara]] next week.", WEDNESDAY)
    assert interval(reading.events[0].when) == "2024-05-13..2024-05-19"


# -- no day of writing: what the words and the page leave together -----------------------------------------------------


@pytest.mark.parametrize(
    ("told", "pointed", "page", "want", "words"),
    [
        # Ten to sixty days after 3 March, cut to the first and the last Wednesday.
        ("on Wednesday", "weeks after the fleets met on March 3", "2024-05-24", "2024-03-13..2024-05-01", ["on Wednesday", "weeks after", "on March 3"]),
        # The page was drawn before the sixty days were over.
        ("on Wednesday", "weeks after the fleets met on March 3", "2024-04-19", "2024-03-13..2024-04-17", ["on Wednesday", "weeks after", "on March 3"]),
        # The March before the page, when it was drawn in February.
        ("on Wednesday", "weeks after the fleets met on March 3", "2024-02-19", "2023-03-15..2023-04-26", ["on Wednesday", "weeks after", "on March 3"]),
        ("on Wednesday", "days after the fleets met on March 3", "2024-05-24", "2024-03-06..2024-03-13", ["on Wednesday", "days after", "on March 3"]),
        ("on Friday", "three weeks after the fleets met on March 3", "2024-05-24", "2024-03-22..2024-03-22", ["on Friday", "three weeks after", "on March 3"]),
        ("on Friday", "days before the fleets met on March 23", "2024-05-24", "2024-03-15..2024-03-15", ["on Friday", "days before", "on March 23"]),
        ("", "weeks after the fleets met on March 3", "2024-05-24", "2024-03-13..2024-05-02", ["weeks after", "on March 3"]),
        ("", "months after the fleets met on March 3", "2024-05-24", "2024-04-17..2024-05-24", ["months after", "on March 3"]),
        ("", "weeks after the fleets met on May 20", "2024-05-24", "2023-05-30..2023-07-19", ["weeks after", "on May 20"]),
        ("on Friday", "years after the fleets met on March 3, 2001", "2024-05-24", "2002-09-06..2011-02-25", ["on Friday", "years after", "on March 3, 2001"]),
        ("on Wednesday", "days after the fleets met on Monday", "2024-05-24", "-..2024-05-22", ["on Wednesday"]),
        ("on Wednesday", "", "2024-05-24", "-..2024-05-22", ["on Wednesday"]),
        ("in March", "", "2024-05-24", "2024-03-01..2024-03-31", ["in March"]),
        ("on March 3", "", "2024-05-24", "2024-03-03..2024-03-03", ["on March 3"]),
    ],
)  # fmt: skip
def test_without_a_day_of_writing_all_words_together_leave_an_interval(told: str, pointed: str, page: str, want: str, words: list[str]) -> None:
    story = f"title: [C9 Ferry is gone], [S9 Teralia] [Q9 says]\n\n[C1 The ferry is gone,] [S1 a Teralian official] [Q1 said] {told}."
    back = f"\n\n[S2 [per Ada Holm]] [Q2=1 made the remark] in a statement {pointed}." if pointed else ""
    for here in (story + back, story.removesuffix(".") + f" {pointed}."):
        reading = read(here, fact("rendered", page, basis="masthead"))
        found = reading.statements[1].when
        assert (interval(found), found.basis, list(found.words)) == (want, "inferred", words)
        assert days(reading, 0) == want


def test_the_statements_of_one_speaker_share_what_their_words_leave() -> None:
    reading = read(
        "Words.\n\n[C1 The ferry is gone,] [S1 a Teralian official] [Q1 said] on Wednesday.\n\n"
        "[S2 [off Deputy Minister] [per Ada Holm]] [Q2=1 made the remark] weeks after the fleets met on March 3.\n\n"
        "[C3 “Nobody crosses,”] [S3 Holm] [Q3 said].\n\n[S4 She] [Q4 claimed] [C4 the river fell].",
        DRAWN,
    )
    assert {days(reading, n) for n in range(3)} == {"2024-03-13..2024-05-01"}


@pytest.mark.parametrize(
    ("rest", "page", "want"),
    [
        (", recalling the treaty of March 3, 2024", "2024-05-24", "-..2024-05-20"),
        (" after the treaty of March 3, 2024", "2024-05-24", "-..2024-05-20"),
        (" in an e-mail dated March 3, 2024", "2024-05-24", "2024-03-04..2024-03-11"),
        (" in an e-mail dated March 3, 2001", "2024-05-24", "-..2024-05-20"),
    ],
)
def test_a_day_in_full_beside_an_act_of_saying_is_about_that_of_writing(rest: str, page: str, want: str) -> None:
    story = f"Words.\n\n[S1 [per Ada Holm]] [Q1 said] [C1 it was done]{rest}.\n\n[S2 [per Olaf Berg]] [Q2 denied] [C2 it] on Monday."
    assert days(read(story, fact("rendered", page))) == want


@pytest.mark.parametrize(("facts", "want"), [([DRAWN], "-..2024-05-24"), ([], "-..-")])
def test_without_any_words_the_page_is_all_there_is(facts: list[DateFact], want: str) -> None:
    assert days(read("Words.\n\n[S1 [per Ada Holm]] [Q1 said] [C1 it was done].", *facts)) == want


def test_a_date_in_full_needs_no_day_of_writing() -> None:
    assert days(read("Words.\n\n[S1 [per Ada Holm]] [Q1 said] on March 3, 2024 [C1 it was done].")) == "2024-03-03..2024-03-03"


# -- days that are taken from others -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("story", "want"),
    [
        ("[C1 “One,”] [S1 [per Ada Holm]] [Q1 said] on Monday.\n\n[C2 “Two,”] [S2 she] [Q2 said].", "2024-05-06..2024-05-06"),
        ("[C1 “One,”] [S1 [per Ada Holm]] [Q1 said].\n\n[C2 “Two,”] [S2 she] [Q2 said] on Monday.", "2024-05-06..2024-05-06"),
        ("[C1 “One,”] [S1 [per Ada Holm]] [Q1 said] on Monday.\n\n[C2 “Two,”] [S2 [per Olaf Berg]] [Q2 said].", "2024-05-05..2024-05-08"),
        ("[C1 “One,”] [S1 [per Ada Holm]] [Q1 had said] in March.\n\n[C2 “Two,”] [S2 she] [Q2 said].", "2024-05-05..2024-05-08"),
        ("[C1 “One,”] [S1 [per Ada Holm]] [Q1 said] on Monday.\n\n[C2 “Two,”] [S2 she] [Q2 had said].", "-..2024-05-08"),
        ("[C1 “One,”] [S1 the Teralian army] [Q1 said] on Monday.\n\n[C2 “Two,”] [S2 a Teralian official] [Q2 said].", "2024-05-06..2024-05-06"),
        ("[C1 “One,”] [S1 the Teralian army] [Q1 said] on Monday.\n\n[C2 “Two,”] [S2 a North Varan official] [Q2 said].", "2024-05-05..2024-05-08"),
        ("[C1 “One,”] [S1 the Teralian army] [Q1 said] on Monday.\n\n[C2 “Two,”] [S2 a Teralian rebel commander] [Q2 said].", "2024-05-05..2024-05-08"),
        (
            "[C1 “One,”] [S1 the Teralian army] [Q1 said] on Monday.\n\nWords.\n\nWords.\n\n[C2 “Two,”] [S2 a Teralian official] [Q2 said].",
            "2024-05-05..2024-05-08",
        ),
        ("[C1 “One,”] [S1 [per Ada Holm]] [Q1 said] on Monday.\n\n“Two goes on.”", "2024-05-06..2024-05-06"),
    ],
)
def test_a_statement_without_a_day_takes_its_speakers_or_its_sides(story: str, want: str) -> None:
    reading = read(f"Words.\n\n{story}", WEDNESDAY)
    assert len(reading.statements) == 2
    number = 0 if "“Two,”] [S2 she] [Q2 said] on Monday" in story else 1
    assert days(reading, number) == want


def test_a_title_has_the_day_of_the_statement_it_repeats() -> None:
    title = "title: [S9 Teralia] [Q9 says] [C9 the ferry is gone for ever]"
    reading = read(f"{title}\n\n[C1 The ferry is gone for ever], [S1 [per Ada Holm], a Teralian judge,] [Q1 said] on Monday.", WEDNESDAY)
    assert [days(reading, n) for n in (0, 1)] == ["2024-05-06..2024-05-06"] * 2


@pytest.mark.parametrize(("told", "want"), [("in March", "2024-03-01..2024-03-31"), ("", "-..2024-05-06"), ("on Sunday", "2024-05-05..2024-05-05")])
def test_what_is_said_inside_a_statement_was_said_before_it(told: str, want: str) -> None:
    reading = read(f"Words.\n\n[C1 “[S2 [per Olaf Berg]] [Q2 said] {told} [C2 it was done],”] [S1 [per Ada Holm]] [Q1 said] on Monday.", WEDNESDAY)
    assert [days(reading, n) for n in (0, 1)] == ["2024-05-06..2024-05-06", want]


# -- whatever is told --------------------------------------------------------------------------------------------------

PAST = st.sampled_from(
    [
        "", "on Sunday", "on Monday", "today", "yesterday", "last week", "last month", "in March", "on March 3", "on December 30", "on February 29",
        "two weeks ago", "earlier this week", "a day earlier", "this year", "in the spring", "on Christmas Day", "this morning", "recently", "late last year",
        "on Monday, a day after",
    ]
)  # fmt: skip
ANY = PAST | st.sampled_from(
    ["weeks after the talks on March 3", "on May 31, 2034", "tomorrow", "decades after the war of 1950", "hours after the raid on Sunday"]
)
CLAUSES = st.sampled_from(
    [
        "{}",
        ", recalling the treaty of {}",
        ", a day after Quillon demanded it {}",
        " weeks after the talks {}",
        " months before the vote {}",
        " two days before the vote {}",
        " 9,000 years after the flood {}",
        " hours after {}",
        ", who was born {}",
    ]
)
SENTENCES = st.sampled_from(
    [
        "[S{n} [per Ada Holm]], elected {told}, [Q{n} said] [C{n} “Word {n}”]{rest}.",
        "[C{n} “Word {n},”] [S{n} Teralia] [Q{n} said]{rest}.",
        "{told}, [S{n} she] [Q{n} warned] [C{n} no]{rest}.",
        "[S{n} Teralia] [Q{n} said] {told}, a day after [S1{n} Quillon] [Q1{n} demanded] [C1{n} that it end]{rest}.",
        "[C{n} “[S1{n} Quillon] [Q1{n} said] {told} [C1{n} no],”] [S{n} he] [Q{n} said]{rest}.",
    ]
)
KINDS: list[DateKind] = ["rendered", "published", "modified", "dateline", "event"]
FACTS = st.tuples(st.sampled_from(KINDS), st.dates(date(1990, 1, 1), date(2035, 1, 1)), st.integers(0, 40)).map(
    lambda drawn: DateFact(kind=drawn[0], earliest=drawn[1], latest=drawn[1] + timedelta(days=drawn[2]), basis="metadata", words="")
)


def told_by_three(told: list[str], *facts: DateFact) -> Reading:
    """A story in which a person and a state say something on these days."""
    paragraphs = [f"[C{n} “Word {n},”] [S{n} {['[per Ada Holm]', 'she', 'Teralia'][n % 3]}] [Q{n} said] {one}." for n, one in enumerate(told, 1)]
    return read("Words.\n\n" + "\n\n".join(paragraphs), *facts)


@settings(max_examples=60)
@given(told=st.lists(PAST, min_size=1, max_size=4), on=st.dates(date(1990, 1, 1), date(2035, 1, 1)))
def test_what_is_told_of_the_past_ends_on_the_day_of_writing_at_the_latest(told: list[str], on: date) -> None:
    for statement in told_by_three(told, fact("published", on.isoformat())).statements:
        found = statement.when
        assert found.latest is not None
        assert found.latest <= on
        assert found.earliest is None or found.earliest <= found.latest


@settings(max_examples=60)
@given(told=st.lists(ANY, min_size=1, max_size=4), facts=st.lists(FACTS, max_size=3))
def test_a_day_rests_on_words_of_the_text_or_on_the_page(told: list[str], facts: list[DateFact]) -> None:
    reading = told_by_three(told, *facts)
    assert reading.article
    for statement in reading.statements:
        found = statement.when
        assert all(words in reading.article.text for words in found.words)
        assert (found.basis == "none") == (found.precision == "unknown") == (found.earliest is None and found.latest is None)
        assert found.basis != "stated" or found.words
        assert (found.precision == "day") == (found.earliest is not None and found.earliest == found.latest)


@settings(max_examples=300)
@given(drawn=st.lists(st.tuples(SENTENCES, CLAUSES, ANY, ANY), min_size=1, max_size=4), facts=st.lists(FACTS, max_size=3))
def test_no_interval_ends_before_it_begins_or_after_the_page(drawn: list[tuple[str, str, str, str]], facts: list[DateFact]) -> None:
    story = [sentence.format(n=n, told=told, rest=clause.format(other)) for n, (sentence, clause, told, other) in enumerate(drawn, 1)]
    page = min((f.latest for f in facts if f.kind in PAGE), default=date.max)
    for statement in read("Words.\n\n" + "\n\n".join(story), *facts).statements:
        found = statement.when
        assert (found.earliest or date.min) <= (found.latest or date.max)
        assert found.latest is None or found.latest <= page
        assert found.earliest is None or found.earliest <= page
