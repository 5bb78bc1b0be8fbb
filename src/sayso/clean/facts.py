"""The dates that a page gives for itself, each with its kind and its basis.

Takes   the blocks, which of them are the story, what the markup and the source say, and the days of the dateline.
Gives   `DateFact`s in the order of the page: what the head says first, then masthead, byline, dateline.
Needs   the standard library; no clock.
Limits  a day that no word or place calls published is not called so: a bare date above the title is the day the page was drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sayso.clean.blocks import Block
from sayso.clean.datelines import Taken
from sayso.clean.dates import Days, calendar_day, day_in_url, days_in, machine_day
from sayso.clean.decode import printed
from sayso.clean.metadata import Metadata
from sayso.records import DateFact, DateKind, Given

LABELS = re.compile(
    r"(?P<modified>\b(?:last\s)?(?:updated?|modified|revised|edited)\b)|(?P<published>\b(?:first\s)?(?:published?|posted|created|issued|released?|filed|uploaded)\b|"
    r"\bpublish(?:ing)? date\b)",
    re.IGNORECASE,
)
REST_OF_DATE = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d(?::\d\d)?|\d{1,2}\s?(?=[ap]\.?m)|[ap]\.?m\b\.?|hrs|hours|am|pm|at|on|by|of|date|time|the|updated?|published?|posted|last|first|modified|issued|created|"
    r"released?|ist|gmt|utc|est|edt|et|pst|pdt|pt|cst|cdt|bst|cet|eet|msk|jst|kst|pkt|wib|sgt|hkt|[+-]\d{1,4}|today|is|edition|print|online|"
    r"mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
ABOVE, BELOW = 14, 3  # blocks above the story, and below it, in which its own dates stand
LONGEST = 160


def is_date_line(words: str) -> bool:
    """Whether a block is a date, a time and their labels, and nothing more."""
    if len(words) > 100:
        return False
    days = days_in(words)
    if not days:
        return False
    rest = words
    for day in reversed(days):
        rest = rest[: day.start] + " " + rest[day.end :]
    return len(re.findall(r"\w", REST_OF_DATE.sub(" ", rest))) <= 3


def date_facts(
    blocks: Sequence[Block], kept: Sequence[int], title: int | None, *, markup: Metadata | None, url: str | None, captured: str | None,
    given: Given | None = None, dateline: Taken | None,
) -> Iterator[DateFact]:  # fmt: skip
    """Give every date of the page; the same fact is given once."""
    found = list(markup.dates) if markup else []
    if given:
        found += _of_source(given)
    if not (markup and markup.url) and url and (in_url := day_in_url(url)):
        found.append(DateFact(kind="published", earliest=in_url[0], latest=in_url[0], basis="url", words=in_url[1]))
    if captured and (day := machine_day(captured)):
        found.append(DateFact(kind="rendered", earliest=day, latest=day, basis="metadata", words=captured))
    found += _printed(blocks, kept, title)
    if dateline:
        found += _of_dateline(dateline, found)
    seen: set[tuple[str, date, date, str]] = set()
    for fact in found:
        key = (fact.kind, fact.earliest, fact.latest, fact.basis)
        if key not in seen:
            seen.add(key)
            yield fact


def _of_source(given: Given) -> Iterator[DateFact]:
    """What stands beside the page where it was found: the day of publication, and the day when an archive fetched it."""
    if given.published:
        words = printed(given.published)
        day = machine_day(words)
        days = [(day, day)] if day else [(d.earliest, d.latest) for d in days_in(words, most=1)]
        for earliest, latest in days:
            if earliest and latest:
                yield DateFact(kind="published", earliest=earliest, latest=latest, basis="source", words=given.published)
    if given.archived and (day := machine_day(given.archived)):
        yield DateFact(kind="rendered", earliest=day, latest=day, basis="source", words=given.archived)


def _printed(blocks: Sequence[Block], kept: Sequence[int], title: int | None) -> Iterator[DateFact]:
    """Dates in blocks of their own: the masthead above the title, the line below it, a label at the story's end."""
    if not kept:
        return
    story = set(kept)
    head = title if title is not None and title <= kept[0] else kept[0]
    for n in [*range(min(len(blocks), kept[0] + 2)), *range(kept[-1] + 1, min(len(blocks), kept[-1] + 1 + BELOW))]:
        words = blocks[n].words
        if n in story or len(words) > LONGEST:
            continue
        near = n > head or kept[0] - n <= ABOVE
        for day in days_in(words):
            kind, basis = _kind(words, day, above_title=n < head, below_title=head < n <= kept[0] + 1, alone=is_date_line(words), near=near)
            if kind and day.earliest and day.latest:
                yield DateFact(kind=kind, earliest=day.earliest, latest=day.latest, basis=basis, words=words[day.start : day.end])


def _kind(words: str, day: Days, *, above_title: bool, below_title: bool, alone: bool, near: bool) -> tuple[DateKind | None, str]:
    """What a printed date is the date of, and where it stands."""
    labels = list(LABELS.finditer(words[: day.start]))
    if labels and near:
        return ("modified" if labels[-1].group("modified") else "published"), "byline"
    if above_title and alone:
        return "rendered", "masthead"
    if below_title and (alone or len(words) <= 80):
        return "published", "byline"
    return None, ""


def _of_dateline(taken: Taken, known: Sequence[DateFact]) -> list[DateFact]:
    """The dateline's day. Its year, when it names none, is the one that the day of publishing leaves; without that there is no fact."""
    facts = []
    for day in taken.days[:1]:
        words = taken.dateline.words[day.start : day.end]
        if day.earliest and day.latest:
            facts.append(DateFact(kind="dateline", earliest=day.earliest, latest=day.latest, basis="dateline", words=words))
        elif span := _years_left(day, known):
            facts.append(DateFact(kind="dateline", earliest=span[0], latest=span[1], basis="dateline", words=words))
    return facts


def _years_left(day: Days, known: Sequence[DateFact]) -> tuple[date, date] | None:
    """A story is written at most a week after its publication's day (time zones, embargoes) and seldom a month before it."""
    published = [f for f in known if f.kind == "published"]
    for fact in published:
        for year in (fact.earliest.year, fact.earliest.year - 1, fact.earliest.year + 1):
            on = calendar_day(year, day.month, day.day)
            if on and fact.earliest - timedelta(days=31) <= on <= fact.latest + timedelta(days=7):
                return on, on
    return None
