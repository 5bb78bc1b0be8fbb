from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Span
from sayso.relate.events.contexts import CONTEXTS, MOST, contexts_of

Case = tuple[str, Span, frozenset[str]]


def cases() -> list[Case]:
    """The sentences of contexts.txt with their triggers and contexts."""
    lines = Path(__file__).with_name("contexts.txt").read_text(encoding="utf-8").splitlines()
    return [_case(*line.split("|")) for line in lines if line and not line.startswith("#")]


def _case(drawn: str, named: str) -> Case:
    before, trigger, after = drawn.strip().split("*")
    return before + trigger + after, Span(len(before), len(before) + len(trigger)), frozenset(named.split()) - {"-"}


def given_to(text: str, trigger: Span) -> tuple[str, ...]:
    whole = Span(0, len(text))
    return contexts_of(text, whole, trigger, whole)


def of(drawn: str, around: str = "") -> tuple[str, ...]:
    """Contexts of a sentence with its trigger between stars, and what else its paragraph says."""
    sentence, trigger, _ = _case(drawn, "-")
    text = f"{sentence} {around}"
    return contexts_of(text, Span(0, len(sentence)), trigger, Span(0, len(text)))


def macro_f1(chosen: Sequence[Case]) -> float:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for text, trigger, wanted in chosen:
        found = set(given_to(text, trigger))
        right.update(found & wanted)
        wrong.update(found - wanted)
        missed.update(wanted - found)
    each = [2 * right[c] / (2 * right[c] + wrong[c] + missed[c]) for c in CONTEXTS if right[c] + missed[c]]
    return sum(each) / len(each)


def test_there_are_the_37_contexts_of_plover_and_each_has_an_example() -> None:
    assert len(CONTEXTS) == 37
    assert {c for _, _, wanted in cases() for c in wanted} == set(CONTEXTS)


def test_sentences_that_nothing_was_tuned_on_get_their_contexts() -> None:
    assert macro_f1(cases()[1::2]) >= 0.85


@pytest.mark.parametrize(
    ("drawn", "barred"),
    [
        ("Teachers went on *strike* over pay.", "military"),
        ("The West *Bank* was quiet.", "economic"),
        ("He began a hunger strike and *refused* food.", "human_security"),
        ("Soldiers of the UN peacekeeping force *patrolled* the valley.", "military"),
        ("Police *seized* a drug trafficking boat.", "trafficking"),
        ("The clinical trial of the vaccine *began*.", "legal"),
        ("She *paid* the electricity bill.", "legislative"),
        ("The storm of criticism *grew*.", "disasters"),
    ],
)
def test_a_word_loses_its_meaning_beside_another(drawn: str, barred: str) -> None:
    assert barred not in of(drawn)


def test_the_paragraph_helps_but_less_than_the_sentence() -> None:
    assert of("They *agreed* on it.", "Talks about refugees and asylum, refugee camps, displaced people.") == ()
    assert of("They *agreed* on the refugees.", "A summit was held.") == ("asylum",)


def test_the_words_nearest_to_the_trigger_count_most() -> None:
    far = " ".join(["and so on"] * 6)
    assert of(f"The court *ruled* {far} about the cyclone.")[0] == "legal"
    assert of(f"The court spoke {far} about the *cyclone*.")[0] == "disasters"


@given(st.text(), st.data())
def test_any_text_gives_at_most_four_known_contexts(text: str, data: st.DataObject) -> None:
    at = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    found = contexts_of(text, Span(at[0], at[3]), Span(at[1], at[2]), Span(0, len(text)))
    assert len(found) <= MOST
    assert set(found) <= set(CONTEXTS)
    assert len(set(found)) == len(found)
