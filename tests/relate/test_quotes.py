from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.relate.quotes import quotations


def found(text: str) -> list[tuple[str, int, bool]]:
    return [(q.words.of(text), q.depth, q.closed) for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“We agree,” he said. “Now.”", [("We agree,", 0, True), ("Now.", 0, True)]),
        ('"We agree," he said. "Now."', [("We agree,", 0, True), ("Now.", 0, True)]),
        ("‘We don’t agree,’ he said.", [("We don’t agree,", 0, True)]),
        ("'We don't agree,' he said.", [("We don't agree,", 0, True)]),
        ("“It called ours a ‘threat’ today,” he said.", [("It called ours a ‘threat’ today,", 0, True), ("threat", 1, True)]),
        ("‘She said “never” twice,’ he said.", [("She said “never” twice,", 0, True), ("never", 1, True)]),
        ("''We agree,'' he said.", [("We agree,", 0, True)]),
        ("«Nous», „wir“", [("Nous", 0, True), ("wir", 0, True)]),
        ("The ministers’ words and the people’s hopes, in the ’90s.", []),
        ("Its leaders' words, the people's hopes.", []),
        ("“We go on and on.", [("We go on and on.", 0, False)]),
        ("a 'scare' and it's done", [("scare", 0, True)]),
    ],
)
def test_quotations_are_found_with_their_depth(text: str, want: list[tuple[str, int, bool]]) -> None:
    assert found(text) == want


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    assert found("“One.\n\n“Two,” he said.") == [("One.", 0, False), ("Two,", 0, True)]


@given(st.text("ab .,“”‘’\"'«»\n", max_size=60))
def test_marks_in_any_order_give_quotations_inside_the_text(text: str) -> None:
    for quotation in quotations(text):
        assert 0 <= quotation.span.start < quotation.words.start < quotation.words.end <= quotation.span.end <= len(text)
        assert "\n\n" not in quotation.span.of(text)
