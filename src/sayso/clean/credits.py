"""Credits and bylines: who wrote the story, who else worked on it, which agency it came from.

Takes   a block or a paragraph.
Gives   the names and agencies, and the paragraph without them.
Needs   the standard library. Every expression looks at a bounded piece.
Limits  English. A name alone on a line is no byline: nothing tells it from a caption or a heading.
"""

from __future__ import annotations

import re

from sayso.clean.agencies import AGENCY

_AGENCIES = rf"(?P<wire>{AGENCY}(?:\s?[/,&]\s?{AGENCY}|\sand\s{AGENCY}){{0,3}})"
_FROM = r"(?i:source|via|from|with|by|courtesy|inputs? from|with inputs? from|with agency inputs|agency|agencies|input|©)"
SIGNED = re.compile(rf"[(\[–—-]?\s?(?:{_FROM}\s?:?\s)?{_AGENCIES}(?:\sinputs?)?\s?[)\]]?\.?")
TAIL_SIGNED = re.compile(rf"\s?[(\[–—-]\s?{_AGENCIES}\s?[)\]]?\s?\.?$")
_DID = r"(?:reporting|writing|editing|compiled|edited|reported|written|translated|translation|research|production|graphics?)"
CREDIT = re.compile(
    r"[(\[*_–—-]{0,3}\s?(?:"
    r"(?:additional|further|more)\s(?:reporting|research|writing|editing)\b|"
    rf"{_DID}(?:\sand\s\w{{5,12}})?\sby\b|"
    r"with\s(?:\w+\s)?(?:inputs?|reporting|contributions?|files?)\s?(?:from|by)\b|with\s(?:agency|agencies|wire)\b|"
    r"(?:[\w.’'-]+,?\s){1,16}(?:also\s)?contributed\s(?:reporting|to\s(?:this|the)\s(?:report|article|story)|from\s)\b|"
    r"(?-i:[A-Z][\w’'-]+\s){1,3}reported\sfrom\s(?-i:[A-Z])[^.]{1,60}\.(?:\s|$)|"
    r"source\s?:\s|"
    r"\(?this\s(?:story|article|report)\s(?:was|is|has|had)\s(?:not\s)?(?:been\s)?(?:\w+\s){0,3}(?:published|produced|generated|edited|provided)\b"
    r")",
    re.IGNORECASE,
)
TAIL_CREDIT = re.compile(
    rf"\s[(\[]\s?(?:additional |further |with )?(?:{_DID}|inputs?|source)\b[^()\[\]]{{2,300}}[)\]]\s?\.?$",
    re.IGNORECASE,
)
_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w’'.\-]*|de|da|di|du|van|von|der|den|el|al|bin|la|le|and|&)"
BYLINE = re.compile(
    rf"(?:by:?|written by|reported by|story by|author:|posted by|published by|report by)\s(?P<name>(?-i:[A-ZÀ-ÖØ-Þ][\w’'.\-]*(?:,?\s{_NAME}){{0,12}}"
    rf"(?:\sin\s{_NAME}(?:\s{_NAME}){{0,3}})?))(?P<rest>.{{0,120}})",
    re.IGNORECASE,
)
NO_NAMES = re.compile(r"(?:the|a|an|its|his|her|all|any|this|that|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|.{0,40}\d", re.IGNORECASE)
STAFF = re.compile(
    r"(?:by )?(?:(?:our|special|political|diplomatic|senior|web|chief|news|the) ){0,3}(?:staff|special|our|foreign|web|agency|news|bureau|desk) ?"
    r"(?:reporters?|correspondents?|writers?|desk|bureau|report|team)(?:, [A-Z][\w. ]{2,40})?|agencies|news ?desk|web ?desk|news service",
    re.IGNORECASE,
)
BEHIND_NAME = re.compile(
    r"\s{0,2}(?:[|,•·/–—-]\s?.{0,110}|"
    r"(?:staff|special|senior|political|associated|reuters|afp|bbc|updated|published|posted|correspondent|reporter|@|\d|on |for |of |at ).{0,110})?$",
    re.IGNORECASE,
)


def signed_agency(words: str) -> str | None:
    """The agency of a block that is nothing but its signature: "(Reuters)", "Source: Xinhua", "With inputs from ANI"."""
    match = SIGNED.fullmatch(words) if len(words) <= 80 else None
    return match.group("wire") if match else None


def is_credit(words: str) -> bool:
    """Whether a block says who else worked on the story, and nothing more."""
    return len(words) <= 400 and bool(CREDIT.match(words))


def tail_agency_taken(paragraph: str) -> tuple[str, str, list[str]] | None:
    """Take "(Reuters)" off the end of a paragraph: the paragraph, the signature, the agency."""
    tail = paragraph[-60:]
    match = TAIL_SIGNED.search(tail)
    if not match or len(paragraph) < 80:
        return None
    rest = paragraph[: len(paragraph) - len(tail) + match.start()].rstrip()
    return (rest, match.group().strip(), [match.group("wire")]) if rest[-1:] in ".!?”\"’" else None


def tail_credit_taken(paragraph: str) -> tuple[str, str, list[str]] | None:
    """Take "(Reporting by ...; editing by ...)" off the end of a paragraph: the paragraph, the credit, the agencies."""
    tail = paragraph[-320:]
    match = TAIL_CREDIT.search(tail)
    if not match or len(paragraph) - len(match.group()) < 40:
        return None
    words = match.group().strip()
    return paragraph[: len(paragraph) - len(tail) + match.start()].rstrip(), words, agencies_in(words)


def agencies_in(credit: str) -> list[str]:
    """Agencies named in a credit line."""
    return [match.group() for match in re.finditer(rf"(?<![\w.]){AGENCY}(?![\w])", credit[:400]) if "agencies" not in match.group().lower()]


def byline_of(words: str) -> str | None:
    """The names in "By Jane Doe and John Roe in Kyiv | 3 May", or "Staff Reporter"; None for any other block."""
    if len(words) > 200:
        return None
    if STAFF.fullmatch(words):
        return re.sub(r"^by ", "", words, flags=re.IGNORECASE)
    match = BYLINE.match(words)
    if not match or NO_NAMES.match(match.group("name")) or not BEHIND_NAME.match(match.group("rest")):
        return None
    return match.group("name").rstrip(" ,.&")
