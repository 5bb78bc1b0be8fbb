"""Triggers, parties and statements -> events.

Takes   the marks and arcs of events, the drafts with their speakers, the actors, and what names places, numbers, contexts and days.
Gives   `Event` records, the same event told twice only once, with the statement that makes or is it.
Needs   nothing more.
Limits  see the package's header.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.records import Event, Mark, Marked, Span, Standing, Statement, When, hashed_id
from sayso.relate.actors import Actors
from sayso.relate.cast import Cast, Figure
from sayso.relate.drafts import Draft
from sayso.relate.events.contexts import contexts_of
from sayso.relate.events.numbers import sizes_of
from sayso.relate.events.ontology import Ontology
from sayso.relate.events.places import Places
from sayso.relate.events.stance import Named, stance_of
from sayso.relate.events.standing import standing_of
from sayso.relate.frame import Frame, Near

FLOOR = 0.36  # chosen on bench/cases/events.txt: below it more events are wrong than right
_POLITICAL = "GOV LEG MIL COP JUD SPY PTY OPP REB UAF ELI IGO UNO EUR NGO REL CVL LAB REF JRN EDU BUS MED AGR CRM MNC IMG ISM"
POLITICAL = frozenset(_POLITICAL.split())
_PUBLIC = frozenset("GOV LEG MIL PTY OPP REB UAF IGO UNO EUR REL ELI COP JUD".split())  # whose words are acts
_LISTED = re.compile(r"(?:,|,?\s+and|,?\s+as well as)\s+(?:the\s+)?")
_LIST = re.compile(r"(?<=\w)(?:,|\s+and)\s+[A-Z]")
# What a statement that blames or praises is.
_BLAME: tuple[str, str | None] = ("ACCUSE", "disapprove")
_PRAISE: tuple[str, str | None] = ("SUPPORT", None)
_TOLD = frozenset({"ACCUSE", "SUPPORT", "THREATEN", "REQUEST", "REJECT"})
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
_SPEAKING = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONCEDE", "AGREE", "CONSULT"})


@dataclass(frozen=True, slots=True)
class Acts:
    """What the model marked of events: triggers, and for each the parties that act and those acted upon, with the scores of the arcs."""

    triggers: tuple[Mark, ...]
    agents: tuple[tuple[tuple[Span, float], ...], ...]
    recipients: tuple[tuple[tuple[Span, float], ...], ...]

    @classmethod
    def of(cls, marked: Marked) -> Acts:
        by_trigger: dict[int, dict[str, list[tuple[Span, float]]]] = defaultdict(lambda: {"agent": [], "recipient": []})
        for arc in marked.arcs:
            if arc.role in {"agent", "recipient"}:
                by_trigger[arc.head][arc.role].append((marked.marks[arc.tail].span, arc.score))
        at = [n for n, m in enumerate(marked.marks) if m.kind == "trigger" and m.trigger is not None]
        return cls(
            tuple(marked.marks[n] for n in at),
            tuple(tuple(by_trigger[n]["agent"]) for n in at),
            tuple(tuple(by_trigger[n]["recipient"]) for n in at),
        )

    def parties(self) -> dict[Span, list[Span]]:
        """All spans of parties, in order of the text, each with those on the other side of its events."""
        found: dict[Span, list[Span]] = defaultdict(list)
        for agents, recipients in zip(self.agents, self.recipients, strict=True):
            for side, other in ((agents, recipients), (recipients, agents)):
                for span, _ in side:
                    found[span] += [one for one, _ in other]
        return dict(sorted(found.items()))

    def sides(self) -> list[tuple[Span, ...]]:
        """Spans of those who take part in an event on the same side, in order of the text."""
        return sorted(tuple(sorted(span for span, _ in side)) for pair in zip(self.agents, self.recipients, strict=True) for side in pair if side)

    def doers(self, keys: Mapping[Span, tuple[int, ...]]) -> list[tuple[int, int]]:
        """Where somebody acts, and who it is."""
        return [(span.start, key) for side in self.agents for span, _ in side for key in keys.get(span, ())]

    def confront(self, keys: Mapping[Span, tuple[int, ...]], people: Sequence[Figure]) -> None:
        """Tell those who take part whom they face, and in what."""
        for mark, agents, recipients in zip(self.triggers, self.agents, self.recipients, strict=True):
            kind = f"{mark.trigger.types[0].value}.{mark.trigger.mode.value or ''}" if mark.trigger else "."
            sides = [[key for span, _ in side for key in keys.get(span, ())] for side in (agents, recipients)]
            for own, others in (sides, sides[::-1]):
                for key in own:
                    people[key].takes_part = people[key].entity is None
                    people[key].faces += [(other, kind) for other in others if other != key]


@dataclass(slots=True)
class _Found:
    """One event while it is put together; keys are those of figures."""

    type: str
    mode: str | None
    trigger: Span
    source: tuple[int, ...]
    target: tuple[int, ...]
    standing: Standing
    past: bool
    draft: Draft | None
    score: float
    when: When
    mentions: list[Span] = field(default_factory=list)


class _Assembler:
    def __init__(
        self,
        frame: Frame,
        drafts: Sequence[Draft],
        cast: Cast,
        actors: Actors,
        keys: Mapping[Span, tuple[int, ...]],
        *,
        ontology: Ontology,
        when_of: Callable[[Span, Draft | None], When],
        deeds: Sequence[Span] = (),
    ) -> None:
        self._deeds = Near(deeds, lambda span: span)
        self.frame, self.cast, self.actors, self.keys, self.ontology, self.when_of = frame, cast, actors, keys, ontology, when_of
        self.drafts = list(drafts)
        self._said = Near([(d, s) for d in self.drafts for s in d.what], lambda pair: pair[1])
        self._cues = Near([d for d in self.drafts if d.cue], lambda d: d.cue or d.what[0])
        marked = Near(keys, lambda span: span)  # "Kim and [Russian President Putin]": the state in there is not listed by itself
        states = [n for n in cast.known.all if n.use == "actor" and n.entity.kind == "state" and not any(p.holds(n.span) for p in marked.over(n.span))]
        own = [(n.span, cast.of_entity(n.entity, n.span.start)) for n in states]
        self._listed = Near([*((span, key) for span, found in keys.items() for key in found), *own], lambda pair: pair[0])

    # -- from triggers ---------------------------------------------------------------------------------------------

    def from_trigger(self, mark: Mark, agents: Sequence[tuple[Span, float]], recipients: Sequence[tuple[Span, float]]) -> _Found | None:
        trigger = mark.trigger
        if trigger is None:
            return None
        kind, chance = trigger.types[0]
        act = next((d for d in self._cues.over(mark.span) if d.cue), None)
        around = self._statement_around(mark.span, act)
        source, target = self._keys(agents, recipients), self._keys(recipients, agents)
        within = act or around
        speaker = within.speaker if within is not None else None
        if act is not None and not source and act.speaker is not None and kind in _SPEAKING:
            source = (act.speaker,)
        target = tuple(k for k in target if k not in source)
        whole = self.ontology.kind(kind, trigger.mode.value or None)
        if not source and not target:
            return None
        itself = speaker is not None and any(k == speaker or self.actors.akin(k, speaker) for k in source)
        standing, sure = standing_of(
            self.frame.text, mark.span, trigger, said=around.force if around else None, own_act=act is not None, speaks_of_itself=itself or not source
        )
        arcs = [score for _, score in (*agents, *recipients)]
        score = mark.score * chance * (sum(arcs) / len(arcs) if arcs else 0.6)
        if score < FLOOR or (whole.recipient and not whole.symmetric and not target and not source):
            return None
        return _Found(
            kind, trigger.mode.value or None, mark.span, source, target, standing, trigger.past >= 0.5, act or around, score * (0.5 + 0.5 * sure),
            self.when_of(mark.span, around),
        )  # fmt: skip

    def _statement_around(self, span: Span, act: Draft | None) -> Draft | None:
        """The innermost statement in whose words the span stands; an act of saying stands in the words around it, not in its own."""
        held = [d for d, s in self._said.over(span) if s.holds(span) and d is not act]
        return max(held, key=lambda d: (d.layer, d.start)) if held else None

    def _keys(self, side: Sequence[tuple[Span, float]], others: Sequence[tuple[Span, float]]) -> tuple[int, ...]:
        """Keys of one side's parties, and of those listed with them who are not on the other side."""
        found: dict[int, None] = {}
        taken = {key for span, _ in others for key in self.keys.get(span, ())}
        for span, _ in sorted(side):
            if span in self.keys:
                for key in (*(k for k in self._beside(span) if k not in taken), *self.keys[span]):
                    found.setdefault(key)
        return tuple(found)

    def _beside(self, span: Span) -> list[int]:
        """Those listed with a party: "Britain and Ireland", of whom the model may have marked the nearer one alone."""
        text = self.frame.text
        inside = _LIST.search(text, span.start, span.end)
        out = {key: None for other, key in self._listed.over(span) if span.holds(other) and other != span and inside}
        waiting, seen = [span], {span}
        while waiting:
            one = waiting.pop()
            near = self._listed.over(Span(max(0, one.start - 60), one.end + 60))
            for other, key in near:
                first, last = sorted((one, other))
                joint = _LISTED.fullmatch(text, first.end, last.start) if first.end <= last.start else None
                # A comma joins a list that goes on: "Britain, France and Italy", not "in Kyiv, and the opposition".
                goes_on = any(_LISTED.fullmatch(text, last.end, o.start) or _LISTED.fullmatch(text, o.end, first.start) for o, _ in near)
                if joint and other not in seen and (joint[0].strip() not in {",", ", and"} or goes_on):
                    out.setdefault(key)
                    waiting.append(other)
                    seen.add(other)
        return list(out)

    # -- from statements -------------------------------------------------------------------------------------------

    def from_statement(self, draft: Draft, named: Sequence[Named], before: tuple[int, ...]) -> list[_Found]:
        """The acts that saying this is, towards those it is about: blame, praise, or both of different ones."""
        if draft.speaker is None or not self._may_act(draft.speaker):
            return []
        inner = [s for d in self.drafts if d.parent is draft for s in d.what]
        inner += self._told(draft)
        if draft.parent is None:
            inner += [q.span for s in draft.what for q in self.frame.quotations_over(s) if q.depth > 0]
        stance = stance_of(self.frame, draft.what, named, inner)
        others = [k for k in dict.fromkeys(n.key for n in named) if k >= 0 and self._may_suffer(k, draft.speaker)]
        blamed = tuple(k for k in stance.blamed if k in others)
        praised = tuple(k for k in stance.praised if k in others and k not in blamed)
        outer = draft.parent
        if outer is not None and not blamed and outer.speaker is not None and self._may_suffer(outer.speaker, draft.speaker):
            before = (outer.speaker,)  # who tells that he is blamed is blamed
        seat = draft.cue or Span(draft.what[0].start, draft.what[0].start + len(draft.what[0].of(self.frame.text)[:60].rsplit(" ", 1)[0]))
        standing: Standing = "reported" if outer is None else "claimed"
        when = self.when_of(seat, draft)
        out = []
        blames = stance.blame >= 2 or (stance.blame > 0 and draft.force in {"accusation", "assertive"})
        praises = stance.praise >= 2
        for (kind, mode), does, target, count, other in (
            (_BLAME, blames, blamed, stance.blame, stance.praise),
            (_PRAISE, praises, praised, stance.praise, stance.blame),
        ):
            told_of = outer is not None and kind == "ACCUSE"
            meant = target or (before if told_of or (outer is None and count > other and not others) else ())
            if does and meant and (count > other or told_of or (blamed and praised)):
                score = min(0.9, 0.4 + 0.1 * count)
                out.append(_Found(kind, mode, seat, (draft.speaker,), meant, standing, False, outer or draft, score, when))
        return out

    def _told(self, draft: Draft) -> list[Span]:
        """Words of the statement that are deeds themselves: whoever tells that "drones attacked the fleet" need not blame."""
        return [t for s in draft.what for t in self._deeds.over(s) if s.holds(t)]

    def _may_act(self, key: int) -> bool:
        """Does saying so do something: is this a state, or somebody of public standing?"""
        at = self.actors.standing(key)
        return self.cast.people[key].kind == "state" or at.sector in _PUBLIC

    def _may_suffer(self, key: int, speaker: int) -> bool:
        own, theirs = self.actors.standing(speaker), self.actors.standing(key)
        same = key == speaker or (own.country is not None and own.country == theirs.country and self.cast.people[key].kind == "state")
        return not same and (self.cast.people[key].kind in {"state", "organisation"} or theirs.sector in POLITICAL)


def assemble(
    article: str,
    frame: Frame,
    acts: Acts,
    drafts: Sequence[Draft],
    statements: dict[int, Statement],
    *,
    cast: Cast,
    actors: Actors,
    keys: Mapping[Span, tuple[int, ...]],
    ontology: Ontology,
    places: Places,
    when_of: Callable[[Span, Draft | None], When],
) -> tuple[tuple[Event, ...], list[int]]:
    """Make the events of one article; give also the keys of the figures that take part.

    statements  the finished statements by `id` of their drafts; keys: who each party is.
    """
    deeds = [mark.span for mark in acts.triggers if mark.trigger is not None and mark.trigger.types[0].value in _DEEDS]
    at_work = _Assembler(frame, drafts, cast, actors, keys, ontology=ontology, when_of=when_of, deeds=deeds)
    found = [
        one
        for mark, agents, recipients in zip(acts.triggers, acts.agents, acts.recipients, strict=True)
        if (one := at_work.from_trigger(mark, agents, recipients)) is not None
    ]
    found += _stances(at_work, drafts, cast, found)
    # Where the stance of a statement says again what a trigger at its cue says, that is one event: an id is of the words and the type.
    surest: dict[tuple[Span, str], _Found] = {}
    for one in sorted(_merged(found, frame, actors), key=lambda one: -one.score):
        surest.setdefault((one.trigger, one.type), one)
    kept = sorted(surest.values(), key=lambda one: one.trigger)
    ids = {id(one): hashed_id("ev", article, f"{one.trigger.start}-{one.trigger.end}", one.type) for one in kept}
    out = []
    for one in kept:
        kind = ontology.kind(one.type, one.mode)
        sentence = frame.sentence_at(one.trigger.start)
        denied = _denied_by(one, kept, actors)
        out.append(
            Event(
                id=ids[id(one)],
                type=one.type,
                mode=one.mode,
                contexts=contexts_of(frame.text, sentence, one.trigger, frame.paragraph_at(one.trigger.start)),
                cameo=kind.cameo,
                quad=kind.quad,
                goldstein=kind.goldstein,
                scale=kind.scale,
                trigger=one.trigger,
                mentions=tuple(one.mentions),
                source=tuple(map(actors.id_of, one.source)),
                target=tuple(map(actors.id_of, one.target)),
                standing=one.standing,
                past=one.past,
                statement=statements[id(one.draft)].id if one.draft is not None and id(one.draft) in statements else None,
                denies=ids[id(denied)] if denied is not None else None,
                when=one.when,
                where=places.of(sentence, one.trigger, verbal=kind.quad in {1, 3} and not kind.symmetric),
                sizes=sizes_of(frame.text, sentence) if one.type in {"ASSAULT", "COERCE", "PROTEST"} else (),
                score=one.score,
            )
        )
    return tuple(out), [key for one in kept for key in (*one.source, *one.target)]


def _stances(at_work: _Assembler, drafts: Sequence[Draft], cast: Cast, found: Sequence[_Found]) -> list[_Found]:
    """Acts of blame and praise, where no trigger says the same already."""
    persons = [(s, k) for k, f in enumerate(cast.people) if f.kind == "person" for s, b in f.mentions.items() if b != "pronoun"]
    # A place is nobody who could be blamed, but it stands between those who could.
    named = [Named(n.span, cast.of_entity(n.entity, n.span.start) if n.use == "actor" else -1) for n in cast.known.all if n.use in {"actor", "place"}]
    named = sorted([*named, *(Named(s, k) for s, k in persons)])
    starts = [n.span.start for n in named]
    told = {id(one.draft) for one in found if one.draft is not None and one.type in _TOLD and one.standing == "reported"}
    out: list[_Found] = []
    before: dict[int, tuple[int, ...]] = {}
    for draft in drafts:
        own = [n for s in draft.what for n in named[bisect_left(starts, s.start) : bisect_right(starts, s.end)] if s.holds(n.span)]
        goes_on = draft.speaker is not None and draft.cue is None
        for one in at_work.from_statement(draft, own, before.get(draft.speaker or 0, ()) if goes_on else ()):
            if draft.parent is None:
                before[one.source[0]] = one.target
            if id(draft) not in told:
                out.append(one)
    return out


def _merged(found: Sequence[_Found], frame: Frame, actors: Actors) -> list[_Found]:
    """One event for every telling of the same: type, states on both sides and standing agree, and the days meet. Two ways to act are two in one sentence."""
    kept: dict[tuple[object, ...], list[_Found]] = defaultdict(list)
    for one in sorted(found, key=lambda f: f.trigger):
        side = tuple(tuple(sorted(_who(actors, k) for k in keys)) for keys in (one.source, one.target))
        act = one.draft.repeats or one.draft if one.draft is not None else None
        same = kept[one.type, side, one.standing, one.past, id(act)]
        sentence = frame.sentence_at(one.trigger.start)
        earlier = next((o for o in same if _meet(o.when, one.when) and not (o.mode and one.mode and o.mode != one.mode and sentence.holds(o.trigger))), None)
        if earlier is None:
            same.append(one)
        else:
            earlier.mentions.append(one.trigger)
            earlier.score = max(earlier.score, one.score)
            earlier.mode = earlier.mode or one.mode
    return [one for same in kept.values() for one in same]


def _who(actors: Actors, key: int) -> str:
    at = actors.standing(key)
    return at.country or actors.id_of(key)


def _meet(one: When, other: When) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return True
    return one.earliest <= other.latest and other.earliest <= one.latest


def _denied_by(one: _Found, others: Sequence[_Found], actors: Actors) -> _Found | None:
    """The event that a denial denies, where the article tells it: same type and agent, claimed or reported."""
    if one.standing != "denied":
        return None
    mine = {_who(actors, k) for k in one.source}
    for other in others:
        if (
            other is not one
            and other.type == one.type
            and other.standing in {"claimed", "reported", "possible"}
            and mine & {_who(actors, k) for k in other.source}
        ):
            return other
    return None
