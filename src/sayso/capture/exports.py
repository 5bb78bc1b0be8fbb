"""Text exports of Nexis and Factiva -> the articles in them, one at a time.

Takes   lines of text of a file that holds many articles.
Gives   `Exported`s in order: title, byline, publisher and date as the export names them, and the body.
Needs   the standard library.
Limits  plain text in English headers, Factiva's with and without its field codes; not RTF, Word or PDF, which hold the same articles otherwise.
        What stands around an article (sections, subject codes, load dates) is left in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Export = Literal["nexis", "nexis uni", "factiva", "factiva display"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:(?:{_MONTHS})\s+(?:\d{{1,2}},?\s+)?(?:19|20)\d\d|\d{{1,2}}\s+(?:{_MONTHS})\s+(?:19|20)\d\d)\b", re.IGNORECASE)
COUNTED = re.compile(r"^\s*(?:FOCUS - )?\d{1,6} of \d{1,6} DOCUMENTS?\s*$")
END_OF_DOCUMENT = re.compile(r"^\s*End of Document\s*$", re.IGNORECASE)
ACCESSION = re.compile(r"^(?:AN\s+)?Document [A-Za-z0-9]{12,40}\s*$")
FIELD = re.compile(r"^(HD|SE|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPD|IPC|PUB|ART|CLM|AN)(?:(?:\t| {2})[ \t]*(.*))?$")
WORD_COUNT = re.compile(r"^\s*\d[\d,.]{0,8} words\s*$", re.IGNORECASE)
HEAD_LABEL = re.compile(r"^\s{0,3}(BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|HEADLINE|SERIES|COLUMN|BODY|SOURCE|TYPE|DISTRIBUTION):\s*(.*)$", re.DOTALL)
TAIL_LABEL = re.compile(
    r"^\s{0,3}(LOAD-DATE|LANGUAGE|GRAPHIC|DOCUMENT-TYPE|PUBLICATION-TYPE|JOURNAL-CODE|SUBJECT|ORGANIZATION|COMPANY|TICKER|INDUSTRY|PERSON|CITY|STATE|COUNTRY|"
    r"GEOGRAPHIC|CORRECTION-DATE|URL|NOTES|ACC-NO|TRANSID|DISTRIBUTION|COPYRIGHT):"
)
UNI_LABEL = re.compile(r"^\s*(Section|Length|Byline|Dateline|Highlight|Series|Source):\s*(.*)$")
UNI_TAIL = re.compile(r"^\s*(?:Classification|Graphic|Notes|Correction|Correction-Date|Load-Date:.*|End of Document)\s*$")
COPYRIGHT = re.compile(r"^\s*(?:copyright\b|\(c\)|©)", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"^\s*Page \d+ of \d+\s*$")


class Exported(NamedTuple):
    """One article of an export. body: paragraphs as they stand in the file, with the blank lines between."""

    title: str | None
    byline: str | None
    publisher: str | None
    published: str | None
    body: str

    @property
    def text(self) -> str:
        """The article as a page of text."""
        return "\n\n".join(part for part in (self.title, self.byline, self.body) if part) + "\n"


def export_in(head: bytes) -> Export | None:
    """Name the kind of export that a file begins as; None for anything else."""
    if not any(sign in head for sign in (b" DOCUMENT", b"nd of Document", b"Document ")):
        return None
    lines = head.decode("utf-8", "replace").splitlines()
    if any(COUNTED.match(line) for line in lines) and any(re.match(r"\s{0,3}(?:LENGTH|LOAD-DATE|BYLINE|SECTION|HEADLINE):", line) for line in lines):
        return "nexis"
    fields = {match.group(1) for line in lines if (match := FIELD.match(line))}
    if {"HD", "PD"} <= fields and fields & {"LP", "TD"} and any(ACCESSION.match(line) for line in lines):
        return "factiva"
    if any(END_OF_DOCUMENT.match(line) for line in lines) and any(re.match(r"\s*(?:Length:\s*\d|Load-Date:)", line) for line in lines):
        return "nexis uni"
    if any(line.startswith("Document ") and ACCESSION.match(line) for line in lines) and any(WORD_COUNT.match(line) for line in lines):
        return "factiva display"
    return None


def articles_of(lines: Iterator[str | None], kind: Export, longest: int) -> Iterator[Exported | int]:
    """Every article in order; in the place of one of more than `longest` characters its length."""
    for article in _divided(lines, kind, longest):
        if isinstance(article, int):
            yield article
        else:
            read = {"nexis": _nexis, "nexis uni": _nexis_uni, "factiva": _factiva, "factiva display": _factiva_display}[kind]
            yield read(article)


def _divided(lines: Iterator[str | None], kind: Export, longest: int) -> Iterator[list[str] | int]:
    """Lines of each article: Nexis counts its articles before them, the others sign them off."""
    article: list[str] = []
    length = 0
    begun = kind != "nexis"
    for line in lines:
        words = "" if line is None else line.rstrip("\r\n\f \t").lstrip("\f\ufeff")
        starts = kind == "nexis" and COUNTED.match(words) is not None
        ends = (kind == "nexis uni" and END_OF_DOCUMENT.match(words)) or (kind.startswith("factiva") and ACCESSION.match(words))
        if starts or ends:
            if begun and (any(article) or length > longest):
                yield length if length > longest else article
            article, length, begun = [], 0, True
            continue
        length += longest + 1 if line is None else len(words) + 1
        if length <= longest:
            article.append(words)
        else:
            article.clear()
    if begun and kind in ("nexis", "nexis uni") and any(article):
        yield article


def _paragraphs(lines: Sequence[str]) -> list[str]:
    return [p for p in re.split(r"\n(?:[ \t]*\n)+", "\n".join(lines).strip("\n")) if p.strip()]


def _one_line(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None


def _by(words: str | None) -> str | None:
    """The byline in the form in which pages print it."""
    name = _one_line(words)
    return f"By {name}" if name and not name.lower().startswith("by ") else name


def _nexis(lines: Sequence[str]) -> Exported:
    """Paragraphs: publisher, date, perhaps an edition, title; labelled ones; the body; labelled ones."""
    above: list[str] = []
    labels: dict[str, str] = {}
    body: list[str] = []
    for paragraph in _paragraphs(lines):
        if TAIL_LABEL.match(paragraph) and (body or "LENGTH" in labels) and not (not body and paragraph.lstrip().startswith("DISTRIBUTION")):
            break
        label = None if body else HEAD_LABEL.match(paragraph)
        if label and label.group(1) == "BODY":
            labels["BODY"] = ""
            body += [label.group(2).lstrip("\n")] if label.group(2).strip() else []
        elif label:
            labels[label.group(1)] = label.group(2)
        elif labels.keys() & {"LENGTH", "BODY"}:
            body.append(paragraph)
        else:
            above.append(paragraph)
    if body and COPYRIGHT.match(body[-1]):
        body.pop()
    uncredited = ["\n".join(line for line in p.split("\n") if not COPYRIGHT.match(line)) for p in above]
    above = [p for p in uncredited if p.strip()]
    dated = next((n for n, p in enumerate(above[:4]) if DATE.search(p)), None)
    title = next((p for p in above[dated + 1 :] if not p.startswith("     ")), None) if dated is not None else None
    return Exported(
        title=_one_line(labels.get("HEADLINE") or title),
        byline=_by(labels.get("BYLINE")),
        publisher=_one_line(above[0]) if above and dated != 0 else None,
        published=match.group() if dated is not None and (match := DATE.search(above[dated])) else None,
        body="\n\n".join(body),
    )


def _nexis_uni(lines: Sequence[str]) -> Exported:
    """Lines: title, publisher, date; labelled ones; `Body` and the body up to `Classification`."""
    lines = [line for line in lines if not PAGE_NUMBER.match(line)]
    begin = next((n for n, line in enumerate(lines) if line.strip() == "Body"), None)
    labels = {m.group(1): m.group(2) for line in lines[:begin] if (m := UNI_LABEL.match(line))}
    first = next((n for n, line in enumerate(lines) if UNI_LABEL.match(line) or COPYRIGHT.match(line)), len(lines))
    above = [line.strip() for line in lines[:first] if line.strip()]
    dated = next((n for n, line in enumerate(above) if n > 0 and DATE.search(line)), None)
    if begin is None:
        begin = max((n for n, line in enumerate(lines) if UNI_LABEL.match(line)), default=first - 1)
    end = next((n for n in range(begin + 1, len(lines)) if UNI_TAIL.match(lines[n])), len(lines))
    return Exported(
        title=_one_line(" ".join(above[: max(1, dated - 1)]) if dated else (above[0] if above else None)),
        byline=_by(labels.get("Byline")),
        publisher=above[dated - 1] if dated and dated > 1 else None,
        published=match.group() if dated and (match := DATE.search(above[dated])) else None,
        body="\n\n".join(_paragraphs(lines[begin + 1 : end])),
    )


def _factiva(lines: Sequence[str]) -> Exported:
    """Fields, each begun by its code; the body is the lead paragraph and the text."""
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        met = FIELD.match(line)
        if met and met.group(1) not in fields:
            current = fields.setdefault(met.group(1), [met.group(2) or ""])
        else:
            current.append(line)
    one = {code: _one_line(" ".join(held)) for code, held in fields.items()}
    body = [*_paragraphs(fields.get("LP", [])), *_paragraphs(fields.get("TD", []))]
    return Exported(title=one.get("HD"), byline=_by(one.get("BY")), publisher=one.get("SN"), published=one.get("PD"), body="\n\n".join(body))


def _factiva_display(lines: Sequence[str]) -> Exported:
    """Lines: title, perhaps a byline, the count of words, date, time, publisher, codes, language, copyright; then the body."""
    counted = next((n for n, line in enumerate(lines) if WORD_COUNT.match(line)), None)
    if counted is None:
        return Exported(None, None, None, None, "\n\n".join(_paragraphs(lines)))
    above = [line.strip() for line in lines[:counted] if line.strip()]
    byline = above.pop() if len(above) > 1 and above[-1].lower().startswith("by ") else None
    head = [(n, lines[n].strip()) for n in range(counted + 1, min(counted + 14, len(lines)))]
    dated = next((n for n, line in head if DATE.search(line)), counted)
    names = [line for n, line in head if n > dated and line and not re.fullmatch(r"\d{1,2}:\d\d.*", line)]
    ends = [n for n, line in head if COPYRIGHT.match(line)] or [n for n, line in head if line in ("English", "ENGLISH")] or [dated]
    return Exported(
        title=_one_line(" ".join(above)),
        byline=byline,
        publisher=names[0] if names and dated > counted else None,
        published=match.group() if (match := DATE.search(lines[dated])) else None,
        body="\n\n".join(_paragraphs(lines[ends[0] + 1 :])),
    )
