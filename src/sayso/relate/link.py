"""Drafts -> who said them and through whom, over the whole article.

Takes   the frame, the drafts in reading order, the speakers.
Gives   the speaker of every draft (set in place) and its relays.
Needs   chain.py's patterns.
Limits  a relay named once for a speaker holds for the speaker's other statements until another is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sayso.records import Article, Mark, Relay, Span
from sayso.relate.chain import REPORTING, Hop, hops, order
from sayso.relate.drafts import Back, Draft, Drafted
from sayso.relate.epithets import epithet
from sayso.relate.frame import Frame, Near
from sayso.relate.speakers import PARTITIVE, PRONOUNS, Speakers

Linked = tuple[Relay, int | None]  # a relay and the key of who it is
_PREPOSITION = re.compile(r"(?<!\w)(?:in|of|from|for|at|near|with|by|to|on|against)\s+(?:the\s+)?$", re.I)
_OWN = frozenset({"i", "we", "us", "me", "our", "my"})


@dataclass(frozen=True, slots=True)
class Links:
    """What the article's statements and events are tied to: relays by `id` of the draft, keys of the parties to events by their spans."""

    relays: dict[int, tuple[Linked, ...]]
    parties: dict[Span, tuple[int, ...]]


def link(
    article: Article,
    frame: Frame,
    drafted: Drafted,
    speakers: Speakers,
    *,
    marks: Sequence[Mark],
    parties: Mapping[Span, Collection[Span]],
    sides: Sequence[Sequence[Span]] = (),
) -> Links:
    """Resolve speakers and parties, find relays, and spread both as far as the article licenses.

    parties  spans of those who take part in events, each with those on the other side; sides: spans of those who take part together.
    """
    who_of_back, keys = _speak(frame, article, drafted, speakers, parties)
    _take_part(frame, drafted, speakers, keys, parties=parties, sides=sides)
    _name_the_unnamed(frame, article, drafted, speakers, who_of_back)
    _take_back(drafted, who_of_back)
    by_sentence = _relays(frame, drafted, marks)
    _assign(frame, drafted, who_of_back, by_sentence)
    chains = _spread(frame, article, drafted)
    relays = {
        id(one): tuple(_relay(frame.text, hop, speakers) for hop in order(chains[id(one)], frame.text))
        + _from_the_page(article, chains[id(one)], frame.text, speakers)
        for one in drafted.drafts
    }
    return Links(relays, {span: tuple(map(speakers.now, found)) for span, found in keys.items()})


# -- who ---------------------------------------------------------------------------------------------------------


def _speak(
    frame: Frame, article: Article, drafted: Drafted, speakers: Speakers, parties: Mapping[Span, Collection[Span]]
) -> tuple[dict[Back, int | None], dict[Span, tuple[int, ...]]]:
    """Go through everything said and done in reading order and say who speaks and acts; the title last, since it was written last and names people shortest."""
    backs: dict[Back, int | None] = {}
    keys: dict[Span, tuple[int, ...]] = {}
    events: list[Draft | Back | Span] = sorted([*drafted.drafts, *drafted.backs, *parties], key=_seat)
    if article.title:
        events.sort(key=lambda event: _seat(event)[0] < len(article.title or ""))
    latest: Draft | None = None
    for event in events:
        if isinstance(event, Span):
            if not _is_pronoun(event.of(frame.text).lower()):
                keys[event] = speakers.of_parties(event)
            continue
        if isinstance(event, Back):
            backs[event] = speakers.of_source(event.who) if event.who else (latest.speaker if latest else None)
            continue
        if event.who is None and event.parent is not None and event.cue is not None:
            event.who = _named_before(frame, speakers, event.cue)
        if event.who is not None:
            around = event.parent.speaker if event.parent and _in_quotation(frame, event.who) else None
            event.speaker = speakers.of_source(event.who, but=around)
        elif latest is not None and event.parent is None and (event.continues or _coordinated(frame, latest, event)):
            event.speaker = latest.speaker
        if event.parent is None:
            latest = event
    for one in drafted.drafts:
        one.speaker = speakers.now(one.speaker) if one.speaker is not None else None
    return {back: speakers.now(key) if key is not None else None for back, key in backs.items()}, keys


def _named_before(frame: Frame, speakers: Speakers, cue: Span) -> Span | None:
    """The name that a cue inside somebody's words follows at once: "the US groundlessly termed". The model has seen few of these."""
    near = speakers.known.over(Span(max(0, cue.start - 40), cue.start))
    name = next((n.span for n in reversed(near) if frame.text[n.span.end : cue.start] == " "), None)
    if name is None or _PREPOSITION.search(frame.text, max(0, name.start - 16), name.start):
        return None  # "officers in Oslo said": not Oslo
    return Span(name.start - 4, name.end) if frame.text[max(0, name.start - 4) : name.start].lower() == "the " else name


def _take_part(
    frame: Frame,
    drafted: Drafted,
    speakers: Speakers,
    keys: dict[Span, tuple[int, ...]],
    *,
    parties: Mapping[Span, Collection[Span]],
    sides: Sequence[Sequence[Span]],
) -> None:
    """Say whom the pronouns among the parties mean, and who tells of each party."""
    said = Near([(d, s) for d in drafted.drafts for s in d.what], lambda pair: pair[1])
    spoke = [(d.who.start, d.speaker) for d in drafted.drafts if d.who and d.speaker is not None]
    met = sorted([*((span.start, key) for span, found in keys.items() for key in found), *spoke])
    for span in sorted(parties):
        holding = [d for d, s in said.over(span) if s.holds(span)]
        speaker = max(holding, key=lambda d: d.layer).speaker if holding else None
        # Of those who act together with nobody on the other side ("it could mediate between ..."), none is another.
        beside = {other for side in sides if span in side for other in side if other != span and not parties[span]}
        against = {key for other in (*parties[span], *beside) for key in keys.get(other, ())}
        before, quoted = [key for at, key in met if at < span.start], _in_quotation(frame, span)
        if speaker is not None and span.of(frame.text).lower() == "it":
            # What somebody calls "it" he has named in the same breath.
            since = frame.sentence_at(max(0, frame.sentence_at(span.start).start - 2)).start
            before = [key for at, key in met if since <= at < span.start]
        if span not in keys:
            # What a pronoun means may be said only behind it: "We did not ...", the ministry said.
            if span.of(frame.text).lower() not in _OWN:
                together = [tuple(dict.fromkeys(k for s in side for k in keys.get(s, ()))) for side in sides if all(s.end <= span.start for s in side)]
                joined = [side for side in together if len(side) > 1]
                keys[span] = speakers.of_pronoun(span, before, against=against, speaker=speaker, quoted=quoted, joined=joined)
                met = sorted([*met, *((span.start, key) for key in keys[span])])
                _speaks_too(frame, drafted, span, keys[span])
            elif speaker is not None:
                keys[span] = (speaker,)
        elif len(keys[span]) == 1:
            keys[span] = (speakers.owned(span, keys[span][0], before, against=against, speaker=speaker, quoted=quoted),)
        for key in keys.get(span, ()):
            speakers.people[key].told_by = speaker if speakers.people[key].told_by is None else speakers.people[key].told_by


def _speaks_too(frame: Frame, drafted: Drafted, span: Span, found: tuple[int, ...]) -> None:
    """Where "the island" both speaks and acts, whoever was found to act is who speaks."""
    if len(found) == 1 and epithet(span.of(frame.text)) is not None:
        for one in drafted.drafts:
            one.speaker = found[0] if one.who == span else one.speaker


def _is_pronoun(words: str) -> bool:
    """Is this one that only the other parties explain? "He" is whoever spoke or was named last, as for a source."""
    return words in _OWN or epithet(words) is not None or PARTITIVE.fullmatch(words) is not None or PRONOUNS.get(words) in {"it", "they"}


def _in_quotation(frame: Frame, span: Span) -> bool:
    return any(q.span.holds(span) for q in frame.quotations_over(span))


def _seat(event: Draft | Back | Span) -> tuple[int, int]:
    """Sources and parties are met where they stand; an outer statement before those inside it."""
    if isinstance(event, Span):
        return event.start, 2
    if isinstance(event, Back):
        return (event.who or event.cue).start, 0
    if event.parent is not None:
        return _seat(event.parent)[0], 1  # who speaks around it is settled first, even where that stands behind
    return (event.who or event.cue or event.what[0]).start, 0


def _coordinated(frame: Frame, before: Draft, after: Draft) -> bool:
    """A second cue of the same sentence with the same subject: "he said ..., adding that ...", "and called ..."."""
    if not before.cue or not after.cue or frame.sentence_at(before.cue.start) != frame.sentence_at(after.cue.start):
        return False
    return bool(after.cue.of(frame.text).split()[0].lower().endswith("ing")) or bool(
        re.search(r"(?:,|\band|\bbut|\bthen|\bor|;|—|–)\s+(?:\w+ly\s+|also\s+|then\s+|later\s+)*$", frame.text[max(0, after.cue.start - 24) : after.cue.start])
    )


def _name_the_unnamed(frame: Frame, article: Article, drafted: Drafted, speakers: Speakers, backs: dict[Back, int | None]) -> None:
    """The official of the lead is the one the next paragraph names: by pointing back, or as one who speaks there without other introduction.

    A title that gives only a role speaks for whoever says the same in the body.
    """
    outer = [d for d in drafted.drafts if d.parent is None]
    lead = 1 if article.title else 0
    for one in outer:
        if one.speaker is None or not speakers.is_unnamed(one.speaker):
            continue
        number = frame.paragraph_number(one.anchor)
        if number > lead + 1 or (number < lead and article.title):
            continue
        met = [(b.cue.start, k) for b, k in backs.items() if k is not None and 0 <= frame.paragraph_number(b.cue.start) - number <= 2]
        later = next((d for d in outer if d.who and d.anchor > one.anchor and d.speaker not in {None, one.speaker}), None)
        if later is not None and later.speaker is not None and frame.paragraph_number(later.anchor) - number <= 2:
            met.append((later.anchor, later.speaker))
        fits = [(at, k) for at, k in met if speakers.people[k].first > one.anchor and speakers.may_be(one.speaker, k)]
        if fits:
            unnamed, key = one.speaker, min(fits)[1]
            speakers.merge(unnamed, key)
            for other in drafted.drafts:
                if other.speaker == unnamed:
                    other.speaker = key
    if article.title:
        body = [d for d in outer if frame.paragraph_number(d.anchor) > 0]
        for one in outer:
            if frame.paragraph_number(one.anchor) == 0 and one.speaker is not None and body and speakers.is_unnamed(one.speaker):
                alike = [d for d in body if d.speaker is not None and speakers.may_be(one.speaker, d.speaker)][:6]
                if alike and (same := max(alike, key=lambda d: _alike(frame.text, one, d)).speaker) is not None:
                    speakers.merge(one.speaker, same)
                    one.speaker = same


def _take_back(drafted: Drafted, backs: dict[Back, int | None]) -> None:
    """A pointer back gives its force to the statement it names, when that one's cue was neutral, and the day beside it."""
    for back, key in backs.items():
        named = [d for d in drafted.drafts if d.anchor < back.cue.start and d.parent is None and (key is None or d.speaker == key)]
        if not named:
            continue
        named[-1].pointed.append(back.cue)
        if named[-1].force == "neutral":
            named[-1].force = back.force


# -- through whom ------------------------------------------------------------------------------------------------


def _relays(frame: Frame, drafted: Drafted, marks: Sequence[Mark]) -> dict[Span, list[Hop]]:
    """Relays of every sentence, outside what is said."""
    said = [s for d in drafted.drafts if d.layer == 0 for s in d.what]
    outside = frame.without(said)
    sources = Near([d.who for d in drafted.drafts if d.who], lambda span: span)
    names = Near([m for m in marks if m.kind == "organisation"], lambda mark: mark.span)
    found: dict[Span, list[Hop]] = {}
    for sentence in frame.sentences:
        kept = []
        for hop in hops(outside, sentence, names):
            # Who speaks is no relay of the own words, nor is what describes the speaker: "an official involved in the talks".
            if not sources.over(hop.span):
                kept.append(hop)
        if kept:
            found[sentence] = kept
    return found


def _assign(frame: Frame, drafted: Drafted, backs: dict[Back, int | None], found: dict[Span, list[Hop]]) -> None:
    """Give the relays of a sentence to the statements of that sentence, or to the one it points back to."""
    outer = [d for d in drafted.drafts if d.parent is None]
    cued = Near([d for d in outer if d.cue], lambda d: d.cue or d.what[0])
    for sentence, hop_list in found.items():
        seats = [(d.anchor, d) for d in cued.over(sentence) if d.cue and sentence.holds(d.cue)]
        for back, key in backs.items():
            if sentence.holds(back.cue):
                named = [d for d in outer if d.anchor < back.cue.start and (key is None or d.speaker == key)]
                seats += [(back.cue.start, d) for d in named[-1:]]
        seats = seats or [(d.anchor, d) for d in _just_before(frame, sentence, hop_list, outer)]
        owners: list[Draft] = []
        for at, hop in enumerate(hop_list):
            follows = at > 0 and re.fullmatch(r"\s+(?:\w+\s+){0,4}", frame.text[hop_list[at - 1].span.end : hop.span.start])
            owners = owners if follows and hop.role == "carrier" else _owners(hop, seats)
            for one in owners:
                one.hops.append(hop)


def _owners(hop: Hop, seats: Sequence[tuple[int, Draft]]) -> list[Draft]:
    """A wire hands on everything in its sentence; an occasion belongs to the nearest act of saying, and so does a carrier.

    "A statement carried by KCNA" is one thing: there the carrier goes with its occasion.
    """
    if hop.role == "wire" or not seats:
        return [draft for _, draft in seats]
    return [min(seats, key=lambda seat: min(abs(seat[0] - hop.span.start), abs(hop.span.end - seat[0])))[1]]


def _just_before(frame: Frame, sentence: Span, hop_list: Sequence[Hop], outer: Sequence[Draft]) -> list[Draft]:
    """Whose relay a sentence without any saying gives: "The interview was broadcast by ...", "He was speaking at ..."."""
    speaking = re.match(r"(?:Speaking|Addressing|(?:He|She|They) (?:was|were) speaking|The (?:remarks|comments|statement))\b", sentence.of(frame.text))
    if not speaking and all(hop.role == "occasion" for hop in hop_list):
        return []
    paragraph = frame.paragraph_at(sentence.start)
    first = bisect_left(outer, paragraph.start, key=lambda d: d.start)
    return [d for d in outer[first : bisect_left(outer, sentence.start, key=lambda d: d.start)] if paragraph.start <= d.anchor < sentence.start][-1:]


def _spread(frame: Frame, article: Article, drafted: Drafted) -> dict[int, list[Hop]]:
    """Let a speaker's occasion and carrier hold for the speaker's other statements, and a lone wire for all."""
    outer = [d for d in drafted.drafts if d.parent is None]
    chains: dict[int, list[Hop]] = {}
    given: dict[int | None, list[Draft]] = defaultdict(list)
    for one in outer:
        if any(h.role != "wire" for h in one.hops):
            given[one.speaker].append(one)
    for one in outer:
        own = [h for h in one.hops if h.role != "wire"]
        earlier = one.cue is not None and re.match(r"had\s", one.cue.of(frame.text))
        if not own and one.speaker is not None and not earlier:
            own = _borrowed(one, given[one.speaker])
        chains[id(one)] = own + [h for h in one.hops if h.role == "wire"]
    wires = list(dict.fromkeys(h for d in outer for h in d.hops if h.role == "wire"))
    if len({_name(frame.text, w) for w in wires}) == 1:
        for one in outer:
            if not any(h.role == "wire" for h in chains[id(one)]):
                chains[id(one)].append(wires[0])
    _title_takes_from_its_lead(frame, article, outer, chains)
    for one in drafted.drafts:
        if one.parent is not None:
            top = one.parent
            while top.parent is not None:
                top = top.parent
            chains[id(one)] = list(chains.get(id(top), []))
    return chains


def _borrowed(one: Draft, same: Sequence[Draft]) -> list[Hop]:
    """The relays of the same speaker's nearest statement that has some: the one before, else the first one after."""
    before = bisect_left(same, one.start, key=lambda d: d.start)
    chosen = same[max(0, before - 1)] if same else None
    return [h for h in chosen.hops if h.role != "wire"] if chosen else []


def _title_takes_from_its_lead(frame: Frame, article: Article, outer: Sequence[Draft], chains: dict[int, list[Hop]]) -> None:
    """A title that repeats a statement of the body came by the same hands."""
    if not article.title:
        return
    title = frame.paragraphs[0]
    body = [d for d in outer if d.anchor >= title.end]
    for one in outer:
        if one.anchor < title.end and body:
            match = max(body[:4], key=lambda d: _alike(frame.text, one, d))
            if _alike(frame.text, one, match) > 0.25:
                one.repeats = match
                if not any(h.role != "wire" for h in chains[id(one)]):
                    chains[id(one)] = list(chains[id(match)])


def _alike(text: str, one: Draft, other: Draft) -> float:
    """Share of the first one's words that the other has too, by their first five letters."""
    stems = [{w[:5] for w in re.findall(r"\w{4,}", " ".join(s.of(text) for s in d.what).lower())} for d in (one, other)]
    return len(stems[0] & stems[1]) / max(1, len(stems[0]))


def _name(text: str, hop: Hop) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", _printed_name(hop.span.of(text), hop.role), flags=re.I).lower()


def _relay(text: str, hop: Hop, speakers: Speakers) -> Linked:
    hand = None if hop.role == "occasion" else speakers.of_relay(_printed_name(hop.span.of(text), hop.role), hop.span.start)
    return Relay(role=hop.role, words=hop.span.of(text), span=hop.span), hand


def _printed_name(words: str, role: str) -> str:
    """The hand without what it does: "Yonhap news agency reported"."""
    return re.sub(rf"\s+(?:(?:also|later|had|has)\s+)*(?:{REPORTING})(?:\s+later)?$", "", words) if role == "wire" else words


def _from_the_page(article: Article, chain: Sequence[Hop], text: str, speakers: Speakers) -> tuple[Linked, ...]:
    """The wire of the dateline or of a credit, which `clean` took out of the text, and the publisher."""
    given = [article.dateline.wire] if article.dateline and article.dateline.wire else []
    given += [w for w in article.wires if w not in given]
    already = " ".join(h.span.of(text).lower() for h in chain)
    relays = [Relay(role="wire", words=w, span=None) for w in given if w.lower() not in already]
    if article.publisher and article.publisher.lower() not in {w.lower() for w in given}:
        relays.append(Relay(role="publisher", words=article.publisher, span=None))
    return tuple((relay, speakers.of_relay(relay.words, len(text))) for relay in relays)
