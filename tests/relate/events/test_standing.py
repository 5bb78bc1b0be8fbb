from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Force, Scored, Span, Standing, Trigger
from sayso.relate.events.standing import standing_of

STANDINGS: tuple[Standing, ...] = get_args(Standing)
FORCES: tuple[Force, ...] = get_args(Force)


def trigger(**chances: float) -> Trigger:
    ranked = sorted((Scored(name, score) for name, score in chances.items()), key=lambda s: -s.score)
    return Trigger(types=(Scored("ASSAULT", 1.0),), mode=Scored("", 1.0), standings=tuple(ranked), past=0.0)


def stands(text: str, said: Force | None = None, *, itself: bool = True, **chances: float) -> Standing:
    start = text.index("[")
    bare = text.replace("[", "").replace("]", "")
    span = Span(start, text.index("]") - 1)
    return standing_of(bare, span, trigger(**(chances or {"reported": 0.6, "claimed": 0.4})), said=said, own_act=False, speaks_of_itself=itself)[0]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("The army [shelled] the town.", "reported"),
        ("The army did not [shell] the town.", "denied"),
        ("The army never [shelled] the town.", "denied"),
        ("The army may [shell] the town.", "possible"),
        ("If the army [shells] the town, they will leave.", "possible"),
    ],
)
def test_the_articles_own_words_are_read_for_negation_and_modality(text: str, standing: Standing) -> None:
    assert stands(text) == standing


def test_a_plan_is_announced_by_whoever_would_act_and_sooner_a_forecast_from_others() -> None:
    chances = {"announced": 0.45, "possible": 0.4, "claimed": 0.1}
    assert stands("they [shell] it", "promise", **chances) == "announced"
    assert stands("they [shell] it", "neutral", itself=False, **chances) == "possible"


@given(
    st.dictionaries(st.sampled_from(STANDINGS), st.floats(0, 1), min_size=1), st.sampled_from([None, *FORCES]), st.booleans(), st.booleans(),
    st.sampled_from(["The army [shelled] it.", "It would not [shell] it, if", "They may never [shell]"]),
)  # fmt: skip
def test_what_is_said_is_never_reported_and_what_is_told_never_claimed(
    chances: dict[str, float], said: Force | None, own_act: bool, itself: bool, text: str
) -> None:
    bare = text.replace("[", "").replace("]", "")
    found, sure = standing_of(bare, Span(text.index("["), text.index("]") - 1), trigger(**chances), said=said, own_act=own_act, speaks_of_itself=itself)
    assert found != ("claimed" if said is None else "reported")
    assert 0 <= sure <= 1
