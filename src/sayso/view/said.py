"""One statement -> who said it and what, so set that the words cannot be taken for the page's own.

Takes   a `Told` (a `Statement` with its place on the card), the `Voices` of its reading, the article.
Gives   the pieces of its head (speaker, cue, form, force) and the lines beneath, the words led by a bar.
Needs   rich.
Limits  a score under `GUESS_BELOW` makes the whole statement a guess: dimmed, and called one in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.text import Text

from sayso.records import Actor, Article, Span, Statement, When
from sayso.view.facts import when_phrase
from sayso.view.lines import DOT, flowed, one_line, visible, wrapped
from sayso.view.outline import Told
from sayso.view.voices import Voice, Voices

# Under this, another reading of who said what is almost as likely.
GUESS_BELOW = 0.6

_OPENING = "“‘„«‹\"'"
_CLOSING = "”’“»›\"'"


def head(told: Told, voices: Voices, article: Article) -> list[Text]:
    """Give `he`, `= Im Chon-il`, `· went on to say`, `· mixed`: the pieces that a line may break between."""
    statement = told.statement
    guess = statement.score < GUESS_BELOW
    voice = voices.of(statement)
    pieces = list(_speaker(told, voice, "dim" if guess else f"bold {voice.style}"))
    if statement.cue is not None:
        pieces.append(_dotted(one_line(statement.cue.words), "italic"))
    elif told.continues is not None:
        pieces.append(_dotted(f"continues {told.continues}", "italic"))
    pieces += [_dotted(tag, "dim") for tag in _tags(told, voices, article)]
    if guess:
        pieces.append(_dotted(f"a guess ({statement.score:.2f})", "bold"))
    return pieces


def body(told: Told, voices: Voices, article: Article, usual: When, *, width: int, bar: str) -> list[Text]:
    """Give the words behind `bar`, then what sets this statement apart from the others: its way, its day."""
    statement = told.statement
    style = voices.of(statement).style
    guess = statement.score < GUESS_BELOW
    words = _words(statement, article.text, verbatim="dim" if guess else style, own="dim" if guess else "")
    edge = Text(bar, style)
    lines: list[Text] = []
    for paragraph in words.split("\n\n", allow_blank=True):
        lines += wrapped(paragraph, width, edge, edge)
    for label, pieces in _asides(told, voices, usual):
        lines += flowed(pieces, width, Text(f"{label} ", "dim"))
    return lines


def _dotted(words: str, style: str) -> Text:
    return Text.assemble((DOT, "dim"), (words, style))


def hop_pieces(hops: tuple[str, ...]) -> list[Text]:
    """Give each hop with the arrow that leads to it; a line may break between them, not inside."""
    return [Text.assemble(("→ ", "dim"), hop) for hop in hops]


def _speaker(told: Told, voice: Voice, style: str) -> Iterator[Text]:
    who = told.statement.who
    printed = one_line(who.words) if who and told.statement.cue else ""
    yield Text(printed or voice.name, style)
    if printed and voice.name.casefold() not in printed.casefold():
        yield Text.assemble(("= ", "dim"), (voice.name, style))
    if told.introduces and voice.actor and (known := _known_of(voice.actor)):
        yield Text(f"({known})", "dim")


def _known_of(actor: Actor) -> str:
    """`Vice Foreign Minister, PRK`: what is known of an actor beside the name."""
    office = actor.office if actor.office and actor.office.casefold() not in actor.name.casefold() else None
    return one_line(", ".join(part for part in (office, actor.country) if part))


def _tags(told: Told, voices: Voices, article: Article) -> Iterator[str]:
    statement = told.statement
    if told.within is not None:
        yield f"as told in {told.within}"
    if article.title and statement.what and statement.what[0].end <= len(article.title):
        yield "title"
    yield statement.form
    if statement.force != "neutral":
        yield statement.force
    if about := [one_line(voices.actors[a].name) for a in statement.about if a in voices.actors]:
        yield f"about {', '.join(about)}"


def _asides(told: Told, voices: Voices, usual: When) -> Iterator[tuple[str, list[Text]]]:
    statement = told.statement
    hops = voices.hops(statement.through)
    if hops != voices.usual_way(statement) and (told.within is None or statement.through):
        yield "through", hop_pieces(hops)
    if statement.when != usual and (when := when_phrase(statement.when)):
        yield "said", [Text(word) for word in when.split()]


def _words(statement: Statement, text: str, *, verbatim: str, own: str) -> Text:
    """Give the spans of `what`, `…` where the article parts them; quotations and their marks in `verbatim`, the rest in `own`."""
    quoted = [_with_marks(q, text) for q in statement.quoted]
    # Verbatim words never stand without the marks that say so, even where `what` leaves these out.
    starts = {bare.start: q.start for bare, q in zip(statement.quoted, quoted, strict=True)}
    ends = {bare.end: q.end for bare, q in zip(statement.quoted, quoted, strict=True)}
    said = Text()
    for n, what in enumerate(statement.what):
        said.append(" … " if n else "", "dim")
        part = Span(starts.get(what.start, what.start), ends.get(what.end, what.end))
        cuts = sorted({*part, *(min(max(edge, part.start), part.end) for q in quoted for edge in q)})
        for start, end in pairwise(cuts):
            said.append(visible(text[start:end]), verbatim if any(q.start <= start and end <= q.end for q in quoted) else own)
    return said


def _with_marks(span: Span, text: str) -> Span:
    """Take in the quotation marks just outside."""
    opens = span.start > 0 and text[span.start - 1] in _OPENING
    closes = span.end < len(text) and text[span.end] in _CLOSING
    return Span(span.start - opens, span.end + closes)
