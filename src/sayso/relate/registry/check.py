"""What is wrong or in doubt in a registry, beyond what one entry shows by itself.

Takes   a loaded `Registry`.
Gives   `Report`: counts, refused entries, contradictions between entries, and how much is unsure.
Needs   the standard library.
Limits  compares the entries with each other only; whether they are true is for their sources.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from sayso.relate.registry.entries import LAST, VACANT, Entity, Problem, Tenure
from sayso.relate.registry.index import Registry

# Offices that one person holds at a time, so that tenures must follow one another.
SINGLE = ("head_of_government", "foreign_minister", "defence_minister")
LONGEST_GAP = timedelta(days=62)


@dataclass(slots=True)
class Report:
    """counts by kind; `problems` were refused, `doubts` are kept but contradict something, `unsure` says its own writer."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    unsure: list[Problem] = field(default_factory=list)


def check(registry: Registry) -> Report:
    """Look at everything once."""
    out = Report(problems=list(registry.problems))
    by_office: dict[tuple[str, str], list[tuple[Tenure, Entity]]] = defaultdict(list)
    for entity in registry.entities.values():
        out.counts[_kind(entity)] += 1
        if entity.kind != "person" and entity.unsure:
            out.unsure.append(Problem(entity.file, entity.line, f"{entity.key}: {entity.unsure}", "a source that settles it"))
        if entity.part_of and entity.part_of not in registry.entities:
            out.doubts.append(Problem(entity.file, entity.line, f"{entity.key} belongs to {entity.part_of!r}, which nobody is", "the key of an entry"))
        if entity.kind != "person" and entity.country and entity.country != "PRE" and registry.state(entity.country) is None and entity.until == LAST:
            out.doubts.append(Problem(entity.file, entity.line, f"{entity.key} has the country {entity.country!r}", "the code of a state"))
        for tenure in entity.tenures:
            out.counts["tenures"] += 1
            by_office[tenure.of, tenure.office].append((tenure, entity))
            if tenure.unsure:
                out.unsure.append(Problem(tenure.file, tenure.line, f"{entity.name}, {tenure.title}: {tenure.unsure}", "a source that settles it"))
    nobody = Entity(key="", name=VACANT, kind="person")
    for tenure in registry.vacant:
        by_office[tenure.of, tenure.office].append((tenure, nobody))
    for (of, office), held in sorted(by_office.items()):
        if office in SINGLE:
            out.doubts += _neighbours(of, sorted(held, key=lambda h: (h[0].start, h[0].end)))
    return out


def _kind(entity: Entity) -> str:
    return entity.detail.split(",")[0] if entity.kind in {"organisation", "medium"} else entity.kind


def _neighbours(of: str, held: list[tuple[Tenure, Entity]]) -> list[Problem]:
    """Gaps and overlaps between tenures of one office that follow one another."""
    found = []
    for (one, before), (other, after) in pairwise(held):
        if VACANT in (before.name, after.name):
            continue
        if one.title.removeprefix("Acting ") != other.title.removeprefix("Acting ") or one.unsure or other.unsure or before is after:
            continue
        slack = timedelta(days=one.end_slack + other.start_slack + 1)  # by which an overlap may be none; a gap can only be longer than it looks
        if one.end != LAST and other.start - one.end > LONGEST_GAP:
            what = f"nobody is {of} {one.title} between {before.name} ({one.end}) and {after.name} ({other.start})"
            found.append(Problem(other.file, other.line, what, "the one between, or a note in unsure"))
        elif one.end - other.start > slack:
            what = f"{before.name} and {after.name} are both {of} {one.title} on {other.start}"
            found.append(Problem(other.file, other.line, what, "tenures that follow one another, or a note in unsure"))
    return found
