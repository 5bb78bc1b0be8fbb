"""Statements and events from their JSON, and with one field of it changed.

Takes   the shapes that `to_dict` gives.
Gives   the same records again; every value is checked.
Limits  spans are what counts: `words` beside a span are read off the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, get_args

from sayso.errors import CorrectionError
from sayso.records import Event, Force, Form, Place, PlaceBasis, Relay, RelayRole, Size, SizeKind, Span, Standing, Statement, When, Words

T = TypeVar("T")


def statement_record(statement: Statement) -> dict[str, Any]:
    """The JSON of a statement, whole: `to_dict` rounds scores."""
    return statement.to_dict("") | {"score": statement.score}


def event_record(event: Event) -> dict[str, Any]:
    return event.to_dict("") | {"score": event.score}


def with_value(record: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Give `record` with the value at a dotted path changed: `force`, `who.actor`, `when.earliest`."""
    name, _, rest = path.partition(".")
    if name not in record or name == "id":
        raise CorrectionError(f"there is no field {name!r} to change. There are {', '.join(n for n in record if n != 'id')}.")
    if not rest:
        return dict(record) | {name: value}
    if not isinstance(record[name], Mapping):
        raise CorrectionError(f"{name!r} holds nothing with a field {rest!r}: it is {record[name]!r}. Change the whole of {name!r}.")
    return dict(record) | {name: with_value(record[name], rest, value)}


def value_at(record: Mapping[str, Any], path: str) -> Any:
    value: Any = record
    for name in path.split("."):
        value = value[name]
    return value


def statement_from(record: Mapping[str, Any], text: str | None = None) -> Statement:
    """Make the statement that `record` describes; spans are checked against `text` when it is given. Raises `CorrectionError`."""
    read = _Read(record, text)
    return Statement(
        id=read.value("id", str), form=read.choice("form", Form), force=read.choice("force", Force), who=read.each("who", read.words),
        cue=read.each("cue", read.words), what=read.spans("what"), quoted=read.spans("quoted"), about=read.texts("about"), within=read.text_or_none("within"),
        through=tuple(read.relay(r) for r in read.value("through", list)), when=read.when("when"), score=read.number("score"),
    )  # fmt: skip


def event_from(record: Mapping[str, Any], text: str | None = None) -> Event:
    """Make the event that `record` describes. Raises `CorrectionError`."""
    read = _Read(record, text)
    return Event(
        id=read.value("id", str), type=read.value("type", str), mode=read.text_or_none("mode"), contexts=read.texts("contexts"),
        cameo=read.value("cameo", str), quad=read.value("quad", int), goldstein=read.number("goldstein"), scale=read.number("scale"),
        trigger=read.span(record["trigger"]["span"]), mentions=read.spans("mentions"), source=read.texts("source"), target=read.texts("target"),
        standing=read.choice("standing", Standing), past=read.value("past", bool), statement=read.text_or_none("statement"),
        denies=read.text_or_none("denies"), when=read.when("when"), where=read.each("where", read.place),
        sizes=tuple(read.size(s) for s in read.value("sizes", list)), score=read.number("score"),
    )  # fmt: skip


class _Read:
    """Reads the fields of one record; what does not fit is named with its value."""

    def __init__(self, record: Mapping[str, Any], text: str | None) -> None:
        self.record, self.text = record, text

    def value(self, name: str, kind: type[T]) -> T:
        value = self.record[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise CorrectionError(f"{name} is {value!r}; it has to be of type {kind.__name__}.")
        return value

    def number(self, name: str) -> float:
        value = self.record[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CorrectionError(f"{name} is {value!r}; it has to be a number.")
        return float(value)

    def text_or_none(self, name: str) -> str | None:
        return None if self.record[name] is None else self.value(name, str)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.record[name]
        if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
            raise CorrectionError(f"{name} is {values!r}; it has to be a list of texts.")
        return tuple(values)

    def choice(self, name: str, choices: Any) -> Any:
        return _choice(name, self.record[name], choices)

    def each(self, name: str, made: Callable[[Any], T]) -> T | None:
        return None if self.record[name] is None else _made(name, self.record[name], made)

    def spans(self, name: str) -> tuple[Span, ...]:
        return tuple(_made(name, one, lambda given: self.span(given["span"])) for one in self.value(name, list))

    def span(self, given: Any) -> Span:
        start, end = given
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end or (self.text is not None and end > len(self.text)):
            raise CorrectionError(f"span {given!r} lies outside the text, which has {len(self.text or '')} code points, or holds nothing.")
        return Span(start, end)

    def words(self, given: Mapping[str, Any]) -> Words:
        span = None if given.get("span") is None else self.span(given["span"])
        return Words(words=self.over(span, given["words"]), span=span, actor=given.get("actor"))

    def relay(self, given: Mapping[str, Any]) -> Relay:
        words = _made("through", given, self.words)
        return Relay(role=_choice("through.role", given["role"], RelayRole), words=words.words, span=words.span, actor=words.actor)

    def when(self, name: str) -> When:
        return _made(name, self.record[name], _when)

    def place(self, given: Mapping[str, Any]) -> Place:
        span = self.span(given["span"])
        basis = _choice("where.basis", given["basis"], PlaceBasis)
        return Place(**dict(given) | {"span": span, "words": self.over(span, given["words"]), "basis": basis})

    def size(self, given: Mapping[str, Any]) -> Size:
        span = self.span(given["span"])
        kind = _choice("sizes.kind", given["kind"], SizeKind)
        return Size(**dict(given) | {"span": span, "words": self.over(span, given["words"]), "kind": kind})

    def over(self, span: Span | None, words: str) -> str:
        return span.of(self.text) if span and self.text is not None else words


def _choice(name: str, value: Any, choices: Any) -> Any:
    if value not in get_args(choices):
        raise CorrectionError(f"{name} is {value!r}; it has to be one of {', '.join(get_args(choices))}.")
    return value


def _made(name: str, given: Any, made: Callable[[Any], T]) -> T:
    try:
        return made(given)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorrectionError(f"{name} is {given!r}, which lacks the shape that it has in the JSON ({type(error).__name__}: {error}).") from error


def _when(given: Mapping[str, Any]) -> When:
    earliest, latest = (None if given[end] is None else date.fromisoformat(given[end]) for end in ("earliest", "latest"))
    if earliest and latest and earliest > latest:
        raise ValueError("earliest is later than latest")
    return When(earliest=earliest, latest=latest, precision=given["precision"], basis=given["basis"], words=tuple(given["words"]))
