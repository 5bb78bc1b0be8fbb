from __future__ import annotations

from pathlib import Path

import corpus
import pytest
import stories
from drawn import chain, related, said, who

TRAIN = Path(__file__).parents[2] / "train"
LEAD = """
title: [S1 [loc Ruritania]] [Q1 says] [C1 bridge ‘will not be rebuilt’]

[C2 The bridge over the Volta will not be rebuilt], [S2 a Ruritanian official] [Q2 said] on Monday.

[S3 [off Deputy Transport Minister] [per Anton Velic]] [Q3=2 made the remark] in [occasion3 a statement] carried by
[carrier3 the official [org Ruritanian News Agency]], [wire3 Reuters reported].

[C4 “Nobody crosses it,”] [S4 Velic] [Q4 said].

[C5 “It is a bridge to nowhere.”]

[S6 The [off deputy minister]] [Q6/assertive claimed] [C6 the river was “falling”].
"""
WHOLE = [("occasion", "a statement"), ("carrier", "the official Ruritanian News Agency"), ("wire", "Reuters reported")]


def test_the_official_of_the_lead_is_the_one_the_next_paragraph_names() -> None:
    reading = related(LEAD)
    assert [who(reading, s) for s in reading.statements] == ["Ruritania", *["Anton Velic"] * 4]


def test_a_sentence_that_points_back_is_no_statement_of_its_own() -> None:
    assert [s.cue.words if s.cue else None for s in related(LEAD).statements] == ["says", "said", "said", None, "claimed"]


def test_a_chain_named_once_holds_for_the_speaker_and_the_title() -> None:
    assert [chain(s) for s in related(LEAD).statements] == [WHOLE] * 5


def test_every_relay_is_the_slice_that_licenses_it() -> None:
    reading = related(LEAD)
    assert reading.article
    relays = [r for s in reading.statements for r in s.through]
    assert relays
    assert all(r.span and r.span.of(reading.article.text) == r.words for r in relays)


def test_a_quotation_belongs_to_the_cue_right_behind_it_whatever_was_found_inside() -> None:
    words = "[C1 “The dams at Oru are] [Q1 drowning] [C1 whole valleys, and the] [S3 ministry] [Q3 says] [C3 none will close],” [S2 he] [Q2 said]."
    reading = related(f"A story begins.\n\n{words}")
    assert [(s.cue.words if s.cue else None, said(reading, s)) for s in reading.statements] == [
        ("said", ["“The dams at Oru are drowning whole valleys, and the ministry says none will close,”"]),
        ("says", ["none will close"]),
    ]


@pytest.mark.parametrize(
    ("content", "form", "quoted"),
    [
        ("“It is over,”", "direct", ["It is over,"]),
        ("that it was over", "indirect", []),
        ("it was “over” and “done with”", "mixed", ["over", "done with"]),
        ("“They call it a ‘threat’ today,”", "direct", ["They call it a ‘threat’ today,"]),
        ("‘It is “over” now,’", "direct", ["It is “over” now,"]),
    ],
)
def test_the_form_follows_the_quotation_marks(content: str, form: str, quoted: list[str]) -> None:
    reading = related(f"A story begins.\n\n[C1 {content}] [S1 she] [Q1 said].")
    assert reading.article
    (statement,) = reading.statements
    assert (statement.form, [q.of(reading.article.text) for q in statement.quoted]) == (form, quoted)


def test_a_content_takes_the_quotation_mark_that_was_left_outside() -> None:
    reading = related("Words.\n\n“[C1 It is over],” [S1 she] [Q1 said].")
    assert said(reading, reading.statements[0]) == ["“It is over,”"]


def test_a_paragraph_of_quotation_continues_its_speaker_though_nothing_marked_it() -> None:
    reading = related("Words.\n\n[C1 “It is over,”] [S1 [per Ana Roca]] [Q1 said].\n\n“We go home.”\n\n“We go now.”")
    assert [said(reading, s) for s in reading.statements] == [["“It is over,”"], ["“We go home.”"], ["“We go now.”"]]
    assert [who(reading, s) for s in reading.statements] == ["Ana Roca"] * 3


def test_a_quotation_left_open_runs_on_in_the_next_paragraph() -> None:
    reading = related("Words.\n\n[S1 [per Ana Roca]] [Q1 said]: [C1 “It is over.]\n\n“We go home.\n\n“We go now.”")
    (statement,) = reading.statements
    assert said(reading, statement) == ["“It is over.", "“We go home.", "“We go now.”"]


def test_a_sentence_of_quotation_after_the_speaker_belongs_to_it() -> None:
    reading = related("Words.\n\n[C1 “It is over,”] [S1 [per Ana Roca]] [Q1 said]. “We all go home now.”")
    (statement,) = reading.statements
    assert said(reading, statement) == ["“It is over,”", "“We all go home now.”"]


def test_a_narrators_paragraph_with_a_scare_quote_continues_nobody() -> None:
    reading = related("Words.\n\n[C1 “It is over,”] [S1 [per Ana Roca]] [Q1 said].\n\nThe “peace” held for a day.")
    assert len(reading.statements) == 1


def test_what_is_said_inside_words_said_is_within_them() -> None:
    reading = related("Words.\n\n[C1 “[S2 Oslo] [Q2 termed] [C2 our trade a ‘crime’],”] [S1 [per Ana Roca]] [Q1 said].")
    outer, inner = reading.statements
    assert reading.article
    assert (outer.within, inner.within) == (None, outer.id)
    assert [q.of(reading.article.text) for q in inner.quoted] == ["crime"]
    assert who(reading, inner) == "Norway"


def test_a_cue_inside_words_said_has_the_name_that_it_follows() -> None:
    reading = related("Words.\n\n[C1 “Lately Oslo [Q2 termed] [C2 our trade a ‘crime’],”] [S1 [per Ana Roca]] [Q1 said].")
    assert [who(reading, statement) for statement in reading.statements] == ["Ana Roca", "Norway"]
    for cue in ("have [Q2 termed]", "[Q2 have termed]"):
        reading = related(f"Words.\n\n[C1 “Those from Oslo {cue} [C2 our trade a ‘crime’],”] [S1 [per Ana Roca]] [Q1 said].")
        assert reading.statements[1].who is None


def test_scare_quotes_inside_words_said_are_no_statement_without_a_verb_of_saying() -> None:
    reading = related("Words.\n\n[C1 “[S2 Oslo] is [Q2 jeopardising] [C2 our ‘trade’],”] [S1 [per Ana Roca]] [Q1 said].")
    assert len(reading.statements) == 1
    assert [s.of for s in reading.skipped] == ["jeopardising"]


def test_an_agency_that_only_hands_on_is_a_relay() -> None:
    reading = related("Words.\n\n[S1 [org Reuters]] [Q1 reported] [C1 that [S2 [per Ana Roca]] [Q2 said] [C2 the war was over for everybody in the valley]].")
    (statement,) = reading.statements
    assert who(reading, statement) == "Ana Roca"
    assert statement.within is None
    assert chain(statement) == [("wire", "Reuters reported")]


def test_an_agency_that_says_something_itself_speaks() -> None:
    reading = related("Words.\n\n[S1 [org Reuters]] [Q1 reported] [C1 that a missile fell into the sea].")
    assert [who(reading, s) for s in reading.statements] == ["Reuters"]


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        ("[S1 Roca] [Q1 told] Al Jazeera [C1 it was over].", [("carrier", "Al Jazeera")]),
        (
            "[S1 Roca] [Q1 said] in an interview with the newspaper El Faro [C1 that it was over].",
            [("occasion", "an interview"), ("carrier", "the newspaper El Faro")],
        ),
        ("[C1 It was over], [S1 Roca] [Q1 wrote] on Telegram.", [("occasion", "Telegram")]),
        ("TASS quoted [S1 Roca] as [Q1 saying] [C1 it was over].", [("carrier", "TASS")]),
        ("[C1 It was over], [S1 Roca] [Q1 said], Reuters reported, citing Interfax.", [("carrier", "Interfax"), ("wire", "Reuters reported")]),
        ("[C1 It was over], [S1 Roca] [Q1 told] a news conference in Doha.", [("occasion", "a news conference in Doha")]),
        ("[S1 Roca] [Q1 said] at a press conference [C1 it was over].", [("occasion", "a press conference")]),
        ("[S1 An official involved in the talks] [Q1 said] [C1 it was over].", []),
        ("[S1 Roca] [Q1 said] on Monday, after a meeting with Reuters staff, [C1 it was over].", []),
    ],
)
def test_relays_of_a_sentence(sentence: str, want: list[tuple[str, str]]) -> None:
    (statement,) = related(f"Words begin here.\n\n{sentence}").statements
    assert chain(statement) == want


def test_two_speakers_keep_their_own_occasions() -> None:
    reading = related(
        "Words.\n\n[C1 “It is over,”] [S1 [per Ana Roca]] [Q1 said] at a news conference.\n\n[S2 [per Olaf Berg]] [Q2/denial denied] [C2 this] on Telegram.\n\n"
        "[C3 “Long over,”] [S3 Roca] [Q3 said].\n\n[C4 “Never,”] [S4 Berg] [Q4 said]."
    )
    assert [chain(s) for s in reading.statements] == [[("occasion", "a news conference")], [("occasion", "Telegram")]] * 2


@pytest.mark.parametrize(
    ("source", "name"),
    [("he", "Olaf Berg"), ("she", "Ana Roca"), ("the minister", "Ana Roca"), ("the general", "Olaf Berg"), ("Roca", "Ana Roca"), ("Berg", "Olaf Berg")],
)
def test_pronouns_titles_and_surnames_find_their_speaker(source: str, name: str) -> None:
    reading = related(
        "Words.\n\n[C1 “It is over,”] [S1 [off Foreign Minister] [per Ana Roca]] [Q1 said].\n\n[C9 “At last,”] [S9 she] [Q9 added].\n\n"
        "[C2 “Never,”] [S2 [off General] [per Olaf Berg]] [Q2 said].\n\n"
        f"[C3 “We shall see,”] [S3 {source}] [Q3 said]."
    )
    assert who(reading, reading.statements[-1]) == name


def test_he_inside_a_quotation_is_not_who_is_quoted() -> None:
    reading = related("Words.\n\n[S1 [per Ana Roca]] [Q1 said] [C1 it was over].\n\n[C2 “[S3 He] [Q3 said] [C3 it was],”] [S2 [per Olaf Berg]] [Q2 said].")
    assert who(reading, reading.statements[-1]) != "Olaf Berg"


def test_a_second_cue_of_the_sentence_has_the_same_speaker() -> None:
    reading = related("Words.\n\n[S1 [per Ana Roca]] [Q1 said] [C1 it was over], [Q2 adding] [C2 that the dead were buried].")
    assert [who(reading, s) for s in reading.statements] == ["Ana Roca"] * 2


def test_an_act_without_words_is_skipped_with_its_reason() -> None:
    reading = related("Words.\n\n[S1 [loc Israel]] [Q1 is conducting] [C1 free trade talks] with India.")
    assert reading.statements == ()
    assert [(s.stage, s.why) for s in reading.skipped] == [("relate", "no act of saying")]


def test_why_somebody_calls_a_thing_so_is_the_tellers() -> None:
    reading = related("Words.\n\n[S1 [loc Oslo]] [Q1 called] [C1 the ferry a ‘bridge’ in a bid to sell it].")
    assert said(reading, reading.statements[0]) == ["the ferry a ‘bridge’"]


def test_no_two_records_of_a_reading_share_an_id() -> None:
    stories_of = [example for name in ("stories_g", "mixed_b") for example in corpus.read(TRAIN / "events" / f"{name}.txt")]
    for example in stories_of:
        reading = stories.read_marked(example)
        for records in (reading.actors, reading.statements, reading.events):
            ids = [record.id for record in records]
            assert len(ids) == len(set(ids)), example.id
