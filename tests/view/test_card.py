"""The card of a reading made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from sayso.records import Actor, Reading, Relay, Skipped, Span, Statement, When, Words
from sayso.view.card import Look, card

Make = Callable[..., Reading]


def shown(reading: Reading, **look: bool | int) -> str:
    return "\n".join(line.plain for line in card(reading, Look(**{"plain": True, **look})))  # type: ignore[arg-type]


def statement(what: Span, who: str | None = None, **more: object) -> Statement:
    fields: dict[str, object] = {"form": "indirect", "force": "neutral", "quoted": (), "score": 0.9, "cue": None} | more
    speaker = Words(words=who, span=None) if who else None
    return Statement(id=f"st_{what.start}", who=speaker, what=(what,), **fields)  # type: ignore[arg-type]


def test_the_whole_card_reads_as_one_page(reading: Reading) -> None:
    assert shown(reading) == """\
Norland calls the strait accord a ‘paper wall’
==============================================
address   pages/strait.html
publisher The Aldby Courier
byline    Ines Okoro
section   World › Seas
language  en
date      page drawn 2026-01-02 (masthead), not a date of the story
date      published 2025-05-05 (metadata)

On whose say-so
  Ada Holm 5, Norland 1 → a statement → Norland Wire → Eastern Press → this page
  A trader in the port of Aldby 1 → this page
  said between 2025-03-02 and 2025-05-04, inferred from “on Sunday”

Who is who
  Ada Holm · NOR GOV · Deputy Minister

 1  Norland · calls · title · mixed
    > the strait accord a ‘paper wall’

 2  a Norland official = Ada Holm (Deputy Minister, NOR) · said · mixed
    > The accord on the Varn strait is a “paper wall” and binds nobody,

 3  Holm = Ada Holm · said · direct
    > “The southern fleet has crossed the line three times since the accord was signed,
    > and nobody was told,”

 4  Ada Holm · continues 3 · direct
    > “We have seen this before.

 5  she = Ada Holm · added · direct · about Southland navy
    > “The Southland navy called our patrols ‘piracy’ last week to hide its own losses,”

     6  The Southland navy · called · as told in 5 · mixed
        > our patrols ‘piracy’

 7  She = Ada Holm · claimed · mixed · assertive
    > the “so-called observers” had never left their hotel

 8  A trader in the port of Aldby · said · indirect · a guess (0.41)
    > the shelves had been empty for days

8 statements · 1 piece of furniture dropped · nothing skipped · sayso 0.1.0, english-1
See more: --json for spans, scores and ids; --furniture for what was dropped"""


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160, 300])
@pytest.mark.parametrize("plain", [True, False])
def test_no_line_is_wider_than_asked(reading: Reading, width: int, plain: bool) -> None:
    assert max(line.cell_len for line in card(reading, Look(width=width, plain=plain))) <= width


def test_a_wide_terminal_sets_speakers_beside_their_words(reading: Reading) -> None:
    lines = [line.plain for line in card(reading, Look(width=132))]
    assert any("Holm = Ada Holm" in line and "▎ “The southern fleet" in line for line in lines)


def test_plain_cards_hold_no_escapes_and_no_boxes(reading: Reading) -> None:
    assert not set(shown(reading)) & set("\x1b▎─│┌╭")


def test_furniture_is_shown_with_its_reason_when_asked_for(reading: Reading) -> None:
    assert "dropped   a heading of other stories: Most Popular" in shown(reading, furniture=True)
    assert "Most Popular" not in shown(reading)


def test_skipped_pieces_are_listed_with_stage_and_reason(reading: Reading) -> None:
    skipped = Skipped(stage="relate", of="“alliance”", why="scare quote", detail="one word, no cue")
    text = shown(replace(reading, skipped=(skipped,)))
    assert "skipped   “alliance”: scare quote (relate). One word, no cue" in text
    assert "1 skipped" in text


def test_a_page_that_was_not_read_says_so_and_why(reading: Reading) -> None:
    skipped = Skipped(stage="clean", of="page.txt", why="no story found", detail="12 words in all")
    text = shown(replace(reading, article=None, actors=(), statements=(), skipped=(skipped,)))
    assert text.startswith("Not read\n========\naddress   pages/strait.html\n")
    assert "skipped   page.txt: no story found (clean). 12 words in all" in text


def test_a_page_on_which_nobody_says_anything_says_so(make: Make) -> None:
    text = shown(make("It rained."))
    assert text.startswith("A page without a title\n")
    assert "On whose say-so" not in text
    assert "no statements · no furniture dropped · nothing skipped" in text


def test_a_rendered_date_is_never_called_a_date_of_the_story(reading: Reading) -> None:
    assert "page drawn 2026-01-02 (masthead), not a date of the story" in shown(reading)


def test_a_statement_that_nobody_is_named_for_says_so(make: Make) -> None:
    assert "nobody named · reportedly · indirect · hearsay" in shown(
        make("It fell.", statement(Span(0, 8), cue=Words(words="reportedly", span=None), force="hearsay"))
    )


def test_verbatim_words_never_lose_their_quotation_marks(make: Make) -> None:
    text = "“Never again,” Ann said."
    assert "> “Never again,”" in shown(make(text, statement(Span(1, 13), "Ann", quoted=(Span(1, 13),), form="direct")))


def test_words_parted_by_the_article_are_joined_by_an_ellipsis(make: Make) -> None:
    text = "“We go,” Ann said, “and you stay.”"
    parted = replace(statement(Span(0, 8), "Ann"), what=(Span(0, 8), Span(19, 34)))
    assert "> “We go,” … “and you stay.”" in shown(make(text, parted))


def test_verbatim_words_have_the_colour_of_their_speaker_and_the_articles_own_have_none(reading: Reading) -> None:
    line = next(line for line in card(reading, Look(width=88)) if "so-called observers" in line.plain)
    console = Console(width=88, color_system="truecolor", force_terminal=True)
    coloured = "".join(s.text for s in line.render(console) if s.style and s.style.color and "▎" not in s.text)
    assert coloured == "“so-called observers”"


def test_a_guess_is_dimmed_and_called_a_guess(reading: Reading) -> None:
    lines = card(reading, Look(width=88))
    words = next(line for line in lines if "the shelves" in line.plain)
    assert any("dim" in str(span.style) for span in words.spans)
    assert "a guess (0.41)" in next(line.plain for line in lines if "A trader" in line.plain and "said" in line.plain)


def test_a_statement_that_came_by_another_way_shows_it(make: Make) -> None:
    text = "One. Two. Three."
    wire = (Relay(role="wire", words="Eastern Press", span=None),)
    ways = [statement(Span(0, 4), "Ann"), statement(Span(5, 9), "Ann"), statement(Span(10, 16), "Ann", through=wire)]
    card_text = shown(make(text, *ways))
    assert "  Ann 2 → this page\n  Ann 1 → Eastern Press → this page\n" in card_text
    assert "> Three.\n    through → Eastern Press → this page" in card_text
    assert card_text.count("through") == 1


@pytest.mark.parametrize("words", ["Reuters reported", "Reuters", "reported by Reuters", "said Reuters"])
def test_a_wire_without_an_actor_goes_by_its_words_without_the_verb(make: Make, words: str) -> None:
    wire = (Relay(role="wire", words=words, span=None),)
    assert "Ann → Reuters → this page" in shown(make("One.", statement(Span(0, 4), "Ann", through=wire)))


def test_the_publisher_ends_the_chain_by_name(make: Make) -> None:
    by = (Relay(role="wire", words="Reuters", span=None), Relay(role="publisher", words="The Courier", span=None))
    assert "Ann → Reuters → The Courier (this page)" in shown(make("One.", statement(Span(0, 4), "Ann", through=by)))


def test_a_day_that_differs_stands_at_its_statement(make: Make) -> None:
    day = When(earliest=date(2025, 1, 2), latest=date(2025, 1, 2), precision="day", basis="stated", words=("on Thursday",))
    undated = [statement(Span(0, 4), "Ann"), statement(Span(5, 9), "Ann")]
    text = shown(make("One. Two. Three.", *undated, statement(Span(10, 16), "Ann", when=day)))
    assert "> Three.\n    said on 2025-01-02, stated: “on Thursday”" in text
    assert text.count("said") == 1


def test_escapes_in_a_page_reach_no_terminal(make: Make) -> None:
    text = "\x1b[31mred\x9b2J \u202egnirts"
    actors = (Actor(id="ac_1", name="\x1b[2J", kind="person"),)
    drawn = replace(make(text, statement(Span(0, len(text)), "A\x1b]0;owned\x07", about=("ac_1",))), actors=actors)
    assert not set(shown(drawn)) & set("\x1b\x9b\x07\u202e")


def test_long_lists_of_speakers_are_counted_not_listed(make: Make) -> None:
    text = "x" * 40
    drawn = make(text, *(statement(Span(n, n + 1), f"Speaker {n}") for n in range(20)))
    assert "14 more → this page" in " ".join(shown(drawn).split())
