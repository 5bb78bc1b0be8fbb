"""Readings by the hundred thousand, varied by a script: what a store is filled with to be measured and tested.

    reading(7)      the eighth; the same on every machine
    reading(7, version=2)   another version of its page: a sentence is gone, one is new, one is reworded

Made of few words with the frequencies of real ones (the n-th is 1/n as likely as the first), so that searches meet both rare and common ones. An
article has 6 to 14 statements and about a third as many events, its speakers come from 40 states (registry) and from persons of its own.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sayso.records import (
    Actor,
    Article,
    DateFact,
    Event,
    Force,
    Furniture,
    Mention,
    Page,
    Place,
    Reading,
    Relay,
    Skipped,
    Span,
    Standing,
    Statement,
    When,
    Words,
    hashed_id,
)

STATES = (
    "PRK North Korea,KOR South Korea,USA United States,CHN China,RUS Russia,JPN Japan,UKR Ukraine,GBR Britain,FRA France,DEU Germany,IRN Iran,"
    "ISR Israel,TUR Turkey,IND India,PAK Pakistan,SAU Saudi Arabia,EGY Egypt,SYR Syria,IRQ Iraq,AFG Afghanistan,POL Poland,ITA Italy,ESP Spain,"
    "BRA Brazil,MEX Mexico,VEN Venezuela,COL Colombia,PER Peru,CHL Chile,NGA Nigeria,ETH Ethiopia,SDN Sudan,KEN Kenya,ZAF South Africa,MMR Myanmar,"
    "VNM Vietnam,PHL Philippines,IDN Indonesia,AUS Australia,CAN Canada"
)
KNOWN = [(code, name) for code, _, name in (entry.partition(" ") for entry in STATES.split(","))]
AGENCIES = ("Yonhap", "TASS", "Reuters", "Xinhua", "KCNA", "AFP", "EFE", "Anadolu")
FIRST = ("Ana", "Im", "Sergei", "Rosario", "Hatem", "Li", "Noor", "Pavel", "Grace", "Tomás")
LAST = ("Roca", "Chon-il", "Lanovoy", "Quispe", "Zribi", "Wei", "Haddad", "Novák", "Otieno", "Núñez")
SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]
COMMON = ("the", "talks", "border", "sanctions", "ministers", "troops", "agreement", "levy", "port", "missile", "grain", "election", "prices", "police")
WORDS = [*COMMON, *("".join(pair) for pair in itertools.islice(itertools.product(SYLLABLES, SYLLABLES), 9000))]
WEIGHTS = list(itertools.accumulate(1 / (at + 1) for at in range(len(WORDS))))
FORCES: tuple[Force, ...] = ("neutral", "neutral", "neutral", "assertive", "denial", "accusation", "demand")
STANDINGS: tuple[Standing, ...] = ("reported", "claimed", "denied", "announced", "demanded", "possible")
TYPES = (("CONSULT", "040", 1, 1.0), ("ACCUSE", "112", 3, -2.0), ("REQUEST", "020", 1, -0.3), ("ASSAULT", "190", 4, -9.0), ("AGREE", "057", 2, 8.0))
FIRST_DAY = date(2020, 1, 1)


@dataclass
class _Draft:
    """An article while it is written."""

    random: random.Random
    text: str = ""
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)

    def write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(WORDS, cum_weights=WEIGHTS, k=count))

    def name(self, actor: Actor) -> Span:
        span = self.write(actor.name)
        self.actors[actor.id] = actor
        self.mentions.setdefault(actor.id, []).append(Mention(span, "name"))
        return span


def reading(
    number: int, *, version: int = 1, sayso: str = "0.1.0", model: str = "english-1", registry: str = "registry-1", address: str | None = None
) -> Reading:
    """The `number`-th reading; `version` is that of its page, the others those of code, model and registry."""
    drawn = random.Random(number)
    draft = _Draft(drawn)
    day = FIRST_DAY + timedelta(days=number * 7919 % 2000)
    title = f"{draft.words(6).capitalize()} {number}"
    draft.write(title)
    people = [_state(drawn) for _ in range(3)] + [_person(drawn, number, at) for at in range(3)]
    told = [_told(draft, at, people, version) for at in range(drawn.randint(6, 14))]
    if version > 1:
        told = [*told[1:], _told(draft, len(told), people, version)]
    body = f"<html><title>{title}</title>{draft.text}</html>".encode()
    where = address or f"https://news.example/{number % 97}/{number}"
    page = Page(address=where, body=body, media_type="text/html", captured=f"{day + timedelta(days=version)}T06:00:00Z")
    article = Article(
        page=page.id, title=title, text=draft.text, language="en", sections=("World",), byline="Ana Roca", publisher=f"The Daily {number % 97}",
        wires=("Yonhap",), dates=(DateFact(kind="published", earliest=day, latest=day, basis="metadata", words=str(day)),),
        furniture=tuple(Furniture(words=f"Most Popular {at}", reason="list of links") for at in range(8)),
    )  # fmt: skip
    statements = tuple(_statement(article.id, one, day) for one in told)
    events = tuple(_event(article.id, one, day, said.id) for one, said in zip(told, statements, strict=True) if one.number % 3 == 0)
    actors = tuple(_with_mentions(actor, draft.mentions[id_]) for id_, actor in draft.actors.items())
    skipped = (Skipped(stage="relate", of="were told", why="nothing said", detail="no words"),)
    made = {"sayso": sayso, "model": model, "registry": registry}
    return Reading(**made, page=page, article=article, actors=actors, statements=statements, events=events, skipped=skipped)


@dataclass(frozen=True)
class _Told:
    """One sentence and where its parts stand."""

    number: int
    speaker: Actor
    other: Actor
    agency: Actor
    who: Words
    cue: Words
    what: Span
    trigger: Span
    relay: Words
    force: Force


def _told(draft: _Draft, at: int, people: list[Actor], version: int) -> _Told:
    drawn = draft.random
    speaker, other = drawn.sample(people, 2)
    agency = _agency(drawn)
    draft.write("\n\n")
    start = draft.write("“").start
    trigger = draft.write(draft.words(1))
    draft.write(f" {draft.words(drawn.randint(8, 25))}{' anew' if version > 1 and at == 2 else ''} ")
    draft.name(other)
    what = Span(start, draft.write(",”").end)
    draft.write(" ")
    who = draft.name(speaker)
    draft.write(" ")
    cue = draft.write("said")
    draft.write(", ")
    relay = draft.name(agency)
    draft.write(f" reported. {draft.words(12).capitalize()}.")
    return _Told(
        at, speaker, other, agency, Words(words=who.of(draft.text), span=who, actor=speaker.id), Words(words="said", span=cue), what, trigger,
        Words(words=relay.of(draft.text), span=relay, actor=agency.id), drawn.choice(FORCES),
    )  # fmt: skip


def _statement(article: str, told: _Told, day: date) -> Statement:
    at = told.number
    when = When(earliest=day - timedelta(days=at % 4), latest=day, precision="day", basis="inferred", words=("on Sunday",)) if at % 5 else When()
    return Statement(
        id=hashed_id("st", article, f"{told.what.start}-{told.what.end}"), form="direct", force=told.force, who=told.who, cue=told.cue, what=(told.what,),
        quoted=(Span(told.what.start + 1, told.what.end - 1),), about=(told.other.id,),
        through=(Relay(role="carrier", words=told.relay.words, span=told.relay.span, actor=told.agency.id),), when=when, score=0.5 + at / 40,
    )  # fmt: skip


def _event(article: str, told: _Told, day: date, statement: str) -> Event:
    at = told.number
    type_, cameo, quad, goldstein = TYPES[at % len(TYPES)]
    where = Place(words=told.who.words, span=told.who.span or told.what, name=told.who.words, country=told.speaker.country, latitude=39.03, longitude=125.75)
    return Event(
        id=hashed_id("ev", article, f"{told.trigger.start}-{told.trigger.end}"), type=type_, mode=None, contexts=("diplomatic",), cameo=cameo, quad=quad,
        goldstein=goldstein, scale=goldstein, trigger=told.trigger, mentions=(), source=(told.speaker.id,), target=(told.other.id,),
        standing=STANDINGS[at % len(STANDINGS)], past=at % 7 == 0, statement=statement, denies=None,
        when=When(earliest=day, latest=day, precision="day", basis="stated", words=("on Sunday",)), where=where if at % 2 else None, sizes=(), score=0.8,
    )  # fmt: skip


def _state(drawn: random.Random) -> Actor:
    code, name = drawn.choices(KNOWN, weights=[1 / (at + 1) for at in range(len(KNOWN))])[0]
    return Actor(id=hashed_id("ac", code), name=name, kind="state", country=code, cameo=code, registry=code, basis="registry")


def _agency(drawn: random.Random) -> Actor:
    name = drawn.choice(AGENCIES)
    return Actor(id=hashed_id("ac", name), name=name, kind="organisation", country=None, sector="JRN", registry=name, basis="registry")


def _person(drawn: random.Random, number: int, at: int) -> Actor:
    code = drawn.choice(KNOWN)[0]
    name = f"{FIRST[at]} {drawn.choice(LAST)}"
    return Actor(
        id=hashed_id("ac", str(number), name), name=name, kind="person", country=code, sector="GOV", cameo=f"{code}GOV", office="minister", basis="description"
    )


def _with_mentions(actor: Actor, mentions: list[Mention]) -> Actor:
    values = {name: getattr(actor, name) for name in actor.__slots__ if name != "mentions"}
    return Actor(**values, mentions=tuple(mentions))
