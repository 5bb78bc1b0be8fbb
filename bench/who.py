"""Who is it, and when was it said?

    python bench/who.py                            own cases: bench/cases/who.txt (tuned on) and who_kept.txt (measured only)
    python bench/who.py FILE.txt... [--errors]     other cases in that format (train/corpus/README.md, with `expect:` lines): who_more.txt, who_new.txt
                                  [--gold-marks]   relate alone, on the writer's own marks: what is left over is what the rules get wrong
    python bench/who.py FILE.jsonl... [--errors]   states and persons in files of the format of corpora/nel

Own cases are read as pages with the date that `expect: written` gives. `who`: of the statements found, how many are given to the right speaker;
`actor`: how many of the expected actors have the right state and sector (and name in the registry); `when`: of the statements found whose day is
expected, how many are given that day, or days within the expected interval; `when_wrong`: given days that cannot be right.
Linked mentions: `state_precision` is the share of our states that stand on a gold mention and are the one it links to, `state_recall` the share of
gold mentions of a state within which we find that state, and the same for the persons whom the registry knows. The last line is JSON, in 0..1.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "train"))

import corpus
import stories

from sayso.clean import article_from_page
from sayso.config import Settings
from sayso.pipeline import Reader
from sayso.records import Actor, Article, DateFact, Marked, Page, Reading, Span, Statement
from sayso.relate import relate
from sayso.relate.registry import registry_of

CASES = Path(__file__).parent / "cases"


def page_of(example: Any) -> Page:
    """A story as a page of a newspaper, with its date where one is expected."""
    written = next((value for what, _, value in example.expect if what == "written"), "")
    paragraphs = example.text.split("\n\n")
    title = paragraphs.pop(0) if example.has_title else ""
    meta = f'<meta property="article:published_time" content="{written}">' if written else ""
    body = "".join(f"<p>{html.escape(p, quote=False)}</p>" for p in paragraphs)
    head = f"<title>{html.escape(title)}</title>{meta}"
    marked = f"<html><head>{head}</head><body><article><h1>{html.escape(title, quote=False)}</h1>{body}</article></body></html>"
    return Page(address=example.id, body=marked.encode(), media_type="text/html", captured="")


def on_gold_marks(example: Any, reader: Reader) -> Reading:
    """The page cleaned as ever and related on its writer's marks: those of a dateline go with it."""
    page = page_of(example)
    article = article_from_page(page, reader.settings)
    marked = stories.marked_from(example)
    shifts: list[tuple[Span, int]] = []  # where a paragraph's kept words lie in the story, and how far they moved
    at = 0
    for paragraph in article.paragraphs():
        at = example.text.index(paragraph.of(article.text), at)
        shifts.append((Span(at, at + paragraph.end - paragraph.start), paragraph.start - at))
    places: dict[int, int] = {}
    marks = []
    for number, mark in enumerate(marked.marks):
        shift = next((by for kept, by in shifts if kept.holds(mark.span)), None)
        if shift is not None:
            places[number] = len(marks)
            marks.append(replace(mark, span=Span(mark.span.start + shift, mark.span.end + shift)))
    arcs = tuple(replace(a, tail=places[a.tail], head=places[a.head]) for a in marked.arcs if a.tail in places and a.head in places)
    related = relate(article, Marked(marks=tuple(marks), arcs=arcs), reader.registry, reader.ontology)
    return Reading(
        sayso="", model="", page=page, article=article, actors=related.actors, statements=related.statements, events=related.events, skipped=related.skipped
    )


def pairs_of(example: Any, reading: Reading) -> list[tuple[stories.Gold, Statement]]:
    """Gold statements and those found for them, as bench/stories.py pairs them."""
    text = reading.article.text if reading.article else ""
    free = [(s, " ".join(w.of(text) for w in s.what)) for s in reading.statements]
    out = []
    for gold in stories.gold_of(example):
        best = max(free, key=lambda one: stories.share(gold.words, one[1]), default=None)
        if best is not None and stories.share(gold.words, best[1]) >= 0.5:
            out.append((gold, best[0]))
            free.remove(best)
    return out


def expected_actors(example: Any) -> Iterator[tuple[str, str | None, str | None, str]]:
    """Name, state, sector and registered name of every expected actor."""
    for what, _, value in example.expect:
        if what == "actor":
            name, _, told = value.rpartition(" = ")
            country, sector, *registered = told.split(" ", 2)
            yield name, None if country == "-" else country, None if sector == "-" else sector, registered[0] if registered else ""


def actor_named(name: str, reading: Reading) -> Actor | None:
    """The actor that the reading calls by this name: the one with these very words first, then one whose name holds them."""
    text = reading.article.text if reading.article else ""
    bare = stories.bare(name)
    for exact in (True, False):
        for actor in reading.actors:
            called = [stories.bare(n) for n in (actor.name, *(m.span.of(text) for m in actor.mentions if m.basis != "pronoun"))]
            if any(bare == c if exact else bool(c) and f" {bare} " in f" {c} " for c in called):
                return actor
    return None


def own_cases(paths: list[Path], *, errors: bool, reader: Reader | None = None, gold_marks: bool = False) -> dict[str, float]:
    """Figures of stories with expectations."""
    reader = reader or Reader(Settings(exact=True))
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for path in paths:
        for example in corpus.read(path):
            reading = on_gold_marks(example, reader) if gold_marks else reader.read(page_of(example))
            named = {name: registered for name, *_, registered in expected_actors(example)}
            whens = {n: value for what, numbers, value in example.expect if what == "when" for n in numbers}
            wanted["found"] += len(stories.gold_of(example))
            for gold, got in pairs_of(example, reading):
                right["found"] += 1
                want = gold.who or gold.source or ""
                called = stories.names_of(reading, got.who.actor if got.who else None)
                ok = any(stories.holds(name, c) for c in called for name in (want, named.get(want, "")) if name)
                _count(right, wanted, "who", ok, errors and f"{example.id} {gold.number}: who: wanted {want!r}, got {called[:2]}")
                if gold.number in whens:
                    first, last = (date.fromisoformat(d) for d in (whens[gold.number].split("..") * 2)[:2])
                    said = f"{got.when.earliest}..{got.when.latest} {got.when.basis} {list(got.when.words)}"
                    inside = got.when.earliest is not None and got.when.latest is not None and first <= got.when.earliest and got.when.latest <= last
                    _count(right, wanted, "when", inside, errors and f"{example.id} {gold.number}: when: wanted {whens[gold.number]}, got {said}")
                    right["when_wrong"] += (got.when.earliest or date.min) > last or (got.when.latest or date.max) < first
                    wanted["when_wrong"] += 1
            for name, country, sector, registered in expected_actors(example):
                actor = actor_named(name, reading) or (actor_named(registered, reading) if registered else None)
                got_at = (actor.country, actor.sector) if actor else ("nobody", "")
                entity = reader.registry.entities.get((actor.registry if actor else None) or "")
                known = not registered or (entity is not None and entity in reader.registry.persons(registered))
                got_as = f"{actor.name!r} {got_at} {actor.basis}" if actor else "nobody"
                said = f"{example.id}: actor {name!r}: wanted {country} {sector} {registered}, got {got_as}"
                _count(right, wanted, "actor", actor is not None and got_at == (country, sector) and known, errors and said)
                _count(right, wanted, "country", actor is not None and actor.country == country)
                _count(right, wanted, "sector", actor is not None and actor.sector == sector)
    return {name: round(right[name] / max(1, wanted[name]), 4) for name in wanted}


def _count(right: Counter[str], wanted: Counter[str], name: str, ok: bool, said: str | bool = False) -> None:
    wanted[name] += 1
    right[name] += ok
    if said and not ok:
        print(said)


def linked(paths: list[Path], *, errors: bool, reader: Reader | None = None) -> dict[str, float]:
    """States and persons against gold links."""
    reader, registry = reader or Reader(Settings(exact=True)), registry_of()
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            gold = {(m["start"], m["end"]): title for m in row["mentions"] if (title := _title(m.get("dbpedia") or m.get("wikipedia")))}
            ours = _resolved(reader, row["text"], row.get("date"))
            for span, title in gold.items():
                states = {s.entity.key for s in registry.senses(title) if s.entity.kind == "state" and s.how == "name"}
                persons = {e.key for e in registry.persons(title)} if " " in title else set()
                for kind, keys in (("state", states), ("person", persons)):
                    if keys:
                        wanted[kind] += 1
                        right[kind + " found"] += any(key in keys and span[0] <= s[0] and s[1] <= span[1] for s, (_, key) in ours.items())
                if span in ours:
                    kind, key = ours[span]
                    given[kind] += 1
                    ok = key in states | persons
                    right[kind] += ok
                    if errors and not ok:
                        print(f"{row['id']}: {row['text'][slice(*span)]!r} links to {title!r}, got {key}")
    figures = {}
    for kind in ("state", "person"):
        figures[f"{kind}_precision"] = right[kind] / max(1, given[kind])
        figures[f"{kind}_recall"] = right[f"{kind} found"] / max(1, wanted[kind])
    return {name: round(value, 4) for name, value in figures.items()}


def _title(link: str | None) -> str:
    title = unquote((link or "").rsplit("/", 1)[-1]).replace("_", " ")
    return re.sub(r"\s*\(.*?\)$", "", title)


def _resolved(reader: Reader, text: str, day: str | None) -> dict[tuple[int, int], tuple[str, str]]:
    """Span of every mention by name -> kind and key in the registry. The text is taken as it is, so that spans are the gold's."""
    on = date.fromisoformat(day) if day and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    dates = (DateFact(kind="published", earliest=on, latest=on, basis="metadata", words=""),) if on else ()
    # Paragraphs of these files are single lines; blank lines keep their length.
    article = Article(page="nel", title=None, text=text, language="en", dates=dates)
    actors, *_ = relate(article, reader.marker.mark(text), reader.registry, reader.ontology)
    kinds = {"state": "state", "person": "person"}
    return {
        tuple(m.span): (kinds[a.kind], a.registry)
        for a in actors
        if a.registry and a.kind in kinds
        for m in a.mentions
        if m.basis in {"name", "surname", "article"}
    }


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    errors = "--errors" in arguments
    reader, gold_marks = Reader(Settings(exact=True)), "--gold-marks" in arguments
    figures: dict[str, float] = {}
    if not paths:
        for name in ("who", "who_kept"):
            figures |= {f"{name}.{k}": v for k, v in own_cases([CASES / f"{name}.txt"], errors=errors, reader=reader, gold_marks=gold_marks).items()}
    if cases := [p for p in paths if p.suffix == ".txt"]:
        figures |= own_cases(cases, errors=errors, reader=reader, gold_marks=gold_marks)
    if links := [p for p in paths if p.suffix == ".jsonl"]:
        figures |= linked(links, errors=errors, reader=reader)
    for name, value in figures.items():
        print(f"{name:24}{value:8.3f}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
