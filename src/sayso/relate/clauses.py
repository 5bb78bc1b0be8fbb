"""Which days in a text are told of an act of saying, and which of something else.

Takes   the frame, the drafts.
Gives   `Clauses`: is a day inside what is said, and does it stand in the clause of a cue?
Needs   nothing.
Limits  English news: commas, subordinators and participles part the clauses of a sentence; no grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sayso.records import Span
from sayso.relate.drafts import Draft
from sayso.relate.frame import Frame, Near

_OPENS = re.compile(
    r"(?<!\w)(?:after|before|when|while|since|until|till|which|who|whom|where|whose|because|following|ahead of|due|scheduled|planned|"
    r"expected|that|if|held|killed|died|took place|signed|launched|marking)(?!\w)",
    re.I,
)
_GOES_ON = re.compile(r"(?<!\w)(?:and|but|or|then)\s+(?:[a-z]+\s+)?$")  # "..., and on Monday the fleet left"
_RELATIVE = re.compile(r"(?<!\w)(?:who|which|that)\s*$", re.I)
# A sign before a capital parts no clauses: "in Quillon, Teralia", "with Berg, Tarn and Kess".
_SIGN = re.compile(r"(?:[,;()]|\s[–—])(?=\s*(?:[a-z\d]|$))")
# What is set off tells how it was said when it begins with one of these, or with the day; else it tells who somebody is, or what else was.
_HOW = (
    r"(?:in|at|on|during|by|via|through|to|from|late|earlier|later|last|this|[a-z]+ly|according|"
    r"speaking|talking|writing|testifying|addressing|appearing|answering|replying|responding|asked|questioned|reached|interviewed|contacted|quoted|cited)"
)
_SET_OFF = re.compile(rf"(?:[,;()]|\s[–—])\s*(?!(?:(?:and|but|or|then)\s+)?{_HOW}\s)\w")
_PARTICIPLE = re.compile(rf"(?!{_HOW}\s)\w+(?:ed|ing)\s", re.I)  # "Elected in 2019, ..."
_LONGEST = 600  # code points of a clause: a broken page may be one sentence


class Clauses:
    """Which of the days in a text stand in the clause of a cue: not in what is said, nor in a clause that tells of something else."""

    def __init__(self, frame: Frame, drafts: Sequence[Draft]) -> None:
        self.frame = frame
        outer = [s for d in drafts if d.layer == 0 for s in d.what]
        self._said = Near(outer, lambda span: span)
        self._cued = sorted(((d.cue, d.who) for d in drafts if d.cue and d.layer == 0), key=lambda cued: cued[0])
        self._starts = [cue.start for cue, _ in self._cued]
        # What is said opens no clause, as often as it stands between a cue and its day.
        self._told = frame.without(outer)
        self._told_within = frame.without([s for d in drafts if d.layer for s in d.what])

    def is_said(self, span: Span) -> bool:
        return any(s.holds(span) for s in self._said.over(span))

    def tell(self, span: Span) -> bool:
        """Does the cue before these words, or that behind them, stand in one clause with them?"""
        at, sentence = bisect_left(self._starts, span.start), self.frame.sentence_at(span.start)
        near = [(cue, who) for cue, who in self._cued[max(0, at - 1) : at + 1] if sentence.holds(cue)]
        return not self.is_said(span) and any(not self.part(span, cue, who) for cue, who in near)

    def reach(self, cue: Span) -> Span:
        """The part of its sentence in which days may be told of a cue: up to the cues on either side, with these."""
        sentence = self.frame.sentence_at(cue.start)
        before, behind = bisect_left(self._starts, cue.start), bisect_left(self._starts, cue.end)
        first = self._starts[before - 1] if before else 0
        last = self._cued[behind][0].end if behind < len(self._cued) else sentence.end
        return Span(max(sentence.start, first), min(sentence.end, last))

    def part(self, span: Span, cue: Span, who: Span | None) -> bool:
        """Does the day belong to another clause than the cue, whose speaker is `who`: "after the summit on Friday"?"""
        if who is not None and who.holds(span):
            return True
        text = self._told_within if self.is_said(cue) else self._told
        sentence = self.frame.sentence_at(cue.start)
        if span.start >= cue.end:
            # A clause that opens behind the cue goes on: "..., after the talks, his first since he fell ill, on Monday".
            since = who.end if who is not None and cue.end <= who.start and who.end <= span.start else cue.end
            opened = _OPENS.search(text, since, span.start) or _GOES_ON.search(text, since, span.start)
            return bool(opened) or _tells_of_else(_last(text, since, span.start))
        leads = who is not None and sentence.holds(who) and who.end <= cue.start and not _RELATIVE.search(text, who.end, cue.start)
        since = who.end if who is not None and leads and who.end <= span.start else sentence.start
        # One before it is over where a sign sets off the next: "On Monday, after the talks, ..."
        until = who.start if who is not None and leads else cue.start
        return _tells_of_else(_last(text, since, span.start)) or bool(_OPENS.search(_last(text, span.end, until)))


def _last(text: str, start: int, end: int) -> str:
    """What stands behind the last sign between these that sets something off, with the sign."""
    start = max(start, end - _LONGEST)
    return text[max((sign.start() for sign in _SIGN.finditer(text, start, end)), default=start) : max(start, end)]


def _tells_of_else(clause: str) -> bool:
    """Do the words from the beginning of a clause to the day tell of something else than how it was said?"""
    return bool(_OPENS.search(clause) or _SET_OFF.match(clause) or _PARTICIPLE.match(clause))
