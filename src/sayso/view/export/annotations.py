"""W3C Web Annotation: one AnnotationPage (JSON-LD) with an annotation for each statement and each event.

Takes   statements and events.
Gives   `{"@context": …, "type": "AnnotationPage", "items": […]}`, written as it comes; valid with no items at all.
Limits  quotations and positions are of the article's clean text, not of the page's HTML: a quotation with what stands before and behind it is found
        on the page as well, a position only in Sayso's text. Positions are code points, as the standard wants.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from sayso.records import Actor, Span
from sayso.view.export.columns import Column, known, line_of
from sayso.view.export.context import Context, Deed, Said
from sayso.view.export.part import Part

AROUND = 32  # code points given before and behind a quotation, enough to tell it from its like
_HEAD = b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [\n'


def _target(context: Context, span: Span) -> dict[str, Any]:
    before, behind = Span(max(0, span.start - AROUND), span.start), Span(span.end, span.end + AROUND)
    quoted = {"type": "TextQuoteSelector", "exact": span.of(context.text), "prefix": before.of(context.text), "suffix": behind.of(context.text)}
    return {"source": context.iri, "selector": [quoted, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]}


def _named(actors: Sequence[Actor]) -> str:
    return ", ".join(f"{a.name} ({code})" if (code := a.cameo or a.country) else a.name for a in actors)


def _statement(said: Said) -> tuple[str, list[str], Sequence[Span], list[Actor]]:
    context, statement = said.context, said.statement
    who = context.named([statement.who.actor] if statement.who and statement.who.actor else [])
    speaker = _named(who) or (statement.who.words if statement.who else "") or "nobody named"
    cue = f" · {statement.cue.words}" if statement.cue else ""
    return f"{speaker}{cue}", ["statement", statement.form, statement.force], statement.what, who


def _event(deed: Deed) -> tuple[str, list[str], Sequence[Span], list[Actor]]:
    context, event = deed.context, deed.event
    doing = " → ".join(filter(None, (_named(deed.sources), _named(deed.targets)))) or "nobody named"
    words = context.claimant_of(event)
    claimant = context.named([words.actor] if words and words.actor else [])
    whose = f", says {_named(claimant) or words.words}" if words else ""
    tags = ["event", event.type, *([event.mode] if event.mode else []), event.standing, *(["past"] if event.past else [])]
    return f"{event.type}: {doing} ({event.standing}{whose})", tags, (event.trigger, *event.mentions), [*deed.sources, *deed.targets]


def annotation(item: Said | Deed) -> dict[str, Any]:
    described, tags, spans, actors = _statement(item) if isinstance(item, Said) else _event(item)
    one: Any = item.statement if isinstance(item, Said) else item.event
    bodies = [{"type": "TextualBody", "purpose": "describing", "value": described, "format": "text/plain", "language": "en"}]
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    entities = dict.fromkeys(actor.wikidata for actor in actors if actor.wikidata)
    bodies += [{"type": "SpecificResource", "purpose": "identifying", "source": f"http://www.wikidata.org/entity/{id_}"} for id_ in entities]
    reading = item.context.reading
    return {
        "id": f"urn:sayso:{one.id}", "type": "Annotation",
        "motivation": ["describing", "identifying", "tagging"] if entities else ["describing", "tagging"],
        "generator": {"id": f"urn:sayso:{reading.sayso}:{reading.model}", "type": "Software", "name": f"sayso {reading.sayso}, {reading.model}"},
        "body": bodies, "target": [_target(item.context, span) for span in spans],
    }  # fmt: skip


class AnnotationPage:
    def __init__(self, out: BinaryIO) -> None:
        self.out, self.first = out, True
        out.write(_HEAD)

    def add(self, item: Any) -> int:
        line = line_of("the annotation", annotation(item))
        self.out.write(line.removesuffix(b"\n") if self.first else b",\n" + line.removesuffix(b"\n"))
        self.first = False
        return 1

    def close(self) -> None:
        self.out.write(b"]}\n" if self.first else b"\n]}\n")


def _key(name: str) -> Any:
    return lambda item: annotation(item)[name]


FIELDS: tuple[Column, ...] = (
    known("id", "text", "`urn:sayso:` and the id of the statement or event", _key("id")),
    known("type", "text", "`Annotation`", _key("type")),
    known("motivation", "texts", "`describing`, `tagging`; `identifying` where Wikidata's id of an actor is known", _key("motivation")),
    known("generator", "object", "versions of code and model that read the page", _key("generator")),
    known("body", "objects", "in one line who said or did it; tags: `statement`, form and force, or `event`, type, mode, standing, `past`; Wikidata's entities",
          _key("body")),
    known("target", "objects", "one for each stretch of words: `source` is the page's URL or address, with a TextQuoteSelector and a TextPositionSelector",
          _key("target")),
)  # fmt: skip

PARTS = (Part(name="annotations", takes=(Said, Deed), open=AnnotationPage, columns=FIELDS, header=False),)
