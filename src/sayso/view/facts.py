"""What the page says of itself, and the days: each as a phrase that cannot be taken for something else.

Takes   the `Page`, `Article`, `When` and `Skipped` records.
Gives   label and phrase pairs for the head of the card, and phrases.
Needs   nothing else.
Limits  says only what the records hold: an absent byline is left out, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sayso.records import Article, DateFact, Page, Skipped, When
from sayso.view.lines import one_line

_DATES = {
    "rendered": "page drawn {days} ({basis}), not a date of the story",
    "published": "published {days} ({basis})",
    "modified": "changed {days} ({basis})",
    "dateline": "filed {days} ({basis})",
    "event": "tells of {days} ({basis})",
}
_BASES = {"stated": "stated: {words}", "inferred": "inferred from {words}", "published": "from the date of publication"}


def facts(page: Page, article: Article | None) -> Iterator[tuple[str, str]]:
    """Give each fact with the name that JSON gives it."""
    yield "address", one_line(page.address)
    if article is None:
        return
    named = {
        "publisher": article.publisher,
        "byline": article.byline,
        "section": " › ".join(article.sections),
        "language": article.language,
        "dateline": article.dateline.words if article.dateline else None,
        "wires": ", ".join(article.wires),
        "credits": "; ".join(article.credits),
    }
    yield from ((label, one_line(value)) for label, value in named.items() if value)
    for fact in article.dates:
        yield "date", date_phrase(fact)


def date_phrase(fact: DateFact) -> str:
    """`page drawn 2024-05-24 (masthead), not a date of the story`."""
    days = _days(fact.earliest, fact.latest)
    return one_line(_DATES[fact.kind].format(days=days, basis=fact.basis))


def when_phrase(when: When) -> str | None:
    """`between 2023-09-24 and 2023-11-12, inferred from “on Sunday”`; None when nothing is known."""
    words = " and ".join(f"“{one_line(w)}”" for w in when.words)
    if when.earliest is None and when.latest is None:
        return f"{words}: which day that was is not known" if words else None
    basis = _BASES.get(when.basis, when.basis).format(words=words or "the page")
    return f"{_said(when.earliest, when.latest)}, {basis}"


def skipped_phrase(skipped: Skipped) -> str:
    """`notes.pdf: not a page (capture). The bytes are a PDF; ...`"""
    detail = f". {skipped.detail[0].upper()}{skipped.detail[1:]}" if skipped.detail else ""
    return one_line(f"{skipped.of}: {skipped.why} ({skipped.stage}){detail}")


def _said(earliest: date | None, latest: date | None) -> str:
    if earliest is None:
        return f"not after {latest}"
    if latest is None:
        return f"not before {earliest}"
    return f"on {earliest}" if earliest == latest else f"between {earliest} and {latest}"


def _days(earliest: date, latest: date) -> str:
    return f"{earliest}" if earliest == latest else f"{earliest} to {latest}"
