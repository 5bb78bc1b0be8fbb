"""Whom a statement's words concern: the actors that its content names as acting or acted upon.

Takes   the spans said, the registry's names in the text, the figures.
Gives   keys of figures, in order of the text.
Needs   nothing.
Limits  names only, no pronouns; a place where something happens, and the speaker itself, are not what the words are about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from sayso.records import Span
from sayso.relate.actors import Actors
from sayso.relate.cast import Cast


class About:
    """Who is named where, over one article."""

    def __init__(self, cast: Cast, actors: Actors) -> None:
        self.cast, self.actors = cast, actors
        named = [(n.span, cast.of_entity(n.entity, n.span.start)) for n in cast.known.all if n.use == "actor"]
        persons = [
            (span, key) for key, figure in enumerate(cast.people) if figure.kind == "person" for span, basis in figure.mentions.items() if basis != "pronoun"
        ]
        self._named = sorted(named + persons)
        self._starts = [span.start for span, _ in self._named]

    def of(self, what: Iterable[Span], speaker: int | None) -> list[int]:
        """Whom these words concern. A speaker's own state is left out, for it speaks for itself."""
        own = self.actors.standing(speaker).country if speaker is not None else None
        found: dict[int, None] = {}
        for span in what:
            for at in range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)):
                key = self._named[at][1]
                figure = self.cast.people[key]
                itself = key == speaker or (figure.kind == "state" and own is not None and self.actors.standing(key).country == own)
                if self._named[at][0].end <= span.end and not itself:
                    found.setdefault(key)
        return list(found)
