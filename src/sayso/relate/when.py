"""When it was said: the day of writing, and for each statement a day or an honest interval.

Takes   the article's own dates, the frame, the drafts.
Gives   `Written`, and a `When` for every draft.
Needs   timex/ for the expressions in the text.
Limits  days, no hours. A statement takes the day that stands beside its cue, else that of its speaker's other statements, else what the page allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.records import Article, Span, When
from sayso.relate.clauses import Clauses
from sayso.relate.drafts import Draft
from sayso.relate.frame import Frame, Near
from sayso.relate.timex import Days, Resolved, days_allowed, resolve
from sayso.relate.timex.meaning import Calendar, Clock, Cycle, DayPart, Length, Meaning, Offset, Timex

# News tells what was said within the last days; longer ago is told with its day.
FRESH = timedelta(days=3)
# Without a day of writing, a month or a weekday is looked for in the year before the page was drawn, and a day in full beyond it dates no page.
YEAR = timedelta(days=365)
ANCHORS = timedelta(days=31)
SOON = timedelta(days=14)  # within which news follows a day that it tells in full
# The first and last day that so many units, of which nobody says how many, may come to: "weeks after".
_SOME = {
    "hour": (0, 1),
    "day": (2, 13),
    "weekend": (2, 13),
    "week": (10, 60),
    "fortnight": (14, 84),
    "month": (45, 365),
    "year": (550, 3650),
    "decade": (5500, 36500),
}
# Days of one unit, and how far a rounded count of it may be out.
_UNITS = {"hour": (1 / 24, 1), "day": (1, 0), "week": (7, 3), "fortnight": (14, 4), "month": (30.4, 15), "quarter": (91.3, 30), "year": (365.25, 120)}
_BEFORE_IT = re.compile(r"(?:on|in|late on|early on|earlier on|late|early|earlier|since|at|during|by|last|this|of)\s+$", re.I)
_BACK = frozenset({"before", "ahead of", "prior to"})
_RELATION = re.compile(r"\s+(?P<side>after|following|since|before|ahead of|prior to)(?!\w)")
_EARLIER = re.compile(r"(?:had|has previously|previously|earlier)(?!\w)", re.I)
PAGE = ("rendered", "modified", "published")  # no page is written after the first of these
_RELIABLE = ("metadata", "source", "byline", "url")


@dataclass(frozen=True, slots=True)
class Written:
    """The days between which the article was written, as far as the page tells: both ends None when it tells nothing.

    basis  dateline, published, text (a full date in it), modified, rendered (then only the last day is known), none.
    """

    earliest: date | None = None
    latest: date | None = None
    basis: str = "none"

    @property
    def anchor(self) -> tuple[date, date] | None:
        """What "on Sunday" can be reckoned from."""
        if self.earliest and self.latest and self.latest - self.earliest <= ANCHORS:
            return self.earliest, self.latest
        return None


def written(article: Article, frame: Frame, drafts: Sequence[Draft], found: Sequence[Timex]) -> Written:
    """The day of writing by the most reliable date on the page; never later than the page itself was drawn or published.

    Where the page gives no day, a full date beside an act of saying tells about when it was written: "in an e-mail dated March 3, 2006".
    """
    last = min((f.latest for f in article.dates if f.kind in PAGE), default=None)
    published = sorted((f for f in article.dates if f.kind == "published"), key=lambda f: _RELIABLE.index(f.basis) if f.basis in _RELIABLE else 9)
    for basis, facts in (("dateline", [f for f in article.dates if f.kind == "dateline"]), ("published", published)):
        for fact in facts:
            if last is None or fact.earliest <= last:
                return Written(fact.earliest, _least(fact.latest, last), basis)
    told = _told_in_full(frame, drafts, found)
    if told is not None and (last is None or _moved(last, -YEAR) <= told <= last):
        return Written(told, _least(_moved(told, SOON), last), "text")
    changed = any(f.latest == last for f in article.dates if f.kind == "modified")
    return Written(None, last, "modified" if changed else "rendered") if last else Written()


def _told_in_full(frame: Frame, drafts: Sequence[Draft], found: Sequence[Timex]) -> date | None:
    """The latest full date in a clause in which something is said, outside what is said."""
    if not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", frame.text):
        return None
    clauses = Clauses(frame, drafts)
    full = [r.latest for r in resolve(found, None) if r.given and r.precision == "day" and r.latest and clauses.tell(r.timex.span)]
    return max(full, default=None)


def _least(one: date, other: date | None) -> date:
    return one if other is None else min(one, other)


@dataclass(slots=True)
class _Told:
    """What is known of the day of one statement: days that the words leave open, the words, and whether they name the day outright."""

    earliest: date | None
    latest: date | None
    words: list[Span]
    stated: bool
    precision: str = ""


class Whens:
    """The days of one article's statements."""

    def __init__(
        self, frame: Frame, drafts: Sequence[Draft], on: Written, found: Sequence[Timex], *, home: str | None, akin: Callable[[int, int], bool]
    ) -> None:
        """Settle everything at once.

        found  the time expressions of the text; home: the state whose holidays are meant; akin: do two speakers, by their keys, speak for one state?
        """
        self.frame, self.on, self.text = frame, on, frame.text
        self.country, self._akin = home, akin
        # A full date in the text is seldom the very day of writing: "on March 4" beside it is the next day.
        anchor = (_moved(on.anchor[0], timedelta(days=1)), on.anchor[1]) if on.anchor and on.basis == "text" and on.anchor[0] < on.anchor[1] else on.anchor
        self.resolved = resolve(found, anchor, country=home)
        self._clauses = Clauses(frame, drafts)
        self._outside = Near([r for r in self.resolved if not self._clauses.is_said(r.timex.span)], lambda r: r.timex.span)
        self._all = Near(self.resolved, lambda r: r.timex.span)
        self._cues = Near([d.cue for d in drafts if d.cue and d.layer == 0], lambda span: span)
        self._earlier: dict[Span, bool] = {}  # by cue, since every statement is held against every other
        self._whens = self._settle(drafts)

    def of(self, draft: Draft) -> When:
        return self._whens[id(draft)]

    def of_event(self, trigger: Span, around: Draft | None) -> When:
        """When something happened: the day beside its trigger; else not later than it was told."""
        said = around is not None and any(s.holds(trigger) for s in around.what)
        told = self._beside(trigger, self._all if said else self._outside, None)
        if told is not None:
            return self._when(told)
        latest = self.of(around).latest if around is not None and id(around) in self._whens else self.on.latest
        return When(latest=latest, precision="interval", basis="published" if self.on.anchor and around is None else "inferred") if latest else When()

    # -- over the article ------------------------------------------------------------------------------------------

    def _settle(self, drafts: Sequence[Draft]) -> dict[int, When]:
        """Statements with words of their own first; the others take their speaker's, before them or after; the title takes the body's."""
        outer = [d for d in drafts if d.parent is None]
        own = {id(d): self._own(d) for d in outer}
        for one in outer:
            own[id(one)] = own[id(one)] or self._around(one, outer, own)
        # What is said without a day is of the same speaker's day, then of the same side's, then of that which a title repeats.
        for borrow in (self._of_the_same, self._of_its_side, self._of_what_it_repeats):
            known = dict(own)
            for at, one in enumerate(outer):
                if own[id(one)] is None and not self._is_earlier(one):
                    own[id(one)] = borrow(at, outer, known)
        out: dict[int, When] = {}
        for one in outer:
            told = own[id(one)]
            out[id(one)] = self._when(told) if told else self._default(earlier=self._is_earlier(one))
        for one in drafts:
            if one.parent is not None:
                out[id(one)] = self._inside(one, out)
        return out

    def _of_the_same(self, at: int, outer: Sequence[Draft], known: dict[int, _Told | None]) -> _Told | None:
        """The day of the same speaker's nearest statement that has one, before or after; what was said earlier is no guide."""
        one = outer[at]
        if one.speaker is None:
            return None
        others = [d for d in (*outer[:at][::-1], *outer[at + 1 :]) if d.speaker == one.speaker and not self._is_earlier(d)]
        return next((t for d in others if (t := known[id(d)]) is not None), None)

    def _of_its_side(self, at: int, outer: Sequence[Draft], known: dict[int, _Told | None]) -> _Told | None:
        """The day of another who speaks for the same side, in this paragraph or the next to it: the ministry after its spokesman."""
        one = outer[at]
        paragraph = self.frame.paragraph_number(one.anchor)
        for other in sorted(outer[max(0, at - 3) : at + 4], key=lambda d: (d.anchor > one.anchor, abs(d.anchor - one.anchor))):
            near = abs(self.frame.paragraph_number(other.anchor) - paragraph) <= 1
            if near and other is not one and one.speaker is not None and other.speaker is not None and not self._is_earlier(other):
                told = known[id(other)]
                if told is not None and self._akin(one.speaker, other.speaker):
                    return told
        return None

    def _of_what_it_repeats(self, at: int, outer: Sequence[Draft], known: dict[int, _Told | None]) -> _Told | None:
        """A title's day is that of the statement it repeats."""
        repeats = outer[at].repeats
        return known[id(repeats)] if repeats is not None else None

    def _around(self, one: Draft, outer: Sequence[Draft], own: dict[int, _Told | None]) -> _Told | None:
        """ "... said on Tuesday, a day after Beijing demanded that ...": the day before Tuesday."""
        if one.cue is None:
            return None
        sentence = self.frame.sentence_at(one.cue.start)
        for r in self._outside.over(Span(sentence.start, one.cue.start)):
            side = _RELATION.match(self.text, r.timex.span.end)
            unit, count = getattr(r.timex.meaning, "unit", None), getattr(r.timex.meaning, "count", None)
            between = Span(r.timex.span.end, one.cue.start)
            if not side or count is None or unit not in _UNITS or len(self.text[between.start : between.end]) > 90 or self._cues.over(between):
                continue
            main = next((d for d in outer if d.cue and sentence.holds(d.cue) and d.cue.end <= r.timex.span.start), None)
            told = own[id(main)] if main is not None else None
            if told is not None and told.earliest and told.latest:
                days = self._so_far_from((told.earliest, told.latest), _reach(unit, count), back=side["side"] not in _BACK)
                return _Told(*days, [*told.words, Span(r.timex.span.start, side.end())], stated=False) if days else None
        return None

    def _is_earlier(self, one: Draft) -> bool:
        """ "He had said in March": another day than the rest."""
        if one.cue is None:
            return False
        known = self._earlier.get(one.cue)
        if known is None:
            before = self.text[max(0, one.cue.start - 12) : one.cue.start]
            known = self._earlier[one.cue] = bool(_EARLIER.match(one.cue.of(self.text)) or re.search(r"(?:earlier|previously)\s*$", before))
        return known

    def _default(self, *, earlier: bool) -> When:
        """What the page allows when no words say more."""
        if self.on.latest is None:
            return When()
        if self.on.anchor and self.on.basis != "text" and not earlier:
            first = _moved(self.on.anchor[0], -FRESH)
            return When(earliest=first, latest=self.on.latest, precision="interval", basis="published")
        return When(latest=self.on.latest, precision="interval", basis="published" if self.on.anchor and self.on.basis != "text" else "inferred")

    def _inside(self, one: Draft, known: dict[int, When]) -> When:
        """What is said inside a statement was said before it, on the day that stands beside its cue if there is one."""
        parent = one.parent
        around = known.get(id(parent)) if parent is not None else None
        if parent is not None and around is None:
            around = known[id(parent)] = self._inside(parent, known)
        told = self._beside(one.cue, self._all, one) if one.cue else None
        latest = around.latest if around else self.on.latest
        if told is not None and (told.latest is None or latest is None or told.latest <= latest):
            return self._when(told)
        return When(latest=latest, precision="interval", basis="inferred") if latest else When()

    # -- one statement ---------------------------------------------------------------------------------------------

    def _own(self, one: Draft) -> _Told | None:
        """What the words beside the cue, and beside cues that point back to it, say together."""
        seats = [one.cue] if one.cue else []
        parts = [self._beside(seat, self._outside, one) for seat in [*seats, *one.pointed]]
        parts += [self._reckoned(seat) for seat in [*seats, *one.pointed]]
        given = [p for p in parts if p is not None]
        return self._joined(given) if given else None

    def _beside(self, cue: Span, among: Near[Resolved], one: Draft | None) -> _Told | None:
        """The day that stands beside a cue, in its sentence and clause."""
        who = one.who if one is not None else None
        fits = []
        for r in among.over(self._clauses.reach(cue)):
            span = r.timex.span
            if r.timex.type not in {"DATE", "TIME"} and not isinstance(r.timex.meaning, Offset):
                continue
            if span.overlap(cue) or _RELATION.match(self.text, span.end) or r.value.endswith("_REF"):
                continue
            if self._clauses.part(span, cue, who) or (one is not None and self._is_to_come(r)):
                continue
            fits.append((max(span.start - cue.end, cue.start - span.end), r))
        return self._read(min(fits, key=lambda fit: fit[0])[1]) if fits else None

    def _is_to_come(self, r: Resolved) -> bool:
        """ "Next week", or a day after the page: nothing was said then as yet."""
        return _looks_ahead(r.timex.meaning) or bool(r.earliest and self.on.latest and r.earliest > self.on.latest)

    def _read(self, r: Resolved) -> _Told:
        """One expression as days; what cannot be reckoned keeps its words and the days that the page allows."""
        span = self._with_preposition(r.timex.span)
        if r.earliest and r.latest:
            late = self.on.latest
            if getattr(r.timex.meaning, "edge", None) == "before" and late and late > r.earliest:
                late -= timedelta(days=1)  # "earlier this week" is not today
            latest = r.latest if late and r.earliest > late else _least(r.latest, late)  # an event may be to come
            return _Told(r.earliest, latest, [span], stated=True, precision=r.precision if latest == r.latest else "")
        if self.on.latest is None:
            return _Told(None, None, [span], stated=False)
        allowed = self._allowed(r.timex, max(self.on.earliest or date.min, _moved(self.on.latest, -YEAR)), self.on.latest)
        if not allowed:
            return _Told(None, self.on.latest, [span], stated=False)
        last = allowed[-1]
        return _Told(None if _is_weekday(r.timex) else last[0], last[1], [span], stated=False)

    def _allowed(self, timex: Timex, first: date, last: date) -> list[Days]:
        """The days between these two that an expression leaves open; none when it says nothing of them."""
        found = list(days_allowed(timex.meaning, (first, last), country=self.country))
        return [] if found == [(first, last)] else found

    def _reckoned(self, cue: Span) -> _Told | None:
        """ "Weeks after the two met on September 13": the day reckoned from another that the sentence names."""
        sentence = self.frame.sentence_at(cue.start)
        here = self._outside.over(sentence)
        for n, r in enumerate(here):
            side = _RELATION.match(self.text, r.timex.span.end)
            if not side or not isinstance(r.timex.meaning, (Length, Offset)):
                continue
            base = next((b for b in here[n + 1 :] if b.timex.type == "DATE" and not b.value.endswith("_REF")), None)
            # A cue between the two is what the day is reckoned from, not what is dated: "weeks after Quillon denied it on May 3".
            if base is None or Span(r.timex.span.end, base.timex.span.start).holds(cue):
                continue
            reach = _reach(r.timex.meaning.unit, r.timex.meaning.count)
            found = (self._so_far_from(days, reach, back=side["side"] in _BACK) for days in self._bases(base))
            if days := next(filter(None, found), None):
                return _Told(*days, [Span(r.timex.span.start, side.end()), self._with_preposition(base.timex.span)], stated=False)
        return None

    def _bases(self, base: Resolved) -> Iterator[tuple[date, date]]:
        """The days that another day may be reckoned from, the likeliest first: "June 2" may be of any year about the page, the latest that fits."""
        meaning = base.timex.meaning
        yearless = isinstance(meaning, Calendar) and meaning.month is not None and (meaning.year, meaning.turn, meaning.years) == (None, None, None)
        if base.earliest and base.latest and (not yearless or self.on.latest is None):
            yield base.earliest, base.latest
        elif self.on.latest is not None and not _is_weekday(base.timex):
            # The article is of the year before its page at most, and the day of the year before the article.
            yield from reversed(self._allowed(base.timex, _moved(self.on.latest, -2 * YEAR), _moved(self.on.latest, YEAR)))

    def _so_far_from(self, days: tuple[date, date], reach: tuple[timedelta, timedelta], *, back: bool) -> tuple[date, date] | None:
        """The days so far before or after others, up to the page; None when they all lie after it."""
        earliest, latest = (_moved(days[0], -reach[1]), _moved(days[1], -reach[0])) if back else (_moved(days[0], reach[0]), _moved(days[1], reach[1]))
        latest = _least(latest, self.on.latest)
        return (earliest, latest) if earliest <= latest else None

    def _joined(self, parts: Sequence[_Told]) -> _Told:
        """What several constraints leave together; a weekday cuts the interval of another down to its first and last such day."""
        words = sorted(dict.fromkeys(span for part in parts for span in part.words))
        firsts = [p.earliest for p in parts if p.earliest]
        lasts = [p.latest for p in parts if p.latest]
        earliest, latest = max(firsts, default=None), min(lasts, default=None)
        if earliest and latest and earliest > latest:
            return parts[0]
        if not any(p.stated for p in parts) and earliest and latest:
            for weekday in self._weekdays(words):
                earliest, latest = _next_weekday(earliest, weekday, 1), _next_weekday(latest, weekday, -1)
            if earliest > latest:
                return parts[0]
        return _Told(earliest, latest, words, stated=any(p.stated for p in parts), precision=parts[0].precision if len(parts) == 1 else "")

    def _weekdays(self, words: Sequence[Span]) -> Iterator[int]:
        for span in words:
            for r in self._all.over(span):
                meaning = r.timex.meaning
                if isinstance(meaning, Calendar) and meaning.weekday and not meaning.month:
                    yield meaning.weekday

    def _with_preposition(self, span: Span) -> Span:
        before = _BEFORE_IT.search(self.text[max(0, span.start - 14) : span.start])
        return Span(span.start - (len(before[0]) if before else 0), span.end)

    def _when(self, told: _Told) -> When:
        if told.earliest is None and told.latest is None:
            return When(words=tuple(s.of(self.text) for s in told.words))
        precision = "day" if told.earliest == told.latest else told.precision if told.precision in {"week", "month", "year"} else "interval"
        return When(
            earliest=told.earliest,
            latest=told.latest,
            precision=precision,
            basis="stated" if told.stated else "inferred",
            words=tuple(s.of(self.text) for s in told.words),
        )


def _reach(unit: str, count: float | None) -> tuple[timedelta, timedelta]:
    """Fewest and most days that so many units may be."""
    if count is None:
        first, last = _SOME.get(unit, (1, 3650))
        return timedelta(days=first), timedelta(days=last)
    size, slack = _UNITS.get(unit, (365.25, 400))
    days = min(count * size, 3_000_000.0)
    return timedelta(days=max(0.0, days - slack) // 1), timedelta(days=-(-(days + slack) // 1))


def _looks_ahead(meaning: Meaning) -> bool:
    """ "Tomorrow", "next week", "later this year": reckoned from the day of writing, towards what is to come."""
    match meaning:
        case Clock(day=Calendar() | Cycle() as day) | DayPart(day=Calendar() | Cycle() as day):
            return _looks_ahead(day)
        case Cycle(base="writing"):
            return meaning.count > 0 or meaning.edge == "after"
        case Calendar(base="writing"):
            return any(n is not None and n > 0 for n in (meaning.turn, meaning.years, meaning.weeks)) or meaning.edge == "after"
        case Offset(base="writing"):
            return not meaning.back
        case _:
            return False


def _is_weekday(timex: Timex) -> bool:
    """Is a weekday all that is told?"""
    return isinstance(timex.meaning, Calendar) and timex.meaning.weekday is not None and timex.meaning.month is None


def _moved(day: date, by: timedelta) -> date:
    """So many days on, or back, no further than the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + by.days, 1), date.max.toordinal()))


def _next_weekday(day: date, weekday: int, step: int) -> date:
    """The first such weekday from `day` on, forwards or backwards."""
    distance = (weekday - day.isoweekday()) % 7 if step > 0 else (day.isoweekday() - weekday) % 7
    return _moved(day, timedelta(days=step * distance))
