"""What was found on a page -> the story and its data.

Takes   the blocks, the title, and which blocks the segmentation keeps.
Gives   a `Story`: title, paragraphs, byline, dateline, credits, dates, and every block left out with the reason.
Needs   the standard library.
Limits  every block of a page of text ends as a paragraph, as furniture, or as a credit: nothing vanishes. Of HTML, furniture is listed from the
        title to a little below the story; the menus around it are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.clean.blocks import Block
from sayso.clean.credits import agencies_in, byline_of, is_credit, signed_agency, tail_agency_taken, tail_credit_taken
from sayso.clean.datelines import Taken, dateline_taken
from sayso.clean.facts import date_facts, is_date_line
from sayso.clean.features import Features, look_at
from sayso.clean.metadata import Metadata
from sayso.clean.phrases import REASONS
from sayso.clean.reasons import NOT_STORY, Reasons, copyright_holder
from sayso.clean.titles import Title, folded
from sayso.errors import CleanError
from sayso.records import DateFact, Dateline, Furniture, Given

TITLE, CREDIT = "the title", "credit"  # in the record under their own names
ENOUGH = 40  # words of prose
NEAR_END = 12  # blocks below an HTML story in which its own furniture still stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a page tells of itself before it is divided. markup is None for a text dump; given is what its source says beside it."""

    blocks: list[Block]
    described: list[Features]
    title: Title
    markup: Metadata | None = None
    url: str | None = None
    captured: str | None = None
    given: Given | None = None


@dataclass(slots=True, kw_only=True)
class Story:
    """The story in whatever language, before it becomes an `Article`."""

    title: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    sections: tuple[str, ...] = ()
    byline: str | None = None
    publisher: str | None = None
    dateline: Dateline | None = None
    wires: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    dates: tuple[DateFact, ...] = ()
    furniture: tuple[Furniture, ...] = ()


@dataclass(slots=True)
class _Draft:
    """The blocks on their way: the reason for which each is dropped, or None while it is story."""

    told: Told
    reasons: list[str | None]
    credits: list[str] = field(default_factory=list)
    wires: list[str] = field(default_factory=list)
    byline: str | None = None

    @property
    def kept(self) -> list[int]:
        return [n for n, reason in enumerate(self.reasons) if reason is None]


def beyond_doubt(told: Told) -> list[bool]:
    """Blocks that are furniture wherever the story lies: sure phrases, and whatever stands above a title that is sure and has a story below it."""
    looks = [look_at(b) for b in told.blocks]
    at = min([told.title.at, *(n for n in told.title.copies if n > 2)]) if told.title.at is not None and told.title.sure else None
    below = sum(look.prose for look in looks[at:]) if at is not None else 0.0
    first = at if at is not None and below >= max(ENOUGH, 0.15 * sum(look.prose for look in looks)) else 0
    return [n < first or look.sure is not None for n, look in enumerate(looks)]


def story_told(told: Told, keep: Sequence[bool]) -> Story:
    """Put the story together. Raises `CleanError` when no block of it reads like one."""
    draft = _Draft(told, [None if k else NOT_STORY for k in keep])
    _take_the_top(draft)
    _go_on_to_the_end(draft)
    _drop_repeated_titles(draft)
    _drop_repeats(draft)
    _take_credits(draft)
    _take_bylines(draft)
    _drop_edges(draft)
    paragraphs = [told.blocks[n].words for n in draft.kept]
    if not any(look_at(told.blocks[n]).prose for n in draft.kept) and not _is_story_without_prose(told, draft):
        raise CleanError("no story", _no_story(told))
    story = Story(title=told.title.words, paragraphs=paragraphs)
    dateline = _take_dateline(story)
    _take_tails(story, draft)
    story.dates = tuple(
        date_facts(told.blocks, draft.kept, told.title.at, markup=told.markup, url=told.url, captured=told.captured, given=told.given, dateline=dateline)
    )
    markup = told.markup or Metadata()
    story.sections = told.title.sections or markup.sections
    story.byline = draft.byline or markup.byline
    given = told.given.publisher if told.given else None
    story.publisher = markup.publisher or given or told.title.publisher or copyright_holder(told.blocks)
    story.credits, story.wires = tuple(dict.fromkeys(draft.credits)), tuple(dict.fromkeys(draft.wires))
    story.furniture = tuple(_furniture(draft))
    return story


def _is_story_without_prose(told: Told, draft: _Draft) -> bool:
    """A story of one short sentence, or in a language that is written without spaces, still is one."""
    longest = max((told.blocks[n].words for n in draft.kept), key=len, default="")
    sentence = longest[-1:] in (".", "!", "?", "”", '"', "。", "…") or len(longest) >= 120
    return (sentence and len(longest) >= 30 and len(longest.split()) >= 6) or _is_unspaced(longest)


def _is_unspaced(words: str) -> bool:
    return len(words) >= 40 and words.count(" ") < len(words) / 20


def _no_story(told: Told) -> str:
    if not told.blocks:
        return "The page has no words to read. Check how it was saved: a page drawn by scripts must be saved as the browser shows it."
    return f"{len(told.blocks)} pieces of text and none that reads like a story: a menu, a list or a form. Pass the article's own page."


TOP = 3


def _take_the_top(draft: _Draft) -> None:
    """A text that has hardly anything above its story was saved without furniture: what stands there is a headline, a standfirst, a lead-in."""
    kept, title = draft.kept, draft.told.title
    if draft.told.markup is not None or not kept or not 0 < kept[0] <= TOP:
        return
    for n in range(kept[0]):
        block = draft.told.blocks[n]
        look = look_at(block)
        below_title = bool(look.prose) or title.at is None or n > title.at
        if below_title and n not in (title.at, *title.copies) and look.length >= 3 and not (look.sure or look.likely or is_date_line(block.words)):
            draft.reasons[n] = None


def _go_on_to_the_end(draft: _Draft) -> None:
    """Prose that goes straight on behind what was kept, or leads straight to it from the title, belongs to it: no sentence is lost at the edges."""
    kept = draft.kept
    if not kept:
        return
    title = draft.told.title.at
    for n in range(kept[-1] + 1, len(draft.reasons)):
        if not _goes_on(draft, n, kept[-1]):
            break
        draft.reasons[n] = None
    if title is not None and title < kept[0]:
        for n in range(kept[0] - 1, title, -1):
            if not _goes_on(draft, n, kept[0]):
                break
            draft.reasons[n] = None


def _goes_on(draft: _Draft, n: int, beside: int) -> bool:
    """Plain prose, printed by the same kind of element in the same part of the page as its neighbour."""
    block, other = draft.told.blocks[n], draft.told.blocks[beside]
    look = look_at(block)
    same = block.tag == other.tag and block.hints == other.hints and block.links < 0.3
    return bool(look.prose) and not look.likely and same


def _drop_repeated_titles(draft: _Draft) -> None:
    """The title is kept once, at the head of the text."""
    title = draft.told.title
    for n, reason in title.copies.items():
        draft.reasons[n] = reason
    mine = folded(title.words or "")
    for n in draft.kept:
        if mine and folded(draft.told.blocks[n].words) == mine:
            draft.reasons[n] = "title, a second time"
    if title.at is not None:
        draft.reasons[title.at] = TITLE if draft.told.blocks[title.at].words == title.words else "title with the site's name"


OF_SEVERAL = re.compile(r"^\d{1,3} ?(?:of|/) ?\d{1,3} ?")
LONG = 80


def _drop_repeats(draft: _Draft) -> None:
    """A long block that the page prints again: side by side it is a picture's caption in a viewer; elsewhere one of the copies may be story."""
    copies: dict[str, list[int]] = {}
    for n, block in enumerate(draft.told.blocks):
        if len(block.words) >= LONG:
            copies.setdefault(OF_SEVERAL.sub("", folded(block.words)), []).append(n)
    kept = set(draft.kept)
    for places in copies.values():
        mine = [n for n in places if n in kept]
        if not mine or len(places) == 1:
            continue
        side_by_side = any(b - a <= 2 for a, b in pairwise(places))
        for n in mine if side_by_side else mine[1:]:
            draft.reasons[n] = "printed more than once"


def _take_credits(draft: _Draft) -> None:
    """Blocks that only say who else worked on the story; below its last sentence also those that the segmentation left out."""
    kept = draft.kept
    if not kept:
        return
    for n in range(kept[0], min(len(draft.reasons), kept[-1] + 5)):
        words = draft.told.blocks[n].words
        agency = signed_agency(words)
        if not agency and not is_credit(words):
            continue
        if agency and n <= kept[0] and draft.told.title.at is not None and byline_of(words):
            continue
        draft.reasons[n] = CREDIT
        draft.credits.append(words)
        draft.wires += agencies_in(words) if not agency or "agencies" in agency.lower() else [agency]


def _take_bylines(draft: _Draft) -> None:
    """The byline stands between the title and the story, or at the head or the foot of what was kept."""
    kept = draft.kept
    if not kept:
        return
    title = draft.told.title.at
    first = title if title is not None and title < kept[0] else max(0, kept[0] - 6)
    places = [*range(first, min(len(draft.reasons), kept[0] + 3)), *kept[-2:]]
    for n in places:
        if n == title:
            continue
        name = byline_of(draft.told.blocks[n].words)
        if name and "title" not in (draft.reasons[n] or ""):
            draft.byline = draft.byline or name
            draft.reasons[n] = "byline"


def _drop_edges(draft: _Draft) -> None:
    """Dates and furniture phrases at the head of what was kept, and lines that only point elsewhere anywhere in it."""
    blocks = draft.told.blocks
    for n in draft.kept:
        look = look_at(blocks[n])
        if look.sure:
            draft.reasons[n] = REASONS[look.sure]
        elif look.length < 30 and ":" in blocks[n].words[:24] and (pointing := {"related", "tags"} & set(look.likely)):
            draft.reasons[n] = REASONS[pointing.pop()]
    for n in reversed(draft.kept):
        look = look_at(blocks[n])
        if look.prose or not look.likely:
            break
        draft.reasons[n] = REASONS[look.likely[0]]
    for n in draft.kept[:4]:
        if is_date_line(blocks[n].words):
            draft.reasons[n] = "date line"
        elif look_at(blocks[n]).prose:
            break


def _take_dateline(story: Story) -> Taken | None:
    """Take the dateline off the first paragraph that has one: the first, or one after a standfirst."""
    for n, paragraph in enumerate(story.paragraphs[:3]):
        rest = " ".join([*story.paragraphs[:n], *story.paragraphs[n + 1 : n + 40]])
        taken = dateline_taken(paragraph, elsewhere=f"{paragraph[40:]} {rest}" if n == 0 else "")
        if taken:
            story.dateline = taken.dateline
            story.paragraphs[n] = taken.rest
            return taken
    return None


def _take_tails(story: Story, draft: _Draft) -> None:
    """Signatures at the end of the last paragraphs: "(Reuters)", "(Reporting by ...)"."""
    for n in range(max(0, len(story.paragraphs) - 2), len(story.paragraphs)):
        for taken in (tail_credit_taken(story.paragraphs[n]), tail_agency_taken(story.paragraphs[n])):
            if taken:
                story.paragraphs[n] = taken[0]
                draft.credits.append(taken[1])
                draft.wires += taken[2]


def _furniture(draft: _Draft) -> list[Furniture]:
    """Every block that is not in the text, with the best reason that can be given."""
    blocks, kept = draft.told.blocks, draft.kept
    first, last = 0, len(blocks)
    if draft.told.markup is not None and kept:
        title = draft.told.title.at
        first, last = min(kept[0], title if title is not None else kept[0]), kept[-1] + NEAR_END
    head = draft.told.title.at
    start = kept[0] if kept else 0
    seen = Reasons(title=head if head is not None else start, first=start, last=kept[-1] if kept else 0)
    found = []
    for n in range(first, min(last, len(blocks))):
        reason = draft.reasons[n]
        if reason is None or reason in (TITLE, CREDIT):
            continue
        found.append(Furniture(words=blocks[n].words, reason=seen.reason(n, blocks[n], reason)))
    return found
