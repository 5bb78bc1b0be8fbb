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


def states(reading: Reading) -> list[tuple[str, set[str | None], set[str | None]]]:
    """Type and states on both sides."""
    country = {a.id: a.country or a.registry for a in reading.actors}
    return [(e.type, {country[i] for i in e.source}, {country[i] for i in e.target}) for e in reading.events]


@pytest.mark.parametrize(
    ("marked", "target"),
    [
        ("[A1 [loc Kenya]] has [E1/SANCTION recalled] its envoy from [R1 [loc Uganda]]. [A2 [loc Nairobi]] [E2/AID feeds] [R2 the country] no more.", "UGA"),
        ("[A1 [loc Fiji]] [E1/CONSULT met] [A1 [loc Peru]] in [loc Cuzco]. [A2 [loc Fiji]] [E2/AID helps] [R2 the South American republic].", "PER"),
        ("[A1 [loc Chad]] [E1/AID fed] [R1 [loc Niger]]. [A2 [loc Togo]] [E2/AID feeds] [R2 its West African neighbour], too.", "NER"),
        ("[A1 [loc Qatar]] [E1/AID fed] [R1 [loc Samoa]]. [A2 [loc Tonga]] [E2/AID fed] [R2 the islands’ schools].", "WSM"),
    ],
)
def test_a_state_is_taken_up_without_its_name(marked: str, target: str) -> None:
    assert states(related(marked))[-1][2] == {target}


@pytest.mark.parametrize(
    "words", ["both sides", "the two neighbours", "them", "the two West African countries"],
)  # fmt: skip
def test_those_who_acted_together_are_taken_up_together(words: str) -> None:
    reading = related(f"[A1 [loc Ghana]] and [A1 [loc Togo]] [E1/AGREE signed] a treaty. [A2 [loc Japan]] [E2/SUPPORT praised] [R2 {words}].")
    assert states(reading)[-1] == ("SUPPORT", {"JPN"}, {"GHA", "TGO"})


def test_three_are_the_last_three_that_acted() -> None:
    reading = related(
        "[A1 [loc Ghana]] [E1/CONSULT.phone telephoned] [R1 [loc Togo]] and [R1 [loc Benin]]. [A2 The three] [E2/AGREE agreed] to patrol together."
    )
    assert states(reading)[-1] == ("AGREE", {"BEN", "GHA", "TGO"}, set())


def test_a_list_of_states_before_one_noun_is_so_many_parties() -> None:
    reading = related("[A1 [loc Ghana]]’s president [E1/CONSULT.phone telephoned] [R1 his Kenyan, Togolese and Peruvian counterparts].")
    assert states(reading) == [("CONSULT", {"GHA"}, {"KEN", "TGO", "PER"})]


def test_a_list_is_followed_to_its_end() -> None:
    marked = "[A1 [loc Ghana]], [loc Togo], [loc Benin], [loc Senegal] and [loc Liberia] [E1/SANCTION cut] ties with [R1 [loc Chad]]."
    assert states(related(marked)) == [("SANCTION", {"GHA", "TGO", "BEN", "SEN", "LBR"}, {"TCD"})]


def test_what_a_speaker_calls_its_own_is_the_speakers() -> None:
    reading = related(
        "[S1 [A1 [loc India]]] [Q1/accusation [E1/ACCUSE blamed]] [C1 [R1 [loc Nepal]] for an [E2/ASSAULT/claimed attack] on [R2 its parliament]]."
    )
    assert states(reading)[-1] == ("ASSAULT", set(), {"IND"})


def test_a_crowd_is_of_the_place_where_it_gathers() -> None:
    reading = related("[A1 Hundreds of students] [E1/PROTEST.vandalize stoned] [R1 the Danish embassy] in [loc Jakarta] over a film.")
    assert states(reading) == [("PROTEST", {"IDN"}, {"DNK"})]


def test_two_ways_to_act_in_one_sentence_are_two_events() -> None:
    reading = related(
        "[A1,2 [loc Mali]] [E1/RETREAT.release freed] [R1 two Nigerien soldiers] and [E2/RETREAT.withdraw pulled out] of [R2 [loc Niger]]."
    )
    assert [kind for kind, *_ in states(reading)] == ["RETREAT", "RETREAT"]


def test_what_is_to_be_prevented_is_only_possible() -> None:
    reading = related("[S1 [loc Mali]] [Q1 said] [C1 patrols deter [E1/ASSAULT/claimed attacks] by [A1 [loc Niger]]].")
    assert [e.standing for e in reading.events] == ["possible"]
