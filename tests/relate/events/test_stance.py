from __future__ import annotations

import re

import pytest

from sayso.records import Span
from sayso.relate.events.stance import Named, Stance, stance_of
from sayso.relate.frame import Frame


def read(text: str, but: str = "") -> tuple[Stance, dict[int, str]]:
    """Stance of a text in which actors stand in brackets."""
    named, at = [], 0
    names: dict[int, str] = {}
    bare = ""
    for part in re.split(r"(\[[^\]]+\])", text):
        if part.startswith("["):
            key = len(names)
            names[key] = part[1:-1]
            named.append(Named(Span(at, at + len(part) - 2), key))
            part = part[1:-1]  # noqa: PLW2901 - the bare name
        bare += part
        at += len(part)
    left = [Span(bare.index(but), bare.index(but) + len(but))] if but else []
    return stance_of(Frame(bare, [Span(0, len(bare))]), [Span(0, len(bare))], named, left), names


def blamed(text: str) -> list[str]:
    stance, names = read(text)
    return [names[key] for key in stance.blamed]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The outrageous hostility of [Chile] has gone too far.", ["Chile"]),
        ("[Chile] is provoking a war by its threats.", ["Chile"]),
        ("[Chile]’s hostility toward [Peru] knows no end, and it violates every rule.", ["Chile"]),
        ("The [Chile]-[Bolivia] alliance is a dangerous provocation.", ["Bolivia", "Chile"]),
        ("[Chile]’s violation of the resolutions of the [League] is a crime.", ["Chile"]),
        ("We must deter the threats of [Chile].", []),
        ("Rain fell on [Chile].", []),
    ],
)
def test_blame_finds_whom_it_is_meant_for(text: str, names: list[str]) -> None:
    assert blamed(text) == names


def test_praise_is_for_those_towards_whom_it_is_spoken() -> None:
    stance, names = read("Our friendship and cooperation with [Peru] grow.")
    assert [names[key] for key in stance.praised] == ["Peru"]
    assert stance.blame == 0


def test_what_others_are_told_to_have_said_is_not_the_speakers_own() -> None:
    assert read("They call [Chile] a ‘criminal aggressor’.")[0].blame > 0
    assert read("They call [Chile] a ‘criminal aggressor’.", but="criminal aggressor")[0].blame == 0


def test_a_word_right_beside_its_actor_counts_twice() -> None:
    assert read("The threats of [Chile] grow.")[0].blame == 2
    assert read("[Chile] has for many long years been making threats.")[0].blame == 1
