"""Events of drawn stories: who does what to whom, and on what footing that stands."""

from __future__ import annotations

import pytest
from drawn import related

from sayso.records import Event, Reading


def told(reading: Reading) -> list[tuple[str, str, str, str]]:
    """Type, standing, sources and targets by name."""
    names = {a.id: a.name for a in reading.actors}
    return [(e.type, e.standing, ", ".join(names[i] for i in e.source), ", ".join(names[i] for i in e.target)) for e in reading.events]


def one(marked: str) -> Event:
    (event,) = related(marked).events
    return event


def test_an_act_told_by_the_article_itself_is_reported() -> None:
    reading = related("[A1 [loc Poland]] [E1/SANCTION.expel expelled] [R1 two Russian diplomats].")
    assert told(reading) == [("SANCTION", "reported", "Poland", "Russian diplomats")]
    assert reading.events[0].statement is None
    assert (reading.events[0].cameo, reading.events[0].quad) == ("166", 4)


@pytest.mark.parametrize("standing", ["claimed", "reported"])
def test_what_only_a_speaker_says_is_never_reported(standing: str) -> None:
    reading = related(f"[S1 [loc Kenya]] [Q1 said] [C1 that [A2 [loc Uganda]] had [E2/ASSAULT/{standing} attacked] [R2 Kenyan police]].")
    (event,) = [e for e in reading.events if e.type == "ASSAULT"]
    assert event.standing == "claimed"
    assert event.statement == reading.statements[0].id


def test_nothing_that_the_article_says_is_a_claim() -> None:
    assert one("[A1 [loc Kenya]] [E1/AID/claimed sent] food to [R1 [loc Uganda]].").standing == "reported"


def test_the_act_of_saying_is_reported_and_what_it_says_is_claimed() -> None:
    reading = related(
        "[S1 [A1 [loc Peru]]] [Q1/accusation [E1/ACCUSE.allege accused]] [C1 [R1 [A2 [loc Chile]]] of [E2/COERCE.seize/claimed seizing] [R2 Peruvian ships]]."
    )
    assert [(kind, standing) for kind, standing, *_ in told(reading)] == [("ACCUSE", "reported"), ("COERCE", "claimed")]
    assert {e.statement for e in reading.events} == {reading.statements[0].id}


@pytest.mark.parametrize(("said", "standing"), [("has not", "denied"), ("may have", "possible"), ("will have", "announced")])
def test_negation_and_modality_are_read_where_the_model_is_unsure(said: str, standing: str) -> None:
    reading = related(f"[S1 [A1 [loc Mali]]] [Q1 said] [C1 it {said} [E1/ASSAULT/{standing} shelled] [R1 [loc Niger]]].")
    assert reading.events[0].standing == standing


def test_a_promise_is_announced_only_by_whoever_would_act() -> None:
    reading = related("[S1 [loc Mali]] [Q1 said] [C1 that [A1 [loc Ghana]] will [E1/AID/announced send] troops to [R1 [loc Togo]]].")
    (event,) = [e for e in reading.events if e.type == "AID"]
    assert event.standing != "reported"


def test_the_same_act_told_twice_is_one_event_with_two_mentions() -> None:
    reading = related(
        "[A1 [loc Poland]] [E1/SANCTION.expel expelled] [R1 [loc Russia]]’s consul.\n\n"
        "The [E2/SANCTION.expel expulsion] of [R2 [loc Russia]]’s man by [A2 [loc Poland]] was the third."
    )
    assert len(reading.events) == 1
    assert len(reading.events[0].mentions) == 1


def test_a_claim_and_a_report_of_one_act_stay_two() -> None:
    reading = related(
        "[A1 [loc Mali]] [E1/ASSAULT shelled] [R1 [loc Niger]].\n\n"
        "[S2 [loc Chad]] [Q2 said] [C2 [A3 [loc Mali]] had [E3/ASSAULT/claimed shelled] [R3 [loc Niger]]]."
    )
    assert sorted(e.standing for e in reading.events if e.type == "ASSAULT") == ["claimed", "reported"]


def test_a_denial_is_tied_to_what_it_denies() -> None:
    reading = related(
        "[S1 [loc Niger]] [Q1 said] [C1 that [A2 [loc Mali]] had [E2/ASSAULT/claimed shelled] [R2 [loc Niger]]].\n\n"
        "[S3 [loc Mali]] [Q3/denial denied] [C3 that [A4 [loc Mali]] had [E4/ASSAULT/denied shelled] [R4 [loc Niger]]]."
    )
    claimed, denied = (next(e for e in reading.events if e.type == "ASSAULT" and e.standing == s) for s in ("claimed", "denied"))
    assert denied.denies == claimed.id
    assert claimed.denies is None


def test_a_statement_that_blames_is_an_act_towards_whom_it_blames() -> None:
    reading = related(
        "[C1 “The outrageous hostility of [loc Chile] and its provocations have gone too far,”] [S1 [off President] [per Ana Roca] of [loc Peru]] [Q1 said]."
    )
    assert ("ACCUSE", "reported", "Ana Roca", "Chile") in told(reading)


def test_a_statement_without_praise_or_blame_is_no_act() -> None:
    assert related("[C1 “Rain is expected in [loc Chile] on Monday,”] [S1 [off President] [per Ana Roca] of [loc Peru]] [Q1 said].").events == ()


def test_every_span_of_an_event_is_in_the_text() -> None:
    reading = related("[A1 [loc Poland]] [E1/SANCTION.expel expelled] [R1 two Russian diplomats].")
    assert reading.article
    assert reading.events[0].trigger.of(reading.article.text) == "expelled"
    assert reading.to_dict()["events"][0]["trigger"]["words"] == "expelled"


@pytest.mark.parametrize("joined", ["[loc Chad]-[loc Libya]", "[loc Chad–Libya]", "[loc Chad] and [loc Libya]"])
def test_words_that_join_two_states_name_two_parties(joined: str) -> None:
    reading = related(f"[A1 [loc Egypt]] [E1/SUPPORT praised] [R1 the {joined}] accord.")
    assert [(kind, source, targets) for kind, _, source, targets in told(reading)] == [("SUPPORT", "Egypt", "Chad, Libya")]


def test_a_cue_whose_stance_says_the_same_as_its_trigger_is_one_event() -> None:
    blame = "[C1 [R1 [loc Chile]] of an outrageous and illegal aggression against [loc Peru]]"
    reading = related(f"[S1 [A1 [loc Peru]]] [Q1/accusation [E1/ACCUSE.allege/possible accused]] {blame}.")
    assert [(kind, targets) for kind, _, _, targets in told(reading)] == [("ACCUSE", "Chile")]
