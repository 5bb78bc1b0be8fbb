"""The registry as it is asked: what a name can mean, and who held an office on a day.

Takes   the entities of entries.py.
Gives   `Registry`: senses of names, persons by name, holders by office, and a version that changes with the data.
Needs   the standard library.
Limits  says what a name can mean anywhere; which of it an article means is decided where the article is known.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sayso.errors import RegistryError
from sayso.relate.registry.entries import FIRST, LAST, Entity, Loaded, Office, Problem, Tenure, load_files
from sayso.relate.registry.fold import Token, skeleton, words
from sayso.relate.registry.overlap import Match, standing

HERE = Path(__file__).parent
_BETWEEN = " -‐‑–.’'&/\xa0\u202f"
_SIGNS = re.compile(rf"[^\w{re.escape(_BETWEEN)}]")  # stand between words only where the name itself has them: "Ministry of Economy, Trade and Industry"
SHORT = 5  # letters up to which a name with capitals inside it has to be printed so: "US" is no "us", "WHO" no "who", "LeT" no "let"


class Sense(NamedTuple):
    """One thing that a name can mean. how: name, demonym, capital, place, seat, shared."""

    entity: Entity
    how: str


class Hit(NamedTuple):
    """A name of the registry in a text: where it stands, half-open, and what it can mean."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class Held(NamedTuple):
    """A person in an office."""

    person: Entity
    tenure: Tenure


class _Name(NamedTuple):
    """A name as it stands in the registry, and what it can mean.

    case     of its letters, as `_case` gives it, when the name has to be printed so.
    capital  does it begin with one?
    signs    that stand between its words, besides spaces, hyphens and dots.
    """

    case: str
    capital: bool
    signs: str
    senses: tuple[Sense, ...]


class Registry:
    """Everything that is known of who is who. Immutable once made; shared by all threads."""

    def __init__(self, loaded: Loaded, version: str) -> None:
        self.entities = loaded.entities
        self.problems: list[Problem] = loaded.problems
        self.vacant: list[Tenure] = loaded.vacant
        self.version = version
        self._names: dict[tuple[str, ...], list[_Name]] = {}
        self._longest: dict[str, int] = {}
        self._by_family: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self._persons: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self._held: dict[tuple[str, Office], list[Held]] = defaultdict(list)
        self._by_title: dict[str, list[Held]] = defaultdict(list)
        self._states: dict[str, Entity] = {}
        self._index()

    # -- asking ----------------------------------------------------------------------------------------------------

    def state(self, country: str | None) -> Entity | None:
        """The state with this code, of today."""
        return self._states.get(country or "")

    def hits(self, text: str, found: Sequence[Token]) -> list[Hit]:
        """Names of states, organisations, media and what belongs to them, in a text; of several that overlap those that `overlap.py` lets stand."""
        out: list[Hit] = []
        cluster: list[Match] = []
        reach, longest = 0, self._longest
        said = [token.word for token in found]
        for at, word in enumerate(said):
            most = longest.get(word)
            if most is None:
                continue
            if cluster and at >= reach:
                out += _stand(text, cluster)
                cluster = []
            for match in self._matches(text, found, tuple(said[at : at + most]), at):
                cluster.append(match)
                reach = max(reach, match.last)
        return out + _stand(text, cluster)

    def _matches(self, text: str, found: Sequence[Token], said: tuple[str, ...], at: int) -> Iterator[Match]:
        """Every name that begins with the first of these words, which stand at `at`, the longest first."""
        for length in range(len(said), 0, -1):
            last = at + length
            names = self._names.get(said[:length])
            if names is None or _inside_initials(text, found[at].start) or _before_initials(text, found[last - 1]):
                continue
            if length > 1 and not _joined(text, found[at:last]):
                names = [n for n in names if n.signs and _joined(text, found[at:last], n.signs)]
            start, end = found[at].start, found[last - 1].end
            if names and (senses := _fitting(text[start:end], names)):
                yield Match(at, last, start, _whole(text, start, end), length > 1 and found[at].word == "the", senses)

    def senses(self, name: str) -> tuple[Sense, ...]:
        """What a name by itself can mean; persons are asked for by `persons`."""
        return _fitting(name, self._names.get(words(name), []))

    def persons(self, name: str) -> list[Entity]:
        """Persons of this name: the same words in any order, then some of the words with the family name.

        A family name alone finds everybody who bears it.
        """
        asked = words(name)
        if not asked:
            return []
        family = self._by_family.get(asked, [])
        if len(asked) == 1:
            return list(family)
        if exact := self._persons.get(tuple(sorted(asked))) or self._persons.get(_glued(asked)):
            return list(exact)
        near = {e.key: e for w in asked for e in self._by_family.get((w,), ())}
        return list({e.key: e for e in (*family, *(e for e in near.values() if any(_compatible(asked, words(n)) for n, _ in e.aliases)))}.values())

    def persons_that_sound(self, name: str) -> list[Entity]:
        """Persons whose name, or family name, sounds the same in another spelling: `Zelenskiy` for `Zelensky`. More has to speak for them."""
        return list(self._by_skeleton.get(tuple(sorted(skeleton(w) for w in words(name))), ()))

    def holders(self, of: str, offices: Iterable[Office], first: date | None, last: date | None) -> list[Held]:
        """Who held one of these offices on any of the days; without days, who ever did."""
        found = [h for office in offices for h in self._held.get((of, office), ())]
        if first is None and last is None:
            return found
        return [h for h in found if h.tenure.holds_on(first or FIRST, last or LAST)]

    def titled(self, title: str, first: date | None, last: date | None) -> list[Held]:
        """Who bore just this title on any of the days: "unification minister"."""
        return [h for h in self._by_title.get(" ".join(words(title)), ()) if h.tenure.holds_on(first or FIRST, last or LAST)]

    @cached_property
    def _by_skeleton(self) -> dict[tuple[str, ...], list[Entity]]:
        """Persons by the sounds of their names, and of their family names alone; made when first asked for."""
        made: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            if entity.kind == "person":
                names = [*(n for n, _ in entity.aliases if " " in n or "-" in n), *(f.split()[-1] for f in entity.family if f.split())]
                for sounds in dict.fromkeys(tuple(sorted(skeleton(w) for w in words(name))) for name in names):
                    made[sounds].append(entity)
        return made

    # -- making ----------------------------------------------------------------------------------------------------

    def _index(self) -> None:
        senses: dict[tuple[str, ...], dict[tuple[str, bool, str], list[Sense]]] = defaultdict(lambda: defaultdict(list))
        for entity in self.entities.values():
            if entity.kind == "person":
                self._index_person(entity)
                continue
            if entity.kind == "state" and entity.until == LAST and (entity.country not in self._states or entity.key == entity.country):
                self._states[entity.country or ""] = entity
            for name, how in dict.fromkeys((form, how) for alias, how in entity.aliases for form in _forms(alias)):
                key = words(name)
                if key:
                    signs = "".join(sorted(set(_SIGNS.findall(name))))
                    senses[key][_needed_case(name), name[:1].isupper(), signs].append(Sense(entity, how))
        for key, by_case in senses.items():
            self._names[key] = [_Name(*printed, tuple(found)) for printed, found in by_case.items()]
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def _index_person(self, entity: Entity) -> None:
        for name, _ in entity.aliases:
            key = words(name)
            if len(key) == 1:
                _add(self._by_family[key], entity)
            else:
                _add(self._persons[tuple(sorted(key))], entity)
                _add(self._persons[_glued(key)], entity)
        for family in entity.family:
            # "de la Cruz" and "al-Sisi" are also called by their last word.
            if key := words(family):
                _add(self._by_family[key], entity)
                _add(self._by_family[key[-1:]], entity)
        for tenure in entity.tenures:
            self._held[tenure.of, tenure.office].append(Held(entity, tenure))
            self._by_title[" ".join(words(tenure.title))].append(Held(entity, tenure))


def _add(known: list[Entity], entity: Entity) -> None:
    """Once: what is added for one entity comes together."""
    if not known or known[-1] is not entity:
        known.append(entity)


def _forms(name: str) -> tuple[str, ...]:
    """A short name in capitals is also printed with dots."""
    return (name, ".".join(name) + ".") if 1 < len(name) <= 4 and name.isalpha() and name.isupper() else (name,)


def _glued(asked: tuple[str, ...]) -> tuple[str, ...]:
    """`Kim Jong Un` and `Kim Jongun` are the same: one word, and the others as one, in any order."""
    return tuple(sorted((asked[0], "".join(asked[1:]))))


def _compatible(asked: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """`George Bush` for `George W. Bush`, `Donald J. Trump` for `Donald Trump`: one holds the other, initials aside."""
    ours, theirs = ({w for w in name if len(w) > 1} for name in (asked, known))
    return len(ours & theirs) > 1 and (ours <= theirs or theirs <= ours)


def _joined(text: str, found: Sequence[Token], signs: str = "") -> bool:
    """Do only spaces, hyphens and dots stand between the words of a name, and signs that the name itself has?"""
    allowed = _BETWEEN + signs
    for one, other in pairwise(found):
        gap = text[one.end : other.start]
        if len(gap) > 3 or gap.strip(allowed) or "\n" in gap:
            return False
    return True


def _inside_initials(text: str, start: int) -> bool:
    """Does a name begin inside a longer row of initials: the A.A. of "F.A.A."?"""
    return start > 1 and text[start - 1] == "." and text[start - 2].isalpha() and (start < 3 or not text[start - 3].isalpha())


def _before_initials(text: str, last: Token) -> bool:
    """Does a name end in the first letter of others: the A U of "a U.N.-backed court"?"""
    return last.end - last.start == 1 and text[last.end : last.end + 1] == "." and text[last.end + 1 : last.end + 2].isalpha()


def _fitting(printed: str, names: Iterable[_Name]) -> tuple[Sense, ...]:
    begins = printed[:1].isupper()
    return tuple(s for name in names if (begins or not name.capital) and (not name.case or name.case == _case(printed)) for s in name.senses)


def _needed_case(name: str) -> str:
    """The case in which a short name with capitals inside it has to be printed; "" for any other."""
    bare = name.replace(".", "") if len(name) <= 2 * SHORT else ""
    return _case(bare) if len(bare) <= SHORT and any(b.isupper() and a.isalpha() for a, b in pairwise(bare)) else ""


def _case(printed: str) -> str:
    return "".join("A" if c.isupper() else "a" for c in printed if c.isalnum())


def _whole(text: str, start: int, end: int) -> int:
    """The dot that ends `U.S.` belongs to it, and the bracket that ends `CPI (Maoist)`."""
    after = text[end : end + 1]
    return end + ((after == "." and text[end - 2] == "." and end - start > 2) or (after == ")" and "(" in text[start:end]))


def _stand(text: str, cluster: list[Match]) -> list[Hit]:
    return [Hit(m.start, m.end, m.senses) for m in (standing(text, cluster) if len(cluster) > 1 else cluster)]


def shipped_files() -> list[Path]:
    """The files that come with Sayso, in the order in which they are read."""
    return [*sorted(HERE.glob("*.toml")), *sorted((HERE / "holders").glob("*.csv"))]


def registry_of(*more: Path) -> Registry:
    """The shipped registry with the user's files on top of it. Loaded once for the same files, until one of them changes.

    Raises `RegistryError` when one of them is not there.
    """
    if missing := [path for path in more if not path.is_file()]:
        raise RegistryError(f"{missing[0]} is no file. Wanted: a registry file of yours, .toml (states, organisations, media) or .csv (holders of offices).")
    return _registry_of(tuple((path, (at := path.stat()).st_size, at.st_mtime_ns) for path in more))


@lru_cache(4)
def _registry_of(more: tuple[tuple[Path, int, int], ...]) -> Registry:
    """More files with size and time of change, so that a file that was written again is another one."""
    files = [*shipped_files(), *(path for path, *_ in more)]
    seen = hashlib.sha256()
    for path in files:
        if path.is_file():
            seen.update(path.read_bytes())
    return Registry(load_files(files), seen.hexdigest()[:12])
