from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import fact, read, world

from sayso.records import Mention, Reading

DAY = fact("published", "2024-05-08")
OLD = fact("published", "2019-05-08")


def named(text: str, *facts: object, place: str | None = None) -> dict[str, list[tuple[str, str]]]:
    """What the registry's names in a text stand for: entry -> words and ground."""
    reading = read(f"Words.\n\n{text}", *(facts or (DAY,)), place=place)  # type: ignore[arg-type]
    return {a.registry: [_told(reading, m) for m in a.mentions] for a in reading.actors if a.registry}


def _told(reading: Reading, mention: Mention) -> tuple[str, str]:
    assert reading.article
    return mention.span.of(reading.article.text), mention.basis


@pytest.mark.parametrize(
    ("text", "key", "basis"),
    [
        ("Teralia refused.", "TER", "name"),
        ("Quillon refused.", "TER", "metonym"),
        ("Envoys warned Quillon against it.", "TER", "metonym"),
        ("Quillon’s refusal came late.", "TER", "metonym"),
        ("Teralian troops refused.", "TER", "demonym"),
        ("The Teralians refused.", "TER", "demonym"),
        ("Brenn refused.", "LEAGUE", "metonym"),
        ("The League of the Straits refused.", "LEAGUE", "name"),
        ("The Red Palace refused.", "NVA/Red Palace", "name"),
    ],
)
def test_a_name_that_acts_stands_for_its_state_or_body(text: str, key: str, basis: str) -> None:
    assert [basis for _, basis in named(text)[key]] == [basis]


@pytest.mark.parametrize(
    "text",
    [
        "They met in Quillon.",
        "They met near Quillon on Monday.",
        "A blast outside Quillon woke them.",
        "He flew to Quillon.",
        "She returned from Quillon.",
        "They visited Quillon.",
        "Quillon’s airport was closed.",
        "The streets of downtown Quillon airport were closed.",
        "A fire burned throughout Quillon.",
        "A shop in Aldby burned.",
        "They met in Quillon, Teralia, on Monday.",
        "A shop in Aldby, Teralia burned.",
    ],
)
def test_a_town_where_something_happens_stands_for_nobody(text: str) -> None:
    assert named(text) == {}


def test_a_town_where_something_happens_is_no_name_of_a_state_that_is_named_otherwise() -> None:
    assert named("Teralia refused. They met in Quillon.") == {"TER": [("Teralia", "name")]}


# -- names that several bear -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "key"),
    [
        ("North Vara waited.", "NVA"),
        ("Kest waited.", "NVA"),
        ("South Varan troops waited.", "SVA"),
        ("South Vara waited for South Varan troops, and North Vara left.", "SVA"),
        ("President [per Jon Kess] of South Vara waited.", "SVA"),
    ],
)
def test_a_shared_name_follows_the_article(rest: str, key: str) -> None:
    found = named(f"Varan officials refused. {rest}")
    assert ("Varan", "article") in found[key]
    assert all(("Varan", "article") not in words for other, words in found.items() if other != key)


@pytest.mark.parametrize("rest", ["", "Teralia waited.", "North Vara waited. South Vara waited."])
def test_a_shared_name_is_left_alone_when_nothing_decides(rest: str) -> None:
    assert "Varan" not in [words for found in named(f"Varan officials refused. {rest}").values() for words, _ in found]


def test_a_shared_name_follows_the_place_of_the_dateline() -> None:
    assert named("Varan officials refused.", place="MOUL") == {"SVA": [("Varan", "article")]}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The Senate refused. South Vara waited.", "SVA/South Varan Senate"),
        ("North Vara’s Senate refused. South Vara waited, and South Varan troops too.", "NVA/North Varan Senate"),
        ("The North Varan Senate refused. South Vara waited, and South Varan troops too.", "NVA/North Varan Senate"),
    ],
)
def test_a_body_called_as_others_are_is_that_of_the_state_before_it_or_of_the_article(text: str, key: str) -> None:
    assert {k for k in named(text) if "/" in k} == {key}


def test_a_body_is_known_in_its_time_only() -> None:
    assert "NVA/Grey Office" in named("The Grey Office refused.", OLD)
    assert named("The Grey Office refused.", DAY) == {}


def test_a_longer_name_hides_the_shorter_inside_it() -> None:
    assert named("North Vara refused.") == {"NVA": [("North Vara", "name")]}


@pytest.mark.parametrize(
    ("text", "found"),
    [("Give it to tus, they said.", {}), ("TUS refused.", {"TER": [("TUS", "name")]}), ("T.U.S. refused", {"TER": [("T.U.S.", "name")]})],
)
def test_short_capitals_are_names_only_as_capitals(text: str, found: object) -> None:
    assert named(text) == found


# -- persons and longer names ------------------------------------------------------------------------------------------


def test_a_person_called_like_a_state_is_not_the_state() -> None:
    assert named("[per Michael Teralia] refused. The crowd cheered [per Teralia].") == {}


def test_a_state_that_the_model_took_for_a_person_is_the_state() -> None:
    assert named("[per Teralia] refused.") == {"TER": [("Teralia", "name")]}


def test_a_state_inside_the_name_of_something_else_is_not_the_one_that_acts() -> None:
    reading = read("Words.\n\n[C1 The [org Bank of Teralia] lied], [S1 [per Ada Holm]] [Q1 said].", DAY)
    assert reading.statements[0].about == ()


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("North Vara lied", ["North Vara"]),
        ("Kest and Brenn lied", ["North Vara", "League of the Straits"]),
        ("troops stood in Kest", []),
        ("Teralia had waited", []),
        ("North Varan troops had crossed the line", ["North Vara"]),
        ("a North Varan song was sung", []),
        ("[per Bor Atkin] lied", ["Bor Atkin"]),
        ("North Vara lied, and North Vara knew", ["North Vara"]),
    ],
)  # fmt: skip
def test_words_concern_those_who_act_in_them_but_not_their_speakers_own_state(content: str, about: list[str]) -> None:
    reading = read(f"Words.\n\n[C1 {content}], [S1 the Teralian foreign ministry] [Q1 said].", DAY)
    assert [next(a.name for a in reading.actors if a.id == one) for one in reading.statements[0].about] == about


_WORDS = "Teralia Quillon Teralian Teralians North South Vara Varan Varans Senate the The in to said of Red Palace , . ’s Kest NVNA TUS Brenn and visited"
WORDS = st.sampled_from(_WORDS.split())


@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_names_found_are_slices_in_order_that_never_overlap(text: str) -> None:
    reading = read(f"Words.\n\n{text}", DAY)
    assert reading.article
    spans = sorted(m.span for a in reading.actors for m in a.mentions)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 <= s.start < s.end <= len(reading.article.text) for s in spans)


def test_the_invented_world_has_nothing_refused() -> None:
    assert world().problems == []
