"""Datelines, credits and bylines leave the prose and become data; prose that only looks like one stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.clean.credits import byline_of, is_credit, signed_agency, tail_agency_taken, tail_credit_taken
from sayso.clean.datelines import dateline_taken

REST = "The minister said on Monday that the talks had ended."


@pytest.mark.parametrize(
    ("words", "place", "wire"),
    [
        ("SEOUL, Oct. 1 (Yonhap) --", "SEOUL", "Yonhap"),
        ("WASHINGTON (AP) —", "WASHINGTON", "AP"),
        ("MOSCOW, 12 March 1999 /TASS/ -", "MOSCOW", "TASS"),
        ("MOSCOW, March 12. /TASS/.", "MOSCOW", "TASS"),
        ("NEW DELHI, May 3 (PTI)", "NEW DELHI", "PTI"),
        ("KYIV, Ukraine (AP) —", "KYIV, Ukraine", "AP"),
        ("BEIJING, Sept. 24 (Xinhua) --", "BEIJING", "Xinhua"),
        ("PARIS —", "PARIS", None),
        ("UNITED NATIONS, Sept 12 (Reuters) -", "UNITED NATIONS", "Reuters"),
        ("Moscow. March 5 (Interfax) -", "Moscow", "Interfax"),
        ("Havana, Mar 5 (Prensa Latina)", "Havana", "Prensa Latina"),
        ("DUSHANBE, 17 June 2021 /Central News/ —", "DUSHANBE", "Central News"),
        ("WASHINGTON, D.C. –", "WASHINGTON, D.C.", None),
        ("NAIROBI:", "NAIROBI", None),
        ("(Reuters) -", None, "Reuters"),
        ("TOKYO, Japan, Jan. 4 -", "TOKYO, Japan", None),
    ],
)
def test_a_dateline_is_taken_off(words: str, place: str | None, wire: str | None) -> None:
    taken = dateline_taken(f"{words} {REST}")
    assert taken is not None
    assert (taken.dateline.words, taken.rest) == (words, REST)
    assert (taken.dateline.place, taken.dateline.wire) == (place, wire)


@pytest.mark.parametrize(
    "prose",
    [
        "NATO said that the exercise would begin on Monday.",
        "Kim Jong-un (left) and his sister were seen at the site.",
        "The African Union (AU) said the mission would end.",
        "The World Health Organization (WHO) — the UN’s health agency — said it had no reports.",
        "EU - and US - officials met in the morning.",
        "“Paris: a city of light” is the title of the exhibition.",
        "Analysis: What the vote means for the coalition.",
        "BBC journalists were detained on Monday.",
        "Im said: “We will not go back.”",
        "On Oct. 1 (a Sunday) - he said nothing more.",
    ],
)
def test_prose_that_looks_like_a_dateline_stays(prose: str) -> None:
    assert dateline_taken(prose, elsewhere=REST) is None


@pytest.mark.parametrize(("elsewhere", "believed"), [("Later, Geneva saw protests.", True), ("Later there were protests.", False)])
def test_a_place_with_a_colon_is_a_dateline_only_when_the_story_speaks_of_it_again(elsewhere: str, believed: bool) -> None:
    assert (dateline_taken(f"Geneva: {REST}", elsewhere=elsewhere) is not None) is believed


def test_the_day_in_a_dateline_is_read() -> None:
    taken = dateline_taken(f"MOSCOW, 12 March 1999 /TASS/ - {REST}")
    assert taken is not None
    assert [(d.earliest, d.latest) for d in taken.days] == [(date(1999, 3, 12), date(1999, 3, 12))]


@pytest.mark.parametrize(
    ("words", "wire"),
    [("(Reuters)", "Reuters"), ("Source: Xinhua", "Xinhua"), ("With inputs from ANI", "ANI"), ("AFP/Reuters", "AFP/Reuters"), ("PTI", "PTI"),
     ("The talks", None), ("He said so.", None), ("NATO", None)],
)  # fmt: skip
def test_a_block_may_be_an_agencys_signature(words: str, wire: str | None) -> None:
    assert signed_agency(words) == wire


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("(Reporting by Jane Doe; Editing by John Roe)", True),
        ("Additional reporting by Ana Roca in Lima", True),
        ("With inputs from agencies", True),
        ("Jane Doe and John Roe contributed to this report.", True),
        ("This story has been published from a wire agency feed without modifications to the text.", True),
        ("Reporting the crime took courage, she said.", False),
        ("With the war in its third year, both sides are tired.", False),
        ("Source close to the talks said they had failed.", False),
        ("He contributed to the fund for years.", False),
    ],
)
def test_credits_are_told_from_prose(words: str, credit: bool) -> None:
    assert is_credit(words) is credit


def test_a_signature_at_the_end_of_the_last_paragraph_is_taken_off() -> None:
    long = "The two sides will meet again in the spring, according to the communiqué that was signed in the evening."
    assert tail_agency_taken(f"{long} (Reuters)") == (long, "(Reuters)", ["Reuters"])
    assert tail_agency_taken(f"{long} He works for Reuters") is None
    assert tail_credit_taken(f"{long} (Reporting by Jane Doe; Editing by AFP)") == (long, "(Reporting by Jane Doe; Editing by AFP)", ["AFP"])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and John Roe in Kyiv", "Jane Doe and John Roe in Kyiv"),
        ("by Ana María de la Roca | 3 May 2020", "Ana María de la Roca"),
        ("By JANE DOE, Associated Press", "JANE DOE, Associated Press"),
        ("Staff Reporter", "Staff Reporter"),
        ("Our Special Correspondent", "Our Special Correspondent"),
        ("By the end of the year", None),
        ("By Monday the river had risen by two metres, and the villages were cut off.", None),
        ("Jane Doe", None),
    ],
)
def test_a_byline_gives_its_names(words: str, names: str | None) -> None:
    assert byline_of(words) == names


@given(st.text(max_size=300))
def test_what_is_taken_off_and_what_is_left_are_the_paragraph(words: str) -> None:
    taken = dateline_taken(words)
    if taken:
        assert words.startswith(taken.dateline.words)
        assert words.endswith(taken.rest)
        assert not words[len(taken.dateline.words) : len(words) - len(taken.rest)].strip()
