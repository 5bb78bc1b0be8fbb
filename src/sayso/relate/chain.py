"""Words outside the contents -> relays: the occasion, the carrier and the wire, each with the span that licenses it.

Takes   a sentence of the frame, with what is said blotted out.
Gives   `Hop`s in order of the text.
Needs   media.toml beside this file.
Limits  English patterns over one sentence; who the hands are (their state and owner) is another question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.records import Mark, RelayRole, Span
from sayso.relate.frame import Near

_GIVEN = tomllib.loads(Path(__file__).with_name("chain.toml").read_text(encoding="utf-8"))


def _any(name: str) -> str:
    """One of the words listed under `name`, the longest first."""
    return "|".join(sorted(dict.fromkeys(_GIVEN[name]), key=len, reverse=True))


_OCCASIONS = _any("occasions")
REPORTING = _any("reporting")
_CARRYING = _any("carrying")
_INSTITUTION = re.compile(rf"(?:{_any('institutions')})(?!\w)")
_OWN = r"(?:the|its|his|her|their)"
_CHANNEL = r"(?:website|site|page|channel|account|feed)"
_PLATFORMS = (
    rf"{_any('platforms')}|{_OWN} (?:official |personal )?(?:Telegram|Facebook|X|Twitter|Weibo|WeChat|YouTube|Instagram) {_CHANNEL}|"
    rf"(?:its|his|her|their|the \w+(?:’s)?) (?:official |own )?{_CHANNEL}"
)
_DET = r"(?:a|an|the|his|her|its|their|this|that|another|one|two)"
_MOD = r"(?!(?:and|that|but|who|which|said|says|of|in|at|on|by|to|for|into|with|from|over|after|before|as|about|than|where|when)\b)[\w’'.-]+"
_UPPER = "A-ZÀ-ÖØ-ÞĆČĎĐĘĚĞİŁŃŇŐŘŚŞŠŢŤŮŰŹŻŽ"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NOUN_TAIL = (
    rf"(?:\s+(?:in|at|to|of|before|marking|about|with|for|outside|on)\s+(?!{_DAY})(?:(?:the|a|an|its|his|her|their)\s+)?(?:[a-z][\w’'-]*\s+){{0,2}}?"
    rf"[{_UPPER}][\w’'-]*(?:\s+(?:of\s+|the\s+|de\s+)*[{_UPPER}][\w’'-]*)*)"
)
_OF = r"(?:\s+of\s+(?:the\s+)?(?:parliament|ministers|experts|ambassadors|leaders|lawmakers|supporters|journalists|reporters))"
_POSTING = r"(?:posted|sent|published|released|broadcast live|streamed live|streamed|read out|issued|shared|uploaded)"
_POSTED = rf"(?:\s+{_POSTING}?\s*(?:on|to|via)\s+(?:{_PLATFORMS})(?![\w]))"
_TAIL = rf"(?:{_POSTED}|{_OF}|{_NOUN_TAIL}){{0,2}}"
_BODIES = rf"(?:parliament|the (?:\w+ )?(?:{_any('chambers')})|{_DET} (?:[\w-]+ ){{0,4}}(?:{_any('audiences')}))"
_PLURALS = r"(?:remarks|comments|testimony|talks|footage|statements|posts|letters|tweets|messages)"
_FIRST = "(?=(?i:[abcdfiotv]))"  # letters with which the words below begin: most places in a text are passed over at once
_OCCASION = re.compile(
    rf"(?<!\w){_FIRST}(?:(?i:in|at|during|via|through|over|after|to|on|into|told|telling|addressing|by|from|as|chairing)\s+"
    rf"(?P<np>{_DET}\s+(?:{_MOD}\s+){{0,6}}?(?:{_OCCASIONS})(?![\w-])(?P<tail>{_TAIL}))"
    rf"|(?i:on|in|via|through|to)\s+(?P<platform>{_PLATFORMS})(?!\w)"
    rf"|(?i:told|tells|telling|addressing|assured|informed|before|in|to)\s+(?P<body>{_BODIES})(?!\w)"
    rf"|(?i:in|during)\s+(?P<plural>{_PLURALS})(?!\w))"
)
_BY = re.compile(rf"(?<!\w)(?:{_CARRYING})\s+(?:\w+ly\s+|live\s+|in full\s+|here\s+|\w+day\s+)?(?:by|on|in|through|via|to|from|at)\s+")
_TO = re.compile(
    r"(?<!\w)(?i:told|tells|telling|tell|informed|citing|quoting|cites|in the words of|according to|on|in|over|via|through|to|by|with|for|from)\s+"
)
_BREAK = re.compile(r"[\x00,;:“”\"—–()]\s*|(?<!\w)(?:and|but|that|as|by|while|when|which|however|where)\s+")
_INTERVIEW = re.compile(r"(?<!\w)(?:interview|interviews|conversation)\s+(?:with|to|by|on|for|given to)\s+")
_ENDS = re.compile(
    rf"\s*(?:$|[.,;:\x00”\"()—–]|(?:in|on|at|as|that|during|late|early|last|this|and|but|or|before|after|when|while|about|by|from|for|published|broadcast|aired|"
    rf"here|yesterday|today|he|she|they|it|there|how|why|what|whether|a|an|the|quoted|reported|said|{_DAY})(?!\w))"
)
_CARRIED = re.compile(rf"\s+(?:has |had |also |later |first )?(?:{_any('carried')})(?!\w)")
_QUOTES = re.compile(r"\s+(?:has |had |also |later )?(?:quoted|quotes|cited|cites|quoting)\s+(?!by\b)")
_REPORTS = re.compile(rf"\s+(?:also\s+|later\s+|had\s+|has\s+)?(?:{REPORTING})(?!\w)(?:\s+later)?")
_COMPOUND = r"\w+-(?:based|language|run|owned|backed|linked|controlled|affiliated)"
_TOKEN = rf"(?:{_any('names')}|\w+[’']s?(?=\s)|[{_UPPER}][\w.’'&-]*|{_any('modifiers')}|{_any('heads')}|{_COMPOUND}|de|la|le|el|al|di|of|for|the)(?![\w-])"
_RUN = re.compile(rf"(?:(?:the|a|an|its|his|their|this)\s+)?{_TOKEN}(?:\s+{_TOKEN})*")
_KNOWN = re.compile(rf"(?<![\w-])(?:{_any('names')})(?![\w-])")
# A "press conference" or "daily bulletin" is an occasion, not a paper.
_HEADED = re.compile(rf"(?<![\w-])(?:{_any('heads')})(?![\w-])(?!\s+(?:{_OCCASIONS}|secretary|office|freedom|corps|club)(?![\w-]))", re.I)


@dataclass(frozen=True, slots=True)
class Hop:
    """One relay as a sentence gives it."""

    role: RelayRole
    span: Span


def is_media(words: str) -> bool:
    """Do these words name somebody who hands on what others say?"""
    return bool(_KNOWN.search(words) or _HEADED.search(words))


def hops(text: str, sentence: Span, names: Near[Mark]) -> list[Hop]:
    """Relays of one sentence.

    text   the article's text with contents blotted out, so that spans are its spans.
    names  marks of organisations: after *carried by* any of them is a carrier, in other places only the press is.
    """
    found = [*_carriers(text, sentence, names), *_wires(text, sentence, names)]
    for hop in _occasions(text, sentence):
        met = [o for o in found if hop.span.overlap(o.span)]
        # "an interview with the Northern Broadcasting Corporation": what stands before the carrier is the occasion.
        before = min((o.span.start for o in met), default=hop.span.end)
        words = re.sub(r"\s+(?:with|to|by|on|for|in)\s*$", "", text[hop.span.start : before])
        if not met or (before > hop.span.start and words != text[hop.span.start : before]):
            found.append(Hop("occasion", Span(hop.span.start, hop.span.start + len(words))))
    kept: list[Hop] = []
    for hop in sorted(found, key=lambda h: (h.span.start, h.role != "carrier", -h.span.end)):
        twice = kept and hop.role == kept[-1].role == "occasion" and hop.span.start - kept[-1].span.end < 24
        if not twice and not any(hop.span.overlap(other.span) for other in kept):
            kept.append(hop)
    return kept


def _occasions(text: str, sentence: Span) -> Iterator[Hop]:
    for match in _OCCASION.finditer(text, *sentence):
        group = next(g for g in ("np", "platform", "body", "plural") if match[g])
        start, end = match.span(group)
        words = match[group]
        if group == "np" and match["tail"] and is_media(match["tail"]):
            end = match.start("tail")
            words = text[start:end]
        if group == "np" and not _speaks(match[0].split(maxsplit=1)[0], text, match.start()):
            continue
        yield Hop("occasion", Span(start, start + len(words.rstrip())))


def _speaks(first: str, text: str, at: int) -> bool:
    """*told a briefing* and *in remarks to a forum* are occasions; *agreed to a summit* and *after a meeting* are not."""
    if first in {"to", "as"}:
        return bool(re.search(r"(?:remarks|comments|speech|address|message|statement|speaking|testimony|published)\s+$", text[max(0, at - 14) : at]))
    return first not in {"after", "by", "from", "into"}


def _carriers(text: str, sentence: Span, names: Near[Mark]) -> Iterator[Hop]:
    for match in (*_BY.finditer(text, *sentence), *_INTERVIEW.finditer(text, *sentence)):
        if span := _phrase(text, match.end(), sentence, names, strong=True):
            yield Hop("carrier", span)
    for match in _TO.finditer(text, *sentence):
        if span := _phrase(text, match.end(), sentence, names, strong=False):
            yield Hop("carrier", span)
    for match in (*_QUOTES.finditer(text, *sentence), *_CARRIED.finditer(text, *sentence)):
        if span := _phrase_before(text, match.start(), sentence):
            yield Hop("carrier", span)


def _wires(text: str, sentence: Span, names: Near[Mark]) -> Iterator[Hop]:
    for match in _REPORTS.finditer(text, *sentence):
        at = match.start()
        words = match[0].split()
        span = _phrase_before(text, at, sentence, names if set(words) & {"reported", "reports"} else None)
        if not span or (words[-1] in {"quoted", "quotes", "cited", "cites"}):
            continue
        yield Hop("wire", Span(span.start, match.end()))


def _phrase(text: str, at: int, sentence: Span, names: Near[Mark], *, strong: bool) -> Span | None:
    """The noun phrase that begins at `at`, when it names somebody who hands on."""
    match = _RUN.match(text, at, sentence.end)
    if not match:
        return None
    span = _trim(text, Span(*match.span()))
    own = re.match(r"(?:his|her|its|their)\s", span.of(text))
    if own and (not strong or re.search(r"(?:site|page|account|channel|feed|portal)$", span.of(text))):
        return None  # its own website is where it spoke, not a hand that passed it on
    marked = [m for m in names.over(span) if m.span.end <= sentence.end]
    if marked and "\x00" not in text[span.end : marked[-1].span.end]:
        span = Span(span.start, max(span.end, marked[-1].span.end))
    if not strong and (span.of(text).lower() == "the press" or not _ENDS.match(text, span.end)):
        return None  # "a meeting with Reuters staff", "on the agency's website"
    # The word after decides whether "daily" is a paper or only how often a bulletin comes.
    after = text[span.start : span.end + 24]
    if _KNOWN.search(span.of(text)) or any(m.end() <= span.end - span.start for m in _HEADED.finditer(after)):
        return span
    outlet = strong or (text[:at].rstrip().endswith(("told", "telling", "tells")) and not _INSTITUTION.search(span.of(text)))
    return span if outlet and marked else None


def _phrase_before(text: str, end: int, sentence: Span, names: Near[Mark] | None = None) -> Span | None:
    """The noun phrase of the press that ends at `end`; with `names`, of any organisation that is not an institution."""
    begin = max((m.end() for m in _BREAK.finditer(text, sentence.start, end)), default=sentence.start)
    match = _RUN.fullmatch(text, begin, end)
    if not match:
        return None
    named = names is not None and any(m.span.end == end for m in names.over(Span(begin, end))) and not _INSTITUTION.search(match[0])
    if not (named or is_media(match[0])):
        return None
    return _trim(text, Span(begin, end))


def _trim(text: str, span: Span) -> Span:
    """Drop small words at the end, and a possessive."""
    words = span.of(text)
    words = re.sub(rf"(?:\s+(?:of|for|the|de|la|le|el|al|di|in|on|{_DAY}))+$", "", words)
    words = re.sub(r"[.,’']+(?:s)?$", "", words) if re.search(r"(?:[’']s|[.,])$", words) else words
    return Span(span.start, span.start + len(words))


def order(found: Sequence[Hop], text: str) -> list[Hop]:
    """Nearest to the speaker first: occasion, then who carried it, then who passed that on.

    Where a sentence cites, what is cited is nearer to the speaker than who cites it.
    """
    cited = [h for h in found if h.role == "carrier" and re.search(r"(?:citing|quoting|cites)\s+$", text[max(0, h.span.start - 12) : h.span.start])]
    rank = {"occasion": 0, "carrier": 1, "wire": 2, "publisher": 3}
    return sorted(found, key=lambda h: (rank[h.role], h not in cited if h.role == "carrier" else False, h.span.start))
