from __future__ import annotations

import pytest

from sayso.relate.cues import force_of, forms, points_back


@pytest.mark.parametrize(
    ("cue", "content", "force"),
    [
        ("said", "it rained", "neutral"),
        ("has repeatedly denied", "any part in it", "denial"),
        ("rejected the claim", "that it rained", "denial"),
        ("claimed", "it rained", "assertive"),
        ("accused", "Oslo of lying", "accusation"),
        ("asked", "whether it rained", "question"),
        ("asked", "Oslo to leave", "demand"),
        ("called on", "Oslo to leave", "demand"),
        ("called", "the plan a farce", "neutral"),
        ("vowed", "to return", "promise"),
        ("threatened", "to leave", "threat"),
        ("warned", "of rain", "neutral"),
        ("warned", "that its army would respond", "threat"),
        ("reportedly", "left", "hearsay"),
        ("is said to", "have left", "hearsay"),
        ("fears", "that it will rain", "belief"),
        ("went on to say", "it rained", "neutral"),
        (":", "It rained", "neutral"),
    ],
)
def test_the_cue_gives_the_force(cue: str, content: str, force: str) -> None:
    assert force_of(cue, content, quoted=False) == force


def test_a_quoted_question_is_one() -> None:
    assert force_of("said", "“Who sent them?”", quoted=True) == "question"


@pytest.mark.parametrize("cue", ["is conducting", "fired", "replayed"])
def test_an_act_without_words_is_no_statement(cue: str) -> None:
    assert force_of(cue, "free trade talks", quoted=False) is None


def test_an_unknown_cue_is_one_when_words_are_quoted() -> None:
    assert force_of("gurgled", "“free trade”", quoted=True) == "neutral"


@pytest.mark.parametrize("cue", ["made the claim", "repeated the charge", "the remarks", "The comments"])
def test_a_noun_points_back(cue: str) -> None:
    assert points_back(cue)


@pytest.mark.parametrize("cue", ["said", "’s claim", "claimed", "made a claim", "told the story of"])
def test_a_verb_or_a_new_noun_does_not(cue: str) -> None:
    assert not points_back(cue)


def test_forms_of_a_verb() -> None:
    assert {"deny", "denies", "denied", "denying"} <= forms("deny")
    assert {"say", "says", "said", "saying"} <= forms("say")
