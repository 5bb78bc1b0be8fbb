"""Who is who on a page: the actors with what is known of them, and on what ground.

Takes   the actors of one `Reading` and a width in cells.
Gives   lines of rich `Text`.
Needs   rich.
Limits  actors of whom neither state nor sector is known are left to their statements; at most `MOST` are set, the others counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from sayso.records import Actor
from sayso.view.lines import DOT, flowed, one_line, wrapped

MOST = 14
# What a state and a sector rest on when it is not the registry.
_GROUNDS = {
    "description": "as the page says",
    "affiliation": "by affiliation",
    "body": "as the body spoken for",
    "article": "as the page mostly speaks of it",
}


def who_lines(actors: Sequence[Actor], width: int) -> Iterator[Text]:
    """One entry an actor: name, office, state and sector, and the ground where it is a conclusion."""
    known = [a for a in actors if a.country or a.sector]
    if not known:
        return
    yield Text("Who is who", "bold")
    names = {a.id: one_line(a.name) for a in actors}
    for actor in known[:MOST]:
        yield from flowed(list(_pieces(actor, names)), width, Text("  "), Text("    "))
    if len(known) > MOST:
        yield from wrapped(Text(f"and {len(known) - MOST} more, in --json", "dim"), width, Text("  "))


def _pieces(actor: Actor, names: dict[str, str]) -> Iterator[Text]:
    yield Text(one_line(actor.name), "bold")
    code = " ".join(filter(None, (actor.country, actor.sector)))
    yield _dotted(code, "")
    if actor.office and actor.office.casefold() not in actor.name.casefold():
        yield _dotted(one_line(actor.office), "")
    if actor.speaks_for and (body := names.get(actor.speaks_for)):
        yield _dotted(f"for {body}", "")
    if actor.count and actor.count > 1:
        yield _dotted(f"{actor.count} persons", "")
    if ground := _GROUNDS.get(actor.basis):
        yield _dotted(ground, "dim")


def _dotted(words: str, style: str) -> Text:
    return Text.assemble((DOT, "dim"), (words, style))
