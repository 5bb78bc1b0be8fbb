from __future__ import annotations

import pytest
from drawn import related
from hypothesis import given
from hypothesis import strategies as st
from invented import actor, fact, read, speaker

from sayso.records import Actor, Reading

DAY = fact("published", "2024-05-08")
EARLY = fact("published", "2020-05-08")


def one(source: str, rest: str = "", *facts: object, place: str | None = None) -> Actor:
    """Who is meant by this source, in an article that goes on with `rest`."""
    reading = read(f"Words.\n\n[S1 {source}] [Q1 said] [C1 it was done]. {rest}", *(facts or (DAY,)), place=place)  # type: ignore[arg-type]
    return speaker(reading)


def codes(found: Actor) -> tuple[str | None, str | None, str | None]:
    return found.country, found.sector, found.cameo


def named(found: Actor) -> tuple[str | None, ...]:
    return found.registry, found.office, found.sector


def ground(reading: Reading, words: str) -> list[str]:
    assert reading.article
    return [m.basis for a in reading.actors for m in a.mentions if m.span.of(reading.article.text) == words]


# -- offices at the day ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "day", "registered"),
    [
        ("The North Varan [off foreign minister]", "2020-05-08", "NVA/Lena Moss"),
        ("The North Varan [off foreign minister]", "2024-05-08", "NVA/Ivo Tarn"),
        ("North Vara’s [off foreign minister]", "2020-05-08", "NVA/Lena Moss"),
        ("The [off foreign minister] of North Vara", "2024-05-08", "NVA/Ivo Tarn"),
        ("The Teralian [off president]", "2024-05-08", "TER/Ana Kess"),
        ("The Teralian [off defence secretary]", "2024-05-08", "TER/Cato Dorn"),
        ("The [off secretary-general] of the [org League of the Straits]", "2024-05-08", "LEAGUE/Marta Hill"),
        ("The [org League of the Straits] chief", "2024-05-08", "LEAGUE/Marta Hill"),
        # the day of a handover has two ministers
        ("The North Varan [off foreign minister]", "2022-06-30", None),
        # before anybody is known
        ("The North Varan [off foreign minister]", "2010-05-08", None),
        ("The North Varan deputy [off foreign minister]", "2024-05-08", None),
        ("A North Varan [off foreign minister]", "2024-05-08", None),
        ("The former North Varan [off foreign minister]", "2024-05-08", None),
        ("The North Varan king", "2024-05-08", None),
    ],
)
def test_an_office_is_whoever_held_it_on_the_day_of_writing(source: str, day: str, registered: str | None) -> None:
    found = one(source, "", fact("published", day))
    assert found.registry == registered
    assert found.country == ("TER" if "Teralian" in source else None if "League" in source else "NVA")


def test_an_office_without_a_day_is_nobody_in_particular() -> None:
    reading = read("Words.\n\n[S1 The North Varan [off foreign minister]] [Q1 said] [C1 it was done].")
    assert (speaker(reading).registry, speaker(reading).country) == (None, "NVA")


def test_an_office_alone_is_that_of_the_state_the_article_is_about_or_was_filed_from() -> None:
    assert one("The [off president]", "Teralia waited, and Teralian troops too.").registry == "TER/Ana Kess"
    assert one("The [off president]", "", place="MOUL").registry == "SVA/Jon Kess"
    assert one("The [off president]", "Teralia waited. North Vara waited.").registry is None
    assert one("An official", "Teralia waited. North Vara waited.").country is None


def test_whom_the_article_gives_an_office_holds_it_before_whom_the_registry_knows() -> None:
    reading = read("Words.\n\nTeralian [off President] [per Uma Nord] left.\n\n[S1 The Teralian [off president]] [Q1 said] [C1 it was done].", DAY)
    assert speaker(reading).name == "Uma Nord"
    assert ground(reading, "The Teralian president") == ["office"]


# -- persons of the registry -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "day", "want"),
    [
        ("[per Ivo Tarn]", "2024-05-08", ("NVA/Ivo Tarn", "Foreign Minister", "GOV")),
        ("[per Lena Moss]", "2020-05-08", ("NVA/Lena Moss", "Foreign Minister", "GOV")),
        ("[per Lena Moss]", "2024-05-08", ("NVA/Lena Moss", None, "ELI")),
        ("Former [off foreign minister] [per Lena Moss]", "2024-05-08", ("NVA/Lena Moss", None, "ELI")),
        ("[per Lena Moss], an opposition activist,", "2024-05-08", ("NVA/Lena Moss", None, "OPP")),
        ("[per Lena Moss]", "2012-05-08", (None, None, None)),
        ("[off Foreign Minister] [per Tarn]", "2024-05-08", ("NVA/Ivo Tarn", "Foreign Minister", "GOV")),
    ],
)
def test_a_person_is_what_the_registry_says_for_that_day(source: str, day: str, want: tuple[str | None, ...]) -> None:
    assert named(one(source, "North Vara waited.", fact("published", day))) == want


@pytest.mark.parametrize("apposition", ["a farmer from North Vara", "a Teralian opposition leader", "a North Varan university student"])
def test_a_namesake_of_another_walk_of_life_or_state_is_somebody_else(apposition: str) -> None:
    assert one(f"[per Ivo Tarn], {apposition},").registry is None


@pytest.mark.parametrize(("source", "rest"), [("[per Tarn]", ""), ("[per Tarn]", "Teralia waited."), ("[per Ivo Tarn]", "Teralia waited.")])
def test_whose_state_is_not_spoken_of_is_not_taken_for_its_minister(source: str, rest: str) -> None:
    assert one(source, rest).registry is None


def test_whoever_is_at_the_head_of_a_state_is_known_by_the_full_name_alone() -> None:
    assert one("[per Bor Atkin]").registry == "NVA/Bor Atkin"
    assert one("[per Atkin]").registry is None


@pytest.mark.parametrize(
    ("source", "rest", "registered"),
    [
        ("President [per Kess]", "Teralia waited.", "TER/Ana Kess"),
        ("President [per Kess]", "South Vara waited.", "SVA/Jon Kess"),
        ("South Varan President [per Kess]", "Teralia waited.", "SVA/Jon Kess"),
        ("[per Ana Kess]", "South Vara waited.", "TER/Ana Kess"),
        ("President [per Kess]", "", None),
        ("Mr [per Kess]", "Teralia waited, and Teralian troops too.", None),
        ("Mrs [per Kess]", "Teralia waited, and Teralian troops too.", "TER/Ana Kess"),
        ("President [per Kess]", "He left for Tolm. Kess waited in Teralia.", "TER/Ana Kess"),
        ("President [per Kess]", "Uma Kess waited in Teralia.", None),
    ],
)
def test_namesakes_are_told_apart_by_their_states(source: str, rest: str, registered: str | None) -> None:
    assert one(source, rest).registry == registered


def test_namesakes_of_one_article_are_told_apart_by_title_and_pronoun() -> None:
    reading = read(
        "Words.\n\n[C1 “Done,”] [S1 [per Jon Kess]] [Q1 said] in South Vara.\n\n[C2 “Gone,”] [S2 Teralian [off President] [per Ana Kess]] [Q2 said].\n\n"
        "[C3 “Lost,”] [S3 [per Kess]] [Q3 said].\n\n[C4 “Found,”] [S4 she] [Q4 said].\n\n[C5 “Kept,”] [S5 he] [Q5 said].",
        DAY,
    )
    assert [speaker(reading, n).name for n in range(5)] == ["Jon Kess", "Ana Kess", "Ana Kess", "Ana Kess", "Jon Kess"]


def test_a_name_in_another_spelling_is_known_where_the_office_speaks_for_it() -> None:
    assert one("North Varan [off President] [per Bor Atkyn]").registry == "NVA/Bor Atkin"
    assert one("[per Bor Atkyn], a farmer,", "North Vara waited.").registry is None


def test_the_words_of_the_article_name_a_person_the_registry_names_what_it_knows() -> None:
    assert one("[off President] [per Bor Atkin]", "North Vara waited.").name == "Bor Atkin"
    assert one("The North Varan [off president]").name == "Bor Atkin"
    assert one("[loc Kest]").name == "North Vara"


# -- what stands beside a name -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "want"),
    [
        ("Teralian agriculture minister [per Jos Lafort]", ("TER", "GOV", "TERGOV")),
        ("The Teralian agriculture minister, [per Jos Lafort],", ("TER", "GOV", "TERGOV")),
        ("[per Jos Lafort], Teralia’s agriculture minister,", ("TER", "GOV", "TERGOV")),
        ("[per Jos Lafort], the agriculture minister of Teralia,", ("TER", "GOV", "TERGOV")),
        ("[per Jos Lafort], a Teralian rebel commander,", ("TER", "REB", "TERREB")),
        ("Teralian army spokesman [off Colonel] [per Jos Lafort]", ("TER", "MIL", "TERMIL")),
        ("[per Jos Lafort], a spokesman for the Teralian police,", ("TER", "COP", "TERCOP")),
        ("[per Jos Lafort], a judge at Teralia’s highest court,", ("TER", "JUD", "TERJUD")),
        ("[per Jos Lafort], a former Teralian foreign minister,", ("TER", "ELI", "TERELI")),
        ("[per Jos Lafort], a retired Teralian general,", ("TER", "ELI", "TERELI")),
        ("[per Jos Lafort], a professor at the University of Quillon,", ("TER", "EDU", "TEREDU")),
        ("[per Jos Lafort] (R-Texas)", ("USA", "LEG", "USALEG")),
        ("[per Jos Lafort]", (None, None, None)),
    ],
)
def test_what_stands_before_or_after_a_name_says_who_that_is(source: str, want: tuple[str | None, ...]) -> None:
    assert codes(one(source)) == want


@pytest.mark.parametrize("words", ["who had flown to Teralia", "on a visit to Teralia", "after talks with the Teralian army"])
def test_a_state_that_somebody_only_deals_with_is_not_theirs(words: str) -> None:
    assert one(f"[per Jos Lafort], a diplomat {words},").country is None


# -- bodies and those who speak for them -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "body", "want"),
    [
        ("A spokesman for the Red Palace", "Red Palace", ("NVA", "GOV", "NVAGOV")),
        ("The Red Palace spokeswoman", "Red Palace", ("NVA", "GOV", "NVAGOV")),
        ("A spokesman for the [org Green Banner]", "Green Banner", ("TER", "GOV", "TERGOV")),
        ("A [org League of the Straits] spokesman", "League of the Straits", (None, "IGO", "IGO")),
    ],
)
def test_a_spokesperson_stands_where_the_body_does(source: str, body: str, want: tuple[str | None, ...]) -> None:
    reading = read(f"Words.\n\n[S1 {source}] [Q1 said] [C1 it was done].", DAY)
    assert codes(speaker(reading)) == want
    assert speaker(reading).speaks_for == actor(reading, body).id
    assert codes(actor(reading, body)) == want


def test_what_became_of_a_group_counts_from_its_day() -> None:
    assert codes(one("The [org Green Banner]", "", EARLY)) == ("TER", "REB", "TERREB")
    assert codes(one("The [org Green Banner]", "", DAY)) == ("TER", "GOV", "TERGOV")


def test_a_ministry_named_twice_in_other_words_is_one_body() -> None:
    reading = read(
        "Words.\n\n[S1 Teralia’s [org Health Ministry]] [Q1 said] [C1 it was done].\n\n[S2 The health ministry of Teralia] [Q2 said] [C2 it was gone].\n\n"
        "[S3 The Teralian health ministry] [Q3 said] [C3 it was lost].",
        DAY,
    )
    assert len({speaker(reading, n).id for n in range(3)}) == 1


# -- sources without a name --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "count", "want"),
    [
        ("A Teralian official", 1, ("TER", "GOV", "TERGOV")),
        ("Two Teralian officials", 2, ("TER", "GOV", "TERGOV")),
        ("At least 12 Teralian farmers", 12, ("TER", "AGR", "TERAGR")),
        ("Teralian officials", None, ("TER", "GOV", "TERGOV")),
        ("Three senior Western diplomats", 3, (None, "GOV", None)),
        ("Five residents", 5, (None, "CVL", None)),
        ("Both Teralian lawmakers", 2, ("TER", "LEG", "TERLEG")),
        ("A person familiar with the matter", 1, (None, None, None)),
        ("One Teralian police officer", 1, ("TER", "COP", "TERCOP")),
        ("Another Teralian police officer", 1, ("TER", "COP", "TERCOP")),
        ("Some 1,200 Teralian residents", 1200, ("TER", "CVL", "TERCVL")),
        ("Two dozen witnesses", 24, (None, "CVL", None)),
        ("A hundred Teralian farmers", 100, ("TER", "AGR", "TERAGR")),
        ("Dozens of Teralian protesters", None, ("TER", "OPP", "TEROPP")),
        ("A four-star Teralian general", 1, ("TER", "MIL", "TERMIL")),
    ],
)
def test_a_source_without_a_name_has_a_count_and_what_its_words_say(source: str, count: int | None, want: tuple[str | None, ...]) -> None:
    found = one(source)
    assert (found.registry, found.count) == (None, count)
    assert codes(found) == want


@pytest.mark.parametrize(
    ("source", "rest", "place", "country"),
    [
        ("A senior official", "Teralia waited, and Teralian troops too.", None, "TER"),
        ("A senior official", "", "KEST", "NVA"),
        ("Police", "Teralia waited, and Teralian troops too.", None, "TER"),
        ("A foreign ministry official", "Teralia waited, and Teralian troops too.", None, "TER"),
        ("The regional governor", "Teralia waited, and Teralian troops too.", None, "TER"),
        ("A foreign official", "Teralia waited, and Teralian troops too.", None, None),
        ("A Western official", "Teralia waited, and Teralian troops too.", None, None),
        ("A diplomat", "Teralia waited, and Teralian troops too.", None, None),
        ("An analyst", "Teralia waited, and Teralian troops too.", None, None),
        ("A senior official", "", None, None),
    ],
)
def test_who_names_no_state_is_of_the_articles_own_unless_likely_from_elsewhere(source: str, rest: str, place: str | None, country: str | None) -> None:
    assert one(source, rest, place=place).country == country


def test_a_collective_source_keeps_its_words_as_a_name() -> None:
    assert one("Dozens of Teralian farmers").name == "Dozens of Teralian farmers"


# -- taken up again ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("again", "name", "basis"),
    [
        ("he", "Bor Atkin", "pronoun"),
        ("she", "Ada Holm", "pronoun"),
        ("Atkin", "Bor Atkin", "surname"),
        ("Mr Atkin", "Bor Atkin", "surname"),
        ("the [off president]", "Bor Atkin", "title"),
        ("the spokeswoman", "Ada Holm", "title"),
        ("the 61-year-old", "Ada Holm", "title"),
        ("President Atkin", "Bor Atkin", "surname"),
    ],
)
def test_a_speaker_is_taken_up_by_pronoun_surname_title_or_age(again: str, name: str, basis: str) -> None:
    reading = read(
        "Words.\n\n[C1 “Done,”] [S1 North Varan [off President] [per Bor Atkin]] [Q1 said].\n\n"
        f"[C2 “Gone,”] [S2 army spokeswoman [per Ada Holm]] [Q2 said].\n\n[C3 “Lost,”] [S3 {again.replace('Atkin', '[per Atkin]')}] [Q3 said].",
        DAY,
    )
    assert speaker(reading).name == name
    if basis != "surname":
        assert ground(reading, again.replace("[off ", "").replace("]", "")) == [basis]


def test_a_speaker_keeps_one_id_whatever_it_is_called() -> None:
    reading = read(
        "title: [S9 [loc Kest]] [Q9 says] [C9 it is done]\n\n[C1 “Done,”] [S1 [loc North Vara]] [Q1 said].\n\n[C2 “Gone,”] [S2 Kest] [Q2 said].", DAY
    )
    assert {s.who.actor for s in reading.statements if s.who} == {actor(reading, "North Vara").id}


def test_an_actor_of_the_registry_has_the_same_id_in_every_article_and_others_do_not() -> None:
    def ids(rest: str) -> tuple[str, str]:
        reading = read(f"{rest}\n\n[S1 [loc Kest]] [Q1 said] [C1 no]. [S2 [per Uma Nord]] [Q2 said] [C2 yes].", DAY)
        return speaker(reading, 0).id, speaker(reading, 1).id

    (kest, nord), (again, other) = ids("One."), ids("Another.")
    assert kest == again
    assert nord != other


SOURCES = st.sampled_from(
    [
        "[per Ana Kess]", "[per Kess]", "he", "she", "they", "it", "the [off president]", "the Teralian [off president]", "[loc Kest]", "Teralia",
        "the spokesman", "a spokesman for the Red Palace", "two officials", "the ministry", "[org NVNA]", "the [org Green Banner]", "the 40-year-old", "who",
        "the group", "President [per Kess]", "others",
        "[per Uma Nord], a Teralian judge,", "the former [off foreign minister]", "[per Lena Moss]", "we", "the two",
    ]
)  # fmt: skip


@given(st.lists(SOURCES, min_size=1, max_size=7))
def test_every_speaker_is_an_actor_of_the_reading_with_its_words_among_its_mentions(sources: list[str]) -> None:
    reading = read("Words.\n\n" + "\n\n".join(f"[C{n} “Word {n},”] [S{n} {source}] [Q{n} said]." for n, source in enumerate(sources, 1)), DAY)
    actors = {a.id: a for a in reading.actors}
    assert len(actors) == len(reading.actors)
    for statement in reading.statements:
        assert statement.who
        assert statement.who.actor in actors
        assert statement.who.span in {m.span for m in actors[statement.who.actor].mentions}
        assert set(statement.about) <= set(actors)
    assert {a.speaks_for for a in reading.actors} - {None} <= set(actors)


def test_a_ministry_in_the_paragraph_of_another_state_is_that_states() -> None:
    reading = related(
        "[S1 [loc Moldova]] [Q1 said] [C1 that [loc Moldova] would close its crossing into [loc Moldova]].\n\n"
        "[S2 [loc Belarus]] [Q2 denied] [C2 that it held anybody]. [C3 “They were tried,”] [S3 a foreign ministry spokesman] [Q3 said]."
    )
    assert [a.country for a in reading.actors if "ministry" in a.name] == ["BLR"]


def test_some_of_a_states_citizens_are_called_what_they_are() -> None:
    reading = related("[A1 [loc Moldova]] [E1/ACCUSE accused] [R1 [loc Belarus]] of [E2/COERCE.arrest/claimed jailing] [R2 two of its citizens].")
    assert "citizens" in {a.name for a in reading.actors}


# -- whose somebody is -------------------------------------------------------------------------------------------------


def last(marked: str, *facts: object, place: str | None = None) -> Actor:
    """Who makes the last statement of this story."""
    return speaker(read(marked, *(facts or (DAY,)), place=place))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "source", "want"),
    [
        ("[S1 Teralian dockers] [Q1 said] [C1 they would wait].", "Their leader, [per Ana Roca],", ("TER", "LAB")),
        ("[S1 The Teralian tanners’ union] [Q1 said] [C1 it would wait].", "Its president, [per Ana Roca],", ("TER", "LAB")),
        ("[S1 The Teralian tanners’ union] [Q1 said] [C1 it would wait].", "The union’s secretary, [per Ana Roca],", ("TER", "LAB")),
        ("[S1 The Teralian tanners’ union] [Q1 said] [C1 it would wait].", "The head of the union, [per Ana Roca],", ("TER", "LAB")),
        ("[S1 The Teralian tanners’ union] [Q1 said] [C1 it would wait].", "A spokesman", ("TER", "LAB")),
        ("[S1 The Teralian rebels] [Q1 said] [C1 they would wait].", "A commander", ("TER", "REB")),
        ("[S1 The Teralian tanners’ union] [Q1 said] [C1 it would wait].", "A navy spokesman", ("TER", "MIL")),
        ("[S1 [loc North Vara]] [Q1 said] [C1 it would wait].", "Its envoy, [per Ana Roca],", ("NVA", "GOV")),
        ("[S1 Teralian villagers] [Q1 said] [C1 they would wait].", "One of them, [per Ana Roca],", ("TER", "CVL")),
        ("[S1 Teralian villagers] [Q1 said] [C1 they would wait].", "One of them, a nurse named [per Ana Roca],", ("TER", "MED")),
        ("[S1 [per Ana Roca], a Teralian nurse,] [Q1 said] [C1 she would wait].", "[per Roca]’s son, who lives in [loc Moul],", ("TER", None)),
        ("[S1 [loc North Vara]] [Q1 said] [C1 it would wait].", "A Teralian farmer who would not give his name", ("TER", "AGR")),
    ],
)
def test_a_spokesperson_a_leader_or_kin_is_of_those_whose_it_is(before: str, source: str, want: tuple[str | None, ...]) -> None:
    found = last(f"Words.\n\n{before} [S2 {source}] [Q2 added] [C2 it was done].")
    assert (found.country, found.sector) == want


@pytest.mark.parametrize(
    ("source", "country"),
    [
        ("[per Ana Roca]", "TER"),
        ("[per Ana Roca], a law student,", "TER"),
        ("A shopkeeper", "TER"),
        ("A trader in [loc Aldby]", "TER"),
        ("A trader in [loc Moul]", None),
        ("A company", None),
        ("A shipping line based in [loc Moul]", "SVA"),
        ("The state oil company", "TER"),
        ("A Western diplomat in [loc Aldby]", None),
        ("A refugee in northern [loc South Vara]", "TER"),
        ("[per Ana Roca], a surgeon at the [org Tolm Hospital],", "TER"),
        ("An analyst", None),
    ],
)
def test_who_is_from_where_the_story_plays(source: str, country: str | None) -> None:
    assert last(f"Teralia waited. [loc Teralia] and Teralian troops waited.\n\n[S1 {source}] [Q1 said] [C1 it was done].").country == country


def test_a_sentence_may_open_with_the_town_of_whoever_speaks() -> None:
    assert last("Teralia waited. Teralian troops waited.\n\nIn [loc Moul], [S1 the education ministry] [Q1 said] [C1 it was done].").country == "SVA"


def test_whom_only_a_name_is_given_of_is_of_the_state_the_story_begins_with() -> None:
    story = "[loc North Vara] waited.\n\n[S1 [loc Teralia]] [Q1 said] [C1 that [loc Teralia] would wait for [loc North Vara]].\n\n"
    assert last(story + "[S2 A baker] [Q2 said] [C2 it was done].").country == "NVA"
    assert last(story.strip() + " [S2 A baker] [Q2 said] [C2 it was done].").country == "TER"


def test_an_office_in_the_article_counts_more_than_one_that_has_ended() -> None:
    assert one("The Teralian [off finance minister], [per Lena Moss],", "", DAY).sector == "GOV"
    assert one("North Varan [off Finance Minister] [per Lena Moss]", "", DAY).sector == "GOV"
    assert one("The former North Varan [off foreign minister] [per Lena Moss]", "", DAY).sector == "ELI"


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("[per Tully Airways]", "Tully Airways", "organisation"),
        ("The aid group [per Clear Water]", "Clear Water", "organisation"),
        ("[loc Ana Roca], an exporter in [loc Moul],", "Ana Roca", "person"),
        ("[loc Ana Roca], who owns a mill,", "Ana Roca", "person"),
        ("[loc Kess], the Teralian president,", "Ana Kess", "person"),
        ("[loc Dunmore], a town of mills,", "Dunmore, a town of mills", None),
    ],
)
def test_a_mark_of_the_wrong_kind_is_put_right_by_name_or_apposition(source: str, name: str, kind: str | None) -> None:
    found = one(source, "Teralia waited.")
    assert found.name == name
    assert kind is None or found.kind == kind


@pytest.mark.parametrize(
    ("first", "again", "name"),
    [
        ("[per Ana Roca], a watchmaker,", "The army", "army"),
        ("[per Ana Roca]", "The Teralian government", "Teralian government"),
        ("A 20-year-old dowser", "She", "A 20-year-old dowser"),
        ("[per Ana Roca], the harbour secretary,", "The minister", "Ana Roca"),
        ("[per Ana Roca], the harbour secretary,", "The mother of a six-year-old", "mother of a six-year-old"),
        ("[per Ana Roca], the Teralian harbour secretary,", "The minister, a former head of the [org Dock Bank],", "Ana Roca"),
        ("A Teralian expert", "The expert, [per Ana Roca],", "Ana Roca"),
    ],
)
def test_only_a_person_is_taken_up_by_what_a_person_can_be(first: str, again: str, name: str) -> None:
    assert last(f"Words.\n\n[S1 {first}] [Q1 said] [C1 it was done]. [S2 {again}] [Q2 said] [C2 it was not].").name == name


def test_who_is_unnamed_at_first_and_named_in_an_apposition_is_one() -> None:
    reading = read("Words.\n\n[S1 A Teralian expert] [Q1 said] [C1 it was done]. [S2 The expert, [per Ana Roca],] [Q2 added] [C2 it was not].", DAY)
    assert speaker(reading, 0) == speaker(reading, 1)
    assert codes(speaker(reading)) == ("TER", "EDU", "TEREDU")


def test_who_asked_not_to_be_named_is_nobody_the_article_names() -> None:
    reading = read("[S1 An official who asked not to be named] [Q1 said] [C1 it was done].\n\n[S2 [per Ana Roca]] [Q2 said] [C2 it was not].", DAY)
    assert speaker(reading, 0) != speaker(reading, 1)


def test_an_office_that_runs_over_its_of_is_the_bearers_own() -> None:
    assert one("Minister of Public Works [per Ana Roca]", "Teralia waited.").name == "Ana Roca"
    assert one("An aide of President [per Ana Roca]", "Teralia waited.").name != "Ana Roca"
