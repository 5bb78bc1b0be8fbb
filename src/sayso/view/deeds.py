"""Events on the card: beneath the statements that make them, and by themselves where the article tells them in its own voice.

Takes   the events and actors of one `Reading`.
Gives   lines of rich `Text`, none wider than asked.
Needs   rich.
Limits  what is claimed, denied, wanted or only possible is never set like what is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from sayso.records import Actor, Event, Reading, Span
from sayso.view.facts import when_phrase
from sayso.view.lines import DOT, flowed, one_line

# Only what the article says in its own voice stands upright and bold.
_STYLES = {"reported": "bold", "claimed": "italic", "denied": "italic", "announced": "italic", "demanded": "italic", "possible": "italic dim"}


class Deeds:
    """The events of one reading, by the statement that makes them."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.article.text if reading.article else ""
        self.actors = {a.id: a for a in reading.actors}
        self.of_statement: dict[str, list[Event]] = {}
        self.own: list[Event] = []
        known = {s.id for s in reading.statements}
        # An act of saying is shown by the statement itself.
        self.cues = {s.cue.span if s.cue else None for s in reading.statements} | set(_openings(reading))
        for event in reading.events:
            if event.statement in known:
                self.of_statement.setdefault(event.statement or "", []).append(event)
            else:
                self.own.append(event)

    def under(self, statement: str, width: int, indent: Text) -> Iterator[Text]:
        """Lines for the events of one statement: the act that it is, and what it claims."""
        for event in self.of_statement.get(statement, ()):
            yield from flowed(list(self._pieces(event)), width, Text.assemble(indent, ("event ", "dim")), Text.assemble(indent, "      "))

    def told(self, width: int) -> Iterator[Text]:
        """The section of events that the article tells in its own voice."""
        if not self.own:
            return
        yield Text("What the page says happened", "bold")
        for event in self.own:
            yield from flowed(list(self._pieces(event, day=True)), width, Text("  "), Text("    "))

    def _pieces(self, event: Event, *, day: bool = False) -> Iterator[Text]:
        style = _STYLES[event.standing]
        yield Text(f"{event.standing}{', long ago' if event.past else ''}", style)
        yield _dotted(event.type + (f" {event.mode}" if event.mode else ""), style)
        yield Text.assemble((DOT, "dim"), self._names(event.source), (" → " if event.target else "", "dim"), self._names(event.target) if event.target else "")
        if event.trigger not in self.cues:
            yield _dotted(f"“{one_line(event.trigger.of(self.text))}”", "dim")
        if event.where is not None:
            yield _dotted(f"in {one_line(event.where.name)}", "")
        if day and (when := when_phrase(event.when)):
            yield _dotted(when, "")
        if event.denies:
            yield _dotted("denies what is told elsewhere", "dim")

    def _names(self, ids: Sequence[str]) -> str:
        return ", ".join(_short(self.actors[i]) for i in ids if i in self.actors) or "somebody"


def _openings(reading: Reading) -> Iterator[Span]:
    """First words of statements without a cue, where their acts are seated."""
    for statement in reading.statements:
        if statement.cue is None and statement.what:
            yield from (e.trigger for e in reading.events if e.statement == statement.id and e.trigger.start == statement.what[0].start)


def _short(actor: Actor) -> str:
    """A name with its state where that is another than the name: `Im Chon-il (PRK)`."""
    return one_line(actor.name) + (f" ({actor.country})" if actor.country and actor.kind != "state" else "")


def _dotted(words: str, style: str) -> Text:
    return Text.assemble((DOT, "dim"), (words, style))
