"""What stands beside a person's name and says who that is.

Takes   the frame and the marks.
Gives   the words before a name ("Vice Foreign Minister"), the apposition after it (", a spokesman for the army,"), and a party label ("(R-Texas)").
Needs   describe.py's nouns.
Limits  one sentence; whether the words give a country or a sector is asked elsewhere.
"""

from __future__ import annotations

import re

from sayso.records import Mark, Span
from sayso.relate.describe import TITLING, nouns
from sayso.relate.frame import Frame, Near

_WORD_BEFORE = re.compile(r"([\w.’'/&-]++)([\s,]*+)$")
_APPOSITION = re.compile(r"\s*(?:,|\(|—|–|--)\s*")
_APPOSED_END = re.compile(
    r"[,.;:()“”\"—–]|\s(?:who|which|whose|where|when|while|as|said|says|told|tells|asked|wrote|has|had|was|is|were|will|would|did|and said)(?!\w)"
)
_STARTS = re.compile(
    r"(?:(?i:the|a|an|one|its|his|her|their|then|now|also|of|from|head|chief|deputy|former|senior|secretary|president|director|spokes\w+|chair\w*)(?![\w’'.-])|[A-Z][\w’'.-]*)"
)
# "the Haitian agriculture minister, Josué Lafortune"
_SET_OFF = re.compile(r"((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’']*[’']s)\s[^,;:“”\"()—]{3,80}),\s$")
_PARTY = re.compile(r",?\s*\(?(?P<party>[RDI])\.?-(?P<state>[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)\)?")
LONGEST = 90


def before_name(frame: Frame, span: Span, marks: Near[Mark]) -> Span | None:
    """The words right before a name that describe its bearer: titles, nouns of office, names in capitals and small adjectives, back to the first other word."""
    text = frame.text
    sentence = frame.sentence_at(span.start)
    floor = max(sentence.start, span.start - LONGEST)
    for mark in marks.over(Span(floor, span.start)):
        if mark.kind == "person" and mark.span.end <= span.start:
            floor = max(floor, mark.span.end)
    start = span.start
    while start > floor and (match := _WORD_BEFORE.search(text, floor, start)):
        word = match[1].strip("’'")
        bare = word.lower().removesuffix("’s").removesuffix("'s")
        if bare.rstrip(".") in {"mr", "mrs", "ms", "miss", "dr"} or match[2].strip() or not (word[:1].isupper() or bare in TITLING or nouns(bare)):
            break
        start = match.start(1)
    if start == span.start and (set_off := _SET_OFF.search(text, floor, span.start)) and nouns(set_off[1]):
        return Span(*set_off.span(1))
    words = text[start : span.start].rstrip()
    if re.search(r"(?<!\w)(?:for|of|to|by|with|and|from)$", words):
        return None  # "an attorney for Pagliano" is another
    return Span(start, start + len(words)) if re.search(r"\w", words) else None


def after_name(frame: Frame, span: Span) -> Span | None:
    """The apposition after a name, when it describes somebody."""
    text = frame.text
    opened = _APPOSITION.match(text, span.end)
    if not opened:
        return None
    limit = min(frame.sentence_at(span.start).end, opened.end() + LONGEST)
    closed = _APPOSED_END.search(text, opened.end(), limit)
    end = closed.start() if closed else limit
    words = text[opened.end() : end]
    if not _STARTS.match(words) or not any(n.start < 60 for n in nouns(words)):
        return None
    return Span(opened.end(), opened.end() + len(words.rstrip()))


def party_label(frame: Frame, span: Span) -> bool:
    """Does a label of the United States' Congress follow: "(R-Texas)", "D-N.Y."?"""
    return bool(_PARTY.match(frame.text, span.end))
