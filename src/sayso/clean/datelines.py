"""Datelines, credits and bylines: taken out of the prose and kept as data.

Takes   paragraphs.
Gives   what stands before the story ("SEOUL, Oct. 1 (Yonhap) --"), behind it ("(Reporting by ...)") and above it ("By Jane Doe").
Needs   the standard library. Every pattern looks at a bounded piece of one paragraph.
Limits  a place in capitals, a date or an agency must stand in a dateline; "Paris:" alone needs the place to be repeated or known by its form.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.clean.dates import MONTHS, WEEKDAY, Days, days_in
from sayso.records import Dateline

LONGEST = 160
# Agencies by the names they sign with. The registry of `relate` knows what they are; here they only tell a dateline from a parenthesis.
AGENCY = (
    r"(?:AP|A\.P\.|Associated Press|Reuters|AFP|Agence France[- ]Presse|UPI|DPA|dpa|EFE|ANSA|APA|Belga|Tass|TASS|ITAR-TASS|RIA(?: Novosti)?|Interfax(?:-\w{2,12})?|"
    r"Sputnik|Xinhua|CNA|Yonhap|YNA|Kyodo(?: News)?|Jiji(?: Press)?|KCNA|PTI|ANI|IANS|UNI|APP|BSS|UNB|Bernama|Antara|PNA|VNA|TNA|MENA|SPA|WAM|KUNA|QNA|BNA|"
    r"Petra|SANA|NNA|IRNA|ISNA|Mehr|Tasnim|Fars|Anadolu(?: Agency)?|AA|Trend|APA|Azertac|Armenpress|Ukrinform|Unian|UNIAN|Interfax-Ukraine|BelTA|Belta|Kazinform|"
    r"PAP|CTK|ČTK|MTI|Tanjug|HINA|Agerpres|BTA|ATA|NAN|Ghana News Agency|GNA|KBC|Bloomberg|Dow Jones|CNN|BBC|NPR|VOA|RFE/RL|RFA|IRIN|The Canadian Press|"
    r"Canadian Press|AAP|NZPA|Prensa Latina|Telam|Télam|Notimex|Agencia Brasil|Agência Brasil|Lusa|LUSA|Europa Press|Press Association|PA(?: Media)?|Press Trust of India|"
    r"Asian News International|Indo-Asian News Service|BusinessWire|Business Wire|PRNewswire|PR Newswire|GLOBE NEWSWIRE|Globe Newswire|Tribune News Service|TNS|"
    r"IPS|Inter Press Service|Al Jazeera|The Conversation|WAFA|Wafa|Ma'an)"
)
# In the brackets of a dateline, and there alone, any capitals are an agency.
_ANY_AGENCY = rf"(?:{AGENCY}|[A-Z][A-Z/]{{2,9}}(?: News)?|[A-Z][a-z]{{2,14}}(?: News)? Agency)"
_PLACE_WORD = r"(?:[A-Z][A-Z'’.\-]{1,24}|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?)"
_CAPITALS = rf"{_PLACE_WORD}(?:[ /\-]{_PLACE_WORD}){{0,4}}"
_TITLED = r"[A-Z][\w'’.\-]{1,24}(?:[ \-](?:[A-Z][\w'’.\-]{1,24}|de|la|el|al|of|the|and|au|am|du|del|[A-Z]\.)){0,4}"
_REGION = r"(?:,\s(?:[A-Z][\w.'’\-]{1,20})(?:\s[A-Z][\w.'’\-]{1,20}){0,2})?"
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATE = rf"(?:(?:{WEEKDAY},?\s)?(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:(?:,\s|\s)(?:19|20)\d\d)?|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d)"
_WIRE = rf"(?:[(/\[]\s?(?P<wire>{_ANY_AGENCY}(?:\s?[/,&-]\s?{_ANY_AGENCY}){{0,2}})\s?[)/\]])"
_ANY_WIRE = r"(?:[(/\[]\s?(?P<wire>[A-Z][\w.&'’-]{1,20}(?:\s[A-Z][\w.&'’-]{1,20}){0,3})\s?[)/\]])"
_DASH = r"\s{0,2}(?:--+|[-–—―:]|\.--?)\s{1,2}"
_DASH_TIGHT = r"\s{0,2}(?:--+|[–—―])\s{0,2}"

DATELINES = tuple(
    re.compile(form)
    for form in (
        rf"(?P<place>{_CAPITALS}{_REGION})(?:,?\s(?i:{_DATE}))?,?\s{{0,2}}{_WIRE}(?:\s|,\s)?(?:{_DASH}|{_DASH_TIGHT}|\s)",
        rf"(?P<place>{_CAPITALS}{_REGION})(?:,?\s(?i:{_DATE}))?,?\s{{0,2}}{_ANY_WIRE}{_DASH}",
        rf"(?P<place>{_TITLED}{_REGION})(?:,?\s(?i:{_DATE}))?,?\s{{0,2}}{_WIRE}{_DASH}",
        rf"(?P<place>{_TITLED}{_REGION}),?\s(?i:{_DATE}),?\s{_WIRE}\s?[.:]?\s?",
        rf"(?P<place>{_CAPITALS}{_REGION}),?\s(?i:{_DATE})(?:{_DASH}|{_DASH_TIGHT})",
        rf"(?P<place>{_TITLED}{_REGION}),\s(?i:{_DATE})(?:{_DASH}|{_DASH_TIGHT})",
        rf"(?P<place>{_CAPITALS}{_REGION})(?:{_DASH_TIGHT}|\s{{1,2}}[-:]\s{{1,2}}|:\s)(?=[“\"‘'A-Z\d])",
        rf"{_WIRE}{_DASH}",
        rf"(?P<wire>(?-i:Reuters|AP|AFP|Xinhua|PTI|ANI|IANS|TASS|Yonhap)){_DASH_TIGHT}",
        rf"(?P<place>{_TITLED})\s?{_DASH_TIGHT}(?=[“\"‘'A-Z])",
        rf"(?P<place>{_TITLED}):\s(?=[“\"‘'A-Z])",
    )
)
WEAK = DATELINES[-2:]  # no capitals, date or agency: believed only where the caller says so

SIGNED_AGENCY = re.compile(rf"\(?\s?(?:(?:source|via|from|with|by|courtesy|inputs? from|agency|agencies|©)\s?:?\s)?(?P<wire>{AGENCY}(?:\s?[/,&]\s?{AGENCY}){{0,3}})\s?\)?\.?")
TAIL_AGENCY = re.compile(rf"\s?[(\[–—-]\s?(?P<wire>{AGENCY}(?:\s?[/,&]\s?{AGENCY}){{0,3}})\s?[)\]]?\s?\.?$")
CREDIT = re.compile(
    r"[(\[*_–—-]{0,3}\s?(?:"
    r"(?:additional|further|more)\s(?:reporting|research|writing|editing)\b|"
    r"(?:reporting|writing|editing|compiled|translated|translation|edited|reported|written|research)\s(?:and\s\w{5,12}\s)?by\b|"
    r"with\s(?:\w+\s)?(?:inputs?|reporting|contributions?|files?|agency|agencies|reports?)\s?(?:from|by|inputs?|reports?)?\b|"
    r"(?:[A-Z][\w.'’-]+\s){1,4}(?:in\s(?:[A-Z][\w.'’-]+,?\s){1,3})?(?:also\s)?contributed\s(?:reporting|to\s(?:this|the))\b|"
    r"(?:\w+\s){1,8}contributed\sto\s(?:this|the)\s(?:report|article|story)\b|"
    r"source\s?:\s|agencies$|\w{2,20}\s(?:staff|correspondents?|writers?)\scontributed\b|"
    r"this\s(?:story|article|report)\s(?:was|is|has been)\s(?:\w+\s){0,4}(?:published|produced|generated|edited|provided|auto)\b|"
    r"\(?this\sstory\shas\snot\sbeen\sedited\b"
    r")",
    re.IGNORECASE,
)
_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w’'.\-]*|de|da|di|du|van|von|der|den|el|al|bin|la|le|and|&)"
BYLINE = re.compile(rf"(?:[Bb][Yy]|[Ww]ritten [Bb]y|[Rr]eported by|[Ss]tory by|[Aa]uthor:|[Bb]y:)\s(?P<name>{_NAME}(?:[,]?\s{_NAME}){{0,12}}(?:\sin\s{_NAME}(?:\s{_NAME}){{0,3}})?)(?P<rest>.{{0,120}})")
PLAIN_BYLINE = re.compile(
    r"(?:our |special |political |diplomatic |senior |web |chief |news )*(?:staff|special|our|foreign|web|agency|news|bureau|desk)\s?(?:reporters?|correspondents?|writers?|desk|bureau|report|team)"
    r"(?:, [A-Z][\w. ]{2,40})?|agencies|news ?desk|web ?desk|news service", re.IGNORECASE)  # fmt: skip
AFTER_NAME = re.compile(
    r"\s{0,2}(?:[|,•·/–—-]\s?.{0,110}|(?:staff|special|senior|political|associated|reuters|afp|bbc|updated|published|posted|correspondent|reporter|@|\d|on |for |of ).{0,110})?$",
    re.IGNORECASE,
)


class Taken(NamedTuple):
    """A dateline taken off a paragraph, the days in it, and the paragraph that is left."""

    dateline: Dateline
    days: list[Days]
    rest: str


def dateline_taken(paragraph: str, *, elsewhere: str = "") -> Taken | None:
    """Take the dateline off the head of a paragraph; None when it has none.

    elsewhere  the rest of the story: "Paris: The minister ..." is believed only when it speaks of Paris again.
    """
    head = paragraph[: LONGEST * 2]
    for form in DATELINES:
        match = form.match(head)
        if not match or match.end() > LONGEST or not _opens_sentence(paragraph[match.end() :]):
            continue
        groups = match.groupdict()
        words = match.group().rstrip()
        place = (groups.get("place") or "").strip(" ,:") or None
        if form in WEAK and (place is None or place.lower() in NO_PLACES or not re.search(rf"\b{re.escape(place)}\b", elsewhere)):
            continue
        return Taken(Dateline(words=words, place=place, wire=groups.get("wire")), days_in(words), paragraph[match.end() :].lstrip())
    return None


NO_PLACES = frozenset(
    "analysis opinion update updated exclusive breaking watch explainer video photos editorial question answer note summary comment review interview profile "
    "feature live factbox timeline correction background q a".split()
)


def _opens_sentence(rest: str) -> bool:
    """What follows a dateline is a sentence of its own, not the rest of one ("NASA -- the agency ..." is prose)."""
    return len(rest) > 20 and (rest[0].isupper() or rest[0].isdigit() or not rest[0].isalpha()) and rest[0] not in ",.;)"


def signed_agency(words: str) -> str | None:
    """The agency of a block that is nothing but its signature: "(Reuters)", "Source: Xinhua", "With inputs from ANI"."""
    match = SIGNED_AGENCY.fullmatch(words) if len(words) <= 80 else None
    return match.group("wire") if match else None


def tail_agency_taken(paragraph: str) -> tuple[str, str, list[str]] | None:
    """Take "(Reuters)" off the end of a paragraph: the paragraph, the signature, the agency."""
    tail = paragraph[-60:]
    match = TAIL_AGENCY.search(tail)
    if not match or len(paragraph) < 80:
        return None
    rest = paragraph[: len(paragraph) - len(tail) + match.start()].rstrip()
    return (rest, match.group().strip(), [match.group("wire")]) if rest[-1:] in ".!?”\"’" else None


TAIL_CREDIT = re.compile(
    r"\s[(\[]\s?(?:additional |further |with )?(?:reporting|writing|editing|compiled|edited|translated|written|inputs?|source)\b[^()\[\]]{2,300}[)\]]\s?\.?$",
    re.IGNORECASE,
)


def tail_credit_taken(paragraph: str) -> tuple[str, str, list[str]] | None:
    """Take "(Reporting by ...; editing by ...)" off the end of a paragraph: the paragraph, the credit, the agencies."""
    tail = paragraph[-320:]
    match = TAIL_CREDIT.search(tail)
    if not match or len(paragraph) - len(match.group()) < 40:
        return None
    words = match.group().strip()
    return paragraph[: len(paragraph) - len(tail) + match.start()].rstrip(), words, agencies_in(words)


def is_credit(words: str) -> bool:
    """Whether a block says who else worked on the story, and nothing more."""
    return len(words) <= 400 and bool(CREDIT.match(words))


def agencies_in(credit: str) -> list[str]:
    """Agencies named in a credit line, by the names that no person bears."""
    return [m.group() for m in re.finditer(rf"\b{AGENCY}\b", credit[:400]) if len(m.group()) > 1 and not m.group().isdigit()]


def byline_of(words: str) -> str | None:
    """The names in "By Jane Doe and John Roe in Kyiv | 3 May", or "Staff Reporter"; None for any other block."""
    if len(words) > 200:
        return None
    if PLAIN_BYLINE.fullmatch(words):
        return words
    match = BYLINE.match(words)
    if not match or not AFTER_NAME.match(match.group("rest")):
        return None
    return match.group("name").rstrip(" ,.&")
