"""Attributions -> drafts of statements: what belongs to one act of saying, what continues it, what only points back to it.

Takes   the frame and the attributions.
Gives   `Draft`s in reading order, `Back`s (cues that name what was said before), and what was left out.
Needs   cues.toml, chain.toml.
Limits  nesting of two levels, as the model marks them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sayso.records import Force, Form, Mark, Skipped, Span
from sayso.relate.attributions import Attribution
from sayso.relate.chain import Hop, is_media
from sayso.relate.cues import force_of, points_back
from sayso.relate.frame import Frame, Near
from sayso.relate.quotes import Quotation

_MEANT = re.compile(
    r"(?:made|makes|issued|repeated|voiced|delivered|levelled|leveled|renewed|raised)\s+(?:the|this|these|those|his|her|its|their|similar)\s+(?:\w+\s+)?(?=(\w+))\1(?=\s+(?:in|at|on|during|to|via|through|while|when|by)\b)"
)
_NAMING = re.compile(r"(?<!\w)(?:term|call|brand|label|dub|describ|characteri[sz])(?:e|es|ed|s|ing|ding|bed|led|ling)?(?!\w)", re.I)
_TIME_FIRST = re.compile(
    r"(?:(?:the|a|an|on|in|at|last|this|next|late|early|earlier|later|day|week|weekend|month|year|days|weeks|months|years|before|after|ago|yesterday|today|two|three|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|morning|evening|night)\s+){1,5}(?=that\s)"
)
_PURPOSE = re.compile(r",?\s+in (?:a bid|an attempt|an effort|order) to\s")


@dataclass(slots=True)
class Draft:
    """One act of saying while it is put together.

    speaker  a key of `Speakers`; pointed: the cues that point back to it; repeats: the statement of the body that a title repeats. Filled in later.
    """

    who: Span | None
    cue: Span | None
    what: list[Span]
    layer: int
    score: float
    force: Force = "neutral"
    form: Form = "indirect"
    quoted: list[Span] = field(default_factory=list)
    continues: bool = False
    parent: Draft | None = None
    speaker: int | None = None
    hops: list[Hop] = field(default_factory=list)
    pointed: list[Span] = field(default_factory=list)
    repeats: Draft | None = None

    @property
    def start(self) -> int:
        parts = [*self.what, *([self.cue] if self.cue else [])]
        return min(part.start for part in parts)

    @property
    def anchor(self) -> int:
        """Where the act of saying stands: the cue, or the first word said."""
        return self.cue.start if self.cue else self.what[0].start


@dataclass(frozen=True, slots=True)
class Back:
    """A cue without words of its own, that names what was said before: "Im made the claim in a press statement"."""

    who: Span | None
    cue: Span
    force: Force


@dataclass(slots=True)
class Drafted:
    """What `draft` gives."""

    drafts: list[Draft]
    backs: list[Back]
    skipped: list[Skipped]


def draft(frame: Frame, given: Sequence[Attribution]) -> Drafted:
    """Sort attributions into statements, pointers back and hands that only pass on."""
    out = Drafted([], [], [])
    given = _with_quotations(frame, given)
    inner = Near([a for a in given if a.layer == 1], lambda a: (a.cue or a.contents[0]).span)
    passing = [a for a in given if _only_passes_on(frame, a, inner)]
    for attribution in given:
        if attribution not in passing:
            # What stood inside the words of a hand that passes on is, for the reader, said outright.
            lifted = attribution.layer == 1 and any(_inside(attribution, p) for p in passing)
            _sort(frame, attribution, 0 if lifted else attribution.layer, out)
    _recover(frame, out)
    out.drafts.sort(key=lambda d: (d.start, d.layer))
    _nest(frame, out)
    for one in out.drafts:
        _read_quotes(frame, one)
    kept = []
    for one in out.drafts:
        words = " … ".join(s.of(frame.text) for s in one.what)
        # Within somebody's words the marks of a quotation are as often scare quotes: there only a verb of saying makes a statement.
        force = force_of(one.cue.of(frame.text) if one.cue else "", words, quoted=bool(one.quoted) and one.parent is None)
        if force is None:
            cue = one.cue.of(frame.text) if one.cue else ""
            out.skipped.append(Skipped(stage="relate", of=cue, why="no act of saying", detail=f"{cue!r} with {words[:80]!r}"))
            continue
        one.force = force
        kept.append(one)
    staying = {id(one) for one in kept}
    for one in kept:
        while one.parent is not None and id(one.parent) not in staying:
            one.parent = one.parent.parent
    out.drafts = kept
    return out


def _with_quotations(frame: Frame, given: Sequence[Attribution]) -> list[Attribution]:
    """Give a cue without contents the quotation just before it, as in ““…,” he said”: whom the model found to speak in there speaks inside it."""
    bare = {a.start: a for a in given if a.layer == 0 and a.cue and not a.contents}
    taken: dict[Attribution, Span] = {}
    for quotation in frame.quotations:
        at = quotation.span.end + 1
        if quotation.depth == 0 and quotation.closed and at in bare and frame.text[quotation.words.end - 1] in ",?!":
            taken[bare[at]] = quotation.span
    made: list[Attribution] = []
    for one in given:
        if one.cue and one in taken:
            made.append(replace(one, contents=(Mark(kind="content", span=taken[one], score=one.cue.score),)))
        elif not any(span.holds((one.cue or one.contents[0]).span) for span in taken.values()):
            made.append(one)
        elif one.sources:
            made.append(replace(one, layer=1))
    return made


def _only_passes_on(frame: Frame, one: Attribution, inner: Near[Attribution]) -> bool:
    """Is this an agency that hands on what somebody else says? Then it is a relay: what it reports is the saying itself."""
    if one.layer or not one.cue or not one.sources or not one.contents or not is_media(one.sources[0].span.of(frame.text)):
        return False
    covered = sum(c.span.end - c.span.start for c in one.contents)
    for other in (o for c in one.contents for o in inner.over(c.span)):
        if other.cue and other.sources and other.contents and _inside(other, one):
            said = sum(c.span.end - c.span.start for c in other.contents)
            if said >= 0.5 * covered:
                return True
    return any(_MEANT.search(c.span.of(frame.text)) for c in one.contents)


def _inside(one: Attribution, other: Attribution) -> bool:
    seat = one.cue or one.contents[0]
    return any(c.span.holds(seat.span) for c in other.contents)


def _sort(frame: Frame, one: Attribution, layer: int, out: Drafted) -> None:
    who = Span(one.sources[0].span.start, one.sources[0].span.end) if one.sources else None
    if one.cue is None:
        _orphan(frame, one, layer, out)
        return
    cue = _without_occasion(frame.text, one.cue.span)
    if not one.contents or points_back(cue.of(frame.text)):
        if points_back(cue.of(frame.text)) or _MEANT.search(frame.text[cue.start : cue.end + 12]):
            out.backs.append(Back(who, cue, force_of(cue.of(frame.text), "", quoted=True) or "neutral"))
        else:
            words = cue.of(frame.text)
            out.skipped.append(Skipped(stage="relate", of=words, why="nothing said", detail=f"no words were found that {words!r} brings in"))
        return
    parts = [_without_day(frame.text, _snapped(frame, c.span)) for c in one.contents]
    if _NAMING.search(cue.of(frame.text)):
        parts = [_before_purpose(frame.text, part) for part in parts]
    home = frame.paragraph_number(cue.start)
    here = [p for p in parts if frame.paragraph_number(p.start) == home]
    later = [p for p in parts if frame.paragraph_number(p.start) != home]
    if not here:
        here, later = later[:1], later[1:]
    # Only quotation is carried on into another paragraph, and a title carries on nowhere.
    strays = [p for p in later if home == 0 or not frame.quotations_over(p)]
    later = [p for p in later if p not in strays]
    for part in strays:
        words = part.of(frame.text)[:60]
        out.skipped.append(Skipped(stage="relate", of=words, why="far from its cue", detail=f"another paragraph than {cue.of(frame.text)!r}, and no quotation"))
    first = Draft(who, cue, here, layer, one.score)
    out.drafts.append(first)
    latest = first
    for part in later:
        if frame.paragraph_number(part.start) < home or _runs_on(frame, latest.what[-1]) or not frame.is_all_quotation(frame.paragraph_at(part.start)):
            latest.what = sorted([*latest.what, part])
        else:
            latest = Draft(None, None, [part], layer, one.score, continues=True)
            out.drafts.append(latest)


def _without_occasion(text: str, cue: Span) -> Span:
    """Give "said in a statement" back as "said": where it was said is a relay."""
    match = re.match(r"(.+?)\s+(?:in|at|during|on|via|through)\s+(?:a|an|the|his|her|its|their)\s", cue.of(text))
    if match and force_of(match[1], "", quoted=False):
        return Span(cue.start, cue.start + len(match[1]))
    return cue


def _without_day(text: str, part: Span) -> Span:
    """ "the day before that every coin was counted": the day is when it was said, not what."""
    match = _TIME_FIRST.match(text, part.start, part.end)
    return Span(match.end(), part.end) if match else part


def _before_purpose(text: str, part: Span) -> Span:
    """Who *terms* a thing so does not say why: "in a bid to ..." is the teller's."""
    match = _PURPOSE.search(part.of(text))
    return Span(part.start, part.start + match.start()) if match else part


def _runs_on(frame: Frame, span: Span) -> bool:
    """Was the quotation that ends this content left open, as newspapers do when it goes on in the next paragraph?"""
    return any(not q.closed and q.depth == 0 for q in frame.quotations_over(span))


def _orphan(frame: Frame, one: Attribution, layer: int, out: Drafted) -> None:
    """A content that no cue claims: it continues, completes a statement of its paragraph, or is left out."""
    part = _snapped(frame, one.contents[0].span)
    paragraph = frame.paragraph_at(part.start)
    if layer == 0 and frame.is_all_quotation(paragraph) and paragraph.start > 0:
        return  # taken up by `_recover`, which sees all such paragraphs
    lately = [d for d in out.drafts[-8:] if d.layer == layer and d.cue and paragraph.holds(d.cue) and d.start < part.start]
    if lately and part.of(frame.text)[:1] in "“\"‘'«":
        lately[-1].what.append(part)
        return
    in_marks = any(q.depth == 0 and q.span.overlap(part) > 0.6 * (part.end - part.start) for q in frame.quotations_over(part))
    if layer == 0 and in_marks and len(part.of(frame.text).split()) > 3:
        out.drafts.append(Draft(None, None, [part], layer, one.score))
        return
    words = part.of(frame.text)
    out.skipped.append(Skipped(stage="relate", of=words[:60], why="no cue", detail="words like something said, but nothing says so"))


def _recover(frame: Frame, out: Drafted) -> None:
    """Take up quotations that follow from the page's form alone, whatever the model made of them.

    A paragraph that is all quotation continues the one before it; a sentence of quotation after "he said." belongs to it.
    """
    top: dict[int, list[Draft]] = defaultdict(list)  # by the paragraphs they stand in
    for draft_ in out.drafts:
        if draft_.layer == 0:
            for number in {frame.paragraph_number(s.start) for s in (*draft_.what, *([draft_.cue] if draft_.cue else []))}:
                top[number].append(draft_)
    for number, paragraph in enumerate(frame.paragraphs[1:], start=1):
        here = top[number]
        covered = Near([s for d in here for s in d.what], lambda span: span)
        if not frame.is_all_quotation(paragraph):
            cued = sorted((d for d in here if d.cue and paragraph.holds(d.cue)), key=lambda d: d.cue.end if d.cue else 0)
            ends = [d.cue.end for d in cued if d.cue]
            for quotation in frame.outermost(paragraph):
                before = bisect_right(ends, quotation.span.start)
                if before and not covered.over(quotation.span) and _is_sentence(frame, quotation):
                    cued[before - 1].what.append(quotation.span)
        elif top[number - 1] and not covered.over(paragraph):
            last = max(top[number - 1], key=lambda d: d.what[-1].end)
            if _runs_on(frame, last.what[-1]):
                last.what.append(paragraph)
                here.append(last)
            else:
                out.drafts.append(Draft(None, None, [paragraph], 0, 0.9 * last.score, continues=True))
                here.append(out.drafts[-1])
    for one in out.drafts:
        one.what = _merged(frame.text, sorted(one.what))


def _is_sentence(frame: Frame, quotation: Quotation) -> bool:
    before = frame.text[: quotation.span.start].rstrip(" ")[-1:]
    words = quotation.words.of(frame.text)
    return before in {".", "!", "?", "”", '"', "’", ":"} and words[:1].isupper() and len(words.split()) >= 4 and words.rstrip()[-1:] in ".!?,…"


def _merged(text: str, spans: list[Span]) -> list[Span]:
    """Join spans that touch."""
    joined: list[Span] = []
    for span in spans:
        if joined and (span.start <= joined[-1].end or (text[joined[-1].end : span.start].isspace() and "\n" not in text[joined[-1].end : span.start])):
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _snapped(frame: Frame, span: Span) -> Span:
    """Let a content that begins or ends just inside a quotation mark take the mark with it, and drop a stray one."""
    start, end = span
    for quotation in frame.quotations_over(Span(start - 1, end + 1)):
        if quotation.span.start < start <= quotation.words.start and start < quotation.span.end:
            start = quotation.span.start
        tail = frame.text[end : quotation.span.end]
        if quotation.span.start >= start - 1 and quotation.span.start < end < quotation.span.end and not re.search(r"\w", tail):
            end = quotation.span.end
    while end > start and frame.text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _nest(frame: Frame, out: Drafted) -> None:
    """Give every inner draft the statement in whose words it stands; without one it stands by itself."""
    outer = [d for d in out.drafts if d.layer == 0]
    kept = list(outer)
    said = Near([(part, d) for d in outer for part in d.what], lambda pair: pair[0])
    cues = Near([d.cue for d in outer if d.cue], lambda cue: cue)
    for one in out.drafts:
        if one.layer == 0 or one.cue is None or cues.over(one.cue):
            continue
        parent = next((d for _, d in said.over(Span(one.anchor, one.anchor + 1))), None)
        one.parent = parent
        one.layer = 1 if parent else 0
        parts = [part for part in one.what if parent is None or any(part.overlap(said_) for said_ in parent.what)]
        one.what = [_inside_quotation(frame, one.cue, part) for part in parts]
        if one.what:
            kept.append(one)
        else:
            words = one.cue.of(frame.text)
            out.skipped.append(Skipped(stage="relate", of=words, why="nothing said", detail=f"what {words!r} brings in stands outside the words around it"))
    out.drafts = sorted(kept, key=lambda d: (d.start, d.layer))


def _inside_quotation(frame: Frame, cue: Span, part: Span) -> Span:
    """Words that are told of inside a quotation end before its closing mark, and before the comma that stands there."""
    ends = [q.words.end for q in frame.quotations_over(cue) if q.words.holds(cue) and q.words.start <= part.start < q.words.end]
    end = min([part.end, *ends])
    bare = frame.text[part.start : end].rstrip(" ,.") if end < part.end or end in ends else frame.text[part.start : end]
    return Span(part.start, part.start + len(bare)) if bare else part


def _read_quotes(frame: Frame, one: Draft) -> None:
    """Fill in the parts in quotation marks, and the form that follows from them."""
    quoted: list[Span] = []
    bare = 0
    for part in one.what:
        marks: list[Quotation] = []
        for quotation in frame.quotations_over(part):
            # A quotation around the cue as well is that of whoever tells of this saying.
            around = one.cue is not None and quotation.span.holds(one.cue)
            if not around and not (marks and marks[-1].span.holds(quotation.span)):
                marks.append(quotation)
        inside = [Span(max(m.words.start, part.start), min(m.words.end, part.end)) for m in marks]
        quoted += [s for s in inside if s.end > s.start]
        rest = list(part.of(frame.text))
        for mark in marks:
            for at in range(max(mark.span.start, part.start), min(mark.span.end, part.end)):
                rest[at - part.start] = " "
        bare += len(re.findall(r"\w", "".join(rest)))
    one.quoted = quoted
    one.form = "indirect" if not quoted else "direct" if bare == 0 else "mixed"
