"""The card of one reading: who said what, through whom and when, for a person at a terminal or a pipe.

Takes   a `Reading` and a width in cells.
Gives   lines of rich `Text`, none wider than asked; their plain text is the card without colour.
Needs   rich; no terminal, clock or model.
Limits  narrower than `NARROWEST` is set at that; from `WIDE` on, speakers stand beside the words instead of above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from rich.text import Text

from sayso.records import Article, Reading, When
from sayso.view.deeds import Deeds
from sayso.view.facts import facts, skipped_phrase, when_phrase
from sayso.view.lines import NARROWEST, flowed, one_line, wrapped
from sayso.view.outline import Told, outline
from sayso.view.said import body, head, hop_pieces
from sayso.view.voices import Voices, Way
from sayso.view.who import who_lines

WIDE = 120
MOST_WAYS = 6
MOST_VOICES = 6

_LABELS = 10
_BESIDE = 40
_STEP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a card is set: `plain` is for pipes and keeps to characters that every pager and mail program shows."""

    width: int = 88
    plain: bool = False
    furniture: bool = False

    @property
    def bar(self) -> str:
        return "> " if self.plain else "▎ "

    @property
    def wide(self) -> bool:
        return self.width >= WIDE and not self.plain


def card(reading: Reading, look: Look) -> list[Text]:
    """Give the lines of the card, without a blank line before or after."""
    look = Look(width=max(look.width, NARROWEST), plain=look.plain, furniture=look.furniture)
    parts = [list(_top(reading, look))]
    if reading.article is not None:
        voices = Voices(reading)
        usual = _usual_when(reading)
        parts.append(list(_say_so(voices, usual, look)))
        parts.append(list(who_lines(reading.actors, look.width)))
        deeds = Deeds(reading)
        parts.append(list(deeds.told(look.width)))
        for told in outline(reading.statements, voices):
            lines_of = list(_statement(told, voices, reading.article, usual, look))
            parts.append([*lines_of, *deeds.under(told.statement.id, look.width, Text(" " * (_STEP * (told.depth + 1))))])
        if look.furniture:
            parts.append(list(_furniture(reading.article, look)))
    parts += [list(_skipped(reading, look)), list(_last(reading, look))]
    lines: list[Text] = []
    for part in filter(None, parts):
        lines += [*([Text()] if lines else []), *part]
    return lines


def _top(reading: Reading, look: Look) -> Iterator[Text]:
    article = reading.article
    title = (article.title or "A page without a title") if article else "Not read"
    lines = wrapped(Text(one_line(title), "bold"), look.width)
    yield from lines
    yield Text(("=" if look.plain else "─") * max(line.cell_len for line in lines), "dim")
    for label, value in facts(reading.page, article):
        yield from wrapped(Text(value), look.width, Text(label.ljust(_LABELS), "dim"))


def _say_so(voices: Voices, usual: When, look: Look) -> Iterator[Text]:
    ways = voices.ways()
    if not ways:
        return
    yield Text("On whose say-so", "bold")
    for way in ways[:MOST_WAYS]:
        yield from _way(way, alone=len(ways) == 1, look=look)
    if len(ways) > MOST_WAYS:
        yield from wrapped(Text(f"and by {len(ways) - MOST_WAYS} more ways, named at their statements", "dim"), look.width, Text("  "))
    if when := when_phrase(usual):
        yield from wrapped(Text(f"said {when}"), look.width, Text("  "))


def _way(way: Way, *, alone: bool, look: Look) -> Iterator[Text]:
    counted = len(way.voices) > 1 or not alone
    voices = way.voices[:MOST_VOICES]
    pieces = [Text.assemble((voice.name, voice.style), (f" {count}" if counted else "", "dim")) for voice, count in voices]
    if len(way.voices) > MOST_VOICES:
        pieces.append(Text(f"{len(way.voices) - MOST_VOICES} more", "dim"))
    for piece in pieces[:-1]:
        piece.append(",", "dim")
    yield from flowed([*pieces, *hop_pieces(way.hops)], look.width, Text("  "), Text("    "))


def _statement(told: Told, voices: Voices, article: Article, usual: When, look: Look) -> Iterator[Text]:
    """Set the head above its words, or beside them on a wide terminal."""
    number = Text(f"{told.number:>2}  ", "dim")
    indent = Text(" " * (_STEP * min(told.depth, (look.width - NARROWEST) // (2 * _STEP))))
    pieces = head(told, voices, article)
    first = Text.assemble(indent, number)
    rest = Text(" " * first.cell_len)
    if not look.wide:
        yield from flowed(pieces, look.width, first, rest)
        words = body(told, voices, article, usual, width=look.width - rest.cell_len, bar=look.bar)
        yield from (Text.assemble(rest, line) for line in words)
        return
    left = flowed(pieces, _BESIDE - 2, first, rest)
    right = body(told, voices, article, usual, width=look.width - _BESIDE - indent.cell_len, bar=look.bar)
    for beside, line in zip_longest(left, right, fillvalue=Text()):
        gap = Text(" " * (_BESIDE + indent.cell_len - beside.cell_len))
        yield Text.assemble(beside, gap, line) if line.plain else beside


def _furniture(article: Article, look: Look) -> Iterator[Text]:
    for dropped in article.furniture:
        said = Text.assemble((one_line(dropped.reason) + ": ", "dim"), one_line(dropped.words))
        yield from wrapped(said, look.width, Text("dropped".ljust(_LABELS), "dim"))


def _skipped(reading: Reading, look: Look) -> Iterator[Text]:
    for skipped in reading.skipped:
        yield from wrapped(Text(skipped_phrase(skipped)), look.width, Text("skipped".ljust(_LABELS), "dim"))


def _last(reading: Reading, look: Look) -> Iterator[Text]:
    if reading.article is None:
        return
    dropped = len(reading.article.furniture)
    counts = [
        _counted(len(reading.statements), "statement"),
        *([_counted(len(reading.events), "event")] if reading.events else []),
        f"{_counted(dropped, 'piece')} of furniture dropped" if dropped else "no furniture dropped",
        f"{len(reading.skipped) or 'nothing'} skipped",
    ]
    pieces = [Text(count if n == 0 else f"· {count}", "dim") for n, count in enumerate(counts)]
    pieces.append(Text(f"· sayso {reading.sayso}, {reading.model}", "dim"))
    yield from flowed(pieces, look.width)
    more = "--json for spans, scores and ids" + ("" if look.furniture else "; --furniture for what was dropped")
    yield from wrapped(Text(f"See more: {more}", "dim"), look.width)


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _usual_when(reading: Reading) -> When:
    """When most statements were said; an empty `When` if no day is shared by half of them."""
    whens = Counter(s.when for s in reading.statements)
    when, count = whens.most_common(1)[0] if whens else (When(), 0)
    return when if 2 * count >= len(reading.statements) else When()
