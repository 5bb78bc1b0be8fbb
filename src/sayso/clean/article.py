"""A page -> its article: the stage on one screen.

    decode → blocks → title → features → story → datelines, credits, bylines, dates → language

Takes   a `Page` and the settings.
Gives   an `Article`, or raises `CleanError` when there is no story in English on the page.
Needs   lxml and trafilatura for HTML; nothing but the standard library for text, and py3langid for text that is not plainly English.
Limits  one story a page; the longest is `settings.max_chars`.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.clean.blocks import dump_from_text
from sayso.clean.decode import printed, text_from_bytes
from sayso.clean.features import features_of
from sayso.clean.language import check_english
from sayso.clean.segment import scores, story_of
from sayso.clean.story import Story, Told, beyond_doubt, story_told
from sayso.clean.titles import Title, folded, title_of
from sayso.clean.weights import MARKUP, TEXT
from sayso.config import Settings
from sayso.errors import CleanError
from sayso.records import Article, Given, Page


def article_from_page(page: Page, settings: Settings) -> Article:
    """Find the story of a page. Raises `CleanError` when there is none, when it is too long, or when it is not English."""
    story = story_from_page(page, settings)
    check_english(story.paragraphs)
    text = "\n\n".join([*([story.title] if story.title else []), *story.paragraphs])
    if len(text) > settings.max_chars:
        raise CleanError("too long", f"The story has {len(text):,} characters, over max_chars ({settings.max_chars:,}). Split it, or raise the limit.")
    return Article(
        page=page.id,
        title=story.title,
        text=text,
        language="en",
        sections=story.sections,
        byline=story.byline,
        publisher=story.publisher,
        dateline=story.dateline,
        wires=story.wires,
        credits=story.credits,
        dates=story.dates,
        furniture=story.furniture,
    )


def story_from_page(page: Page, settings: Settings) -> Story:
    """Find the story in whatever language. Raises `CleanError` when there is none."""
    told = told_of(page, settings)
    weights = MARKUP if told.markup else TEXT
    keep = story_of(scores(told.described, weights), beyond_doubt(told))
    return story_told(told, keep)


def told_of(page: Page, settings: Settings) -> Told:
    """Everything up to the division of the page, which whoever fits the weights needs too. Raises `CleanError` for what is no page."""
    html = page.media_type == "text/html"
    text = text_from_bytes(page.body, charset=page.charset, html=html)
    if html:
        told = _told_by_markup(text, settings, page.given)
        return replace(told, given=page.given, url=told.url or page.url)
    _check_length(len(text), settings)
    dump = dump_from_text(_with_title(text, page.given))
    title = title_of(dump.blocks)
    described = features_of(dump.blocks, title.at, title.words or "", sure=title.sure)
    return Told(blocks=dump.blocks, described=described, title=title, url=dump.url or page.url, captured=dump.captured, given=page.given)


def _with_title(text: str, given: Given | None) -> str:
    """The text below the title that its source gives it, unless the text begins with that already."""
    if not given or not given.title or text.startswith("WARC/1."):
        return text
    title = printed(" ".join(given.title.split()))
    return text if folded(title) in folded(text[:4000]) else f"{title}\n\n{text}"


def _check_length(length: int, settings: Settings) -> None:
    """A page may hold more than the story that is read of it, but not any amount."""
    most = 4 * settings.max_chars
    if length > most:
        raise CleanError("too long", f"{length:,} characters of text; a page of at most {most:,} was wanted. Split it, or raise max_chars.")


def _told_by_markup(html: str, settings: Settings, given: Given | None) -> Told:
    from sayso.clean.markup import blocks_from_tree, tree_from_html  # noqa: PLC0415  (lxml and what follows: text dumps do without)
    from sayso.clean.metadata import Metadata, metadata_of  # noqa: PLC0415
    from sayso.clean.titles import title_in_markup  # noqa: PLC0415
    from sayso.clean.votes import votes  # noqa: PLC0415

    tree = tree_from_html(html, settings.max_depth)
    if tree is None:
        return Told(blocks=[], described=[], title=Title(copies={}), markup=Metadata())
    metadata = metadata_of(tree)
    blocks = blocks_from_tree(tree)
    _check_length(sum(len(b.words) for b in blocks), settings)
    titles = metadata.titles + ((given.title,) if given and given.title else ())
    title = title_in_markup(blocks, titles, metadata.publisher)
    described = features_of(blocks, title.at, title.words or "", sure=title.sure)
    merged = [found | vote for found, vote in zip(described, votes(tree, blocks, metadata.body), strict=True)]
    return Told(blocks=blocks, described=merged, title=title, markup=metadata, url=metadata.url)


