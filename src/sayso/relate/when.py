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
from sayso.relate.drafts import Draft
from sayso.relate.frame import Frame, Near
from sayso.relate.timex import Resolved, days_allowed, resolve
from sayso.relate.timex.meaning import Calendar, Length, Offset, Timex

# News tells what was said within the last days; longer ago is told with its day.
FRESH = timedelta(days=3)
# Without a day of writing, a month or a weekday is looked for in the year before the page was drawn.
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
_APART = re.compile(
    r"(?<!\w)(?:after|before|when|while|since|until|till|which|who|whom|where|whose|because|following|ahead of|due|scheduled|planned|"
    r"expected|that|if|held|killed|died|took place|signed|launched|marking)(?!\w)",
    re.I,
)
_RELATION = re.compile(r"\s+(?P<side>after|following|since|before|ahead of|prior to)(?!\w)")
_EARLIER = re.compile(r"(?:had|has previously|previously|earlier)(?!\w)", re.I)
_RELIABLE = ("metadata", "byline", "url")


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
    last = min((f.latest for f in article.dates if f.kind in {"rendered", "modified", "published"}), default=None)
    published = sorted((f for f in article.dates if f.kind == "published"), key=lambda f: _RELIABLE.index(f.basis) if f.basis in _RELIABLE else 9)
    for basis, facts in (("dateline", [f for f in article.dates if f.kind == "dateline"]), ("published", published)):
        for fact in facts:
            if last is None or fact.earliest <= last:
                return Written(fact.earliest, _least(fact.latest, last), basis)
    if (told := _told_in_full(frame, drafts, found)) is not None and (last is None or told <= last):
        return Written(told, _least(told + SOON, last), "text")
    changed = [f.latest for f in article.dates if f.kind == "modified"]
    if changed:
        return Written(None, min(changed), "modified")
    return Written(None, last, "rendered") if last else Written()


def _told_in_full(frame: Frame, drafts: Sequence[Draft], found: Sequence[Timex]) -> date | None:
    """The latest full date in a sentence in which something is said, outside what is said."""
    if not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", frame.text):
        return None
    said = Near([s for d in drafts if d.layer == 0 for s in d.what], lambda span: span)
    cues = Near([frame.sentence_at(d.cue.start) for d in drafts if d.cue and d.layer == 0], lambda span: span)
    full = []
    for r in resolve(found, None):
        span = r.timex.span
        if r.given and r.precision == "day" and r.latest and cues.over(span) and not any(s.holds(span) for s in said.over(span)):
            full.append(r.latest)
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
        anchor = (on.anchor[0] + timedelta(days=1), on.anchor[1]) if on.anchor and on.basis == "text" and on.anchor[0] < on.anchor[1] else on.anchor
        self.resolved = resolve(found, anchor, country=home)
        self._said = Near([s for d in drafts if d.layer == 0 for s in d.what], lambda span: span)
        outside = [r for r in self.resolved if not any(s.holds(r.timex.span) for s in self._said.over(r.timex.span))]
        self._outside = Near(outside, lambda r: r.timex.span)
        self._all = Near(self.resolved, lambda r: r.timex.span)
        self._cues = Near([d.cue for d in drafts if d.cue and d.layer == 0], lambda span: span)
        self._whens = self._settle(drafts)

    def of(self, draft: Draft) -> When:
        return self._whens[id(draft)]

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
                first, last = _reach(unit, count)
                after = side["side"] in {"after", "following", "since"}
                days = (_back(told.earliest, last), _back(told.latest, first)) if after else (told.earliest + first, told.latest + last)
                return _Told(*days, [*told.words, Span(r.timex.span.start, side.end())], stated=False)
        return None

    def _is_earlier(self, one: Draft) -> bool:
        """ "He had said in March": another day than the rest."""
        return one.cue is not None and bool(
            _EARLIER.match(one.cue.of(self.text)) or re.search(r"(?:earlier|previously)\s*$", self.text[max(0, one.cue.start - 12) : one.cue.start])
        )

    def _default(self, *, earlier: bool) -> When:
        """What the page allows when no words say more."""
        if self.on.latest is None:
            return When()
        if self.on.anchor and self.on.basis != "text" and not earlier:
            first = self.on.anchor[0] - FRESH
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

    def _beside(self, cue: Span, among: Near[Resolved], one: Draft) -> _Told | None:
        """The day that stands beside a cue, in its sentence and clause."""
        sentence = self.frame.sentence_at(cue.start)
        fits = []
        for r in among.over(sentence):
            span = r.timex.span
            if r.timex.type not in {"DATE", "TIME"} and not isinstance(r.timex.meaning, Offset):
                continue
            if span.overlap(cue) or (one.who is not None and one.who.holds(span)) or _RELATION.match(self.text, span.end) or r.value.endswith("_REF"):
                continue
            between = Span(cue.end, span.start) if span.start >= cue.end else Span(span.end, cue.start)
            if self._apart(span, cue, sentence) or any(c != cue and between.holds(c) for c in self._cues.over(between)):
                continue
            fits.append((between.end - between.start, r))
        if not fits:
            return None
        r = min(fits, key=lambda fit: fit[0])[1]
        return self._read(r)

    def _apart(self, span: Span, cue: Span, sentence: Span) -> bool:
        """Does the day belong to another clause: "after the summit on Friday"?"""
        if span.start >= cue.end:
            between = self.text[cue.end : span.start]
            # What is said stands between them as often as not; only words outside it open another clause.
            return bool(_APART.search(self._unsaid(Span(cue.end, span.start)) if len(between) < 600 else between))
        lead = self.text[sentence.start : span.start]
        opened = re.search(r"[,;]", self.text[span.end : cue.start])
        return bool(_APART.search(lead)) or (opened is None and bool(_APART.search(self.text[span.end : cue.start])))

    def _unsaid(self, span: Span) -> str:
        kept = list(self.text[span.start : span.end])
        for said in self._said.over(span):
            for at in range(max(said.start, span.start), min(said.end, span.end)):
                kept[at - span.start] = " "
        return "".join(kept)

    def _read(self, r: Resolved) -> _Told:
        """One expression as days; what cannot be reckoned keeps its words and the days that the page allows."""
        span = self._with_preposition(r.timex.span)
        if r.earliest and r.latest:
            late = self.on.latest
            if getattr(r.timex.meaning, "edge", None) == "before" and late and late > r.earliest:
                late -= timedelta(days=1)  # "earlier this week" is not today
            latest = min(r.latest, late) if late and r.earliest <= late else r.latest
            return _Told(r.earliest, latest, [span], stated=True, precision=r.precision if latest == r.latest else "")
        allowed = self._allowed(r.timex)
        weekday_alone = isinstance(r.timex.meaning, Calendar) and r.timex.meaning.weekday is not None and r.timex.meaning.month is None
        if not allowed:
            return _Told(None, self.on.latest, [span], stated=False)
        last = allowed[-1]
        return _Told(None if weekday_alone else last[0], last[1], [span], stated=False)

    def _allowed(self, timex: Timex) -> list[tuple[date, date]]:
        """The days of the year before the page was drawn that an expression leaves open."""
        if self.on.latest is None:
            return []
        window = (max(self.on.earliest or date.min, _back(self.on.latest, YEAR)), self.on.latest)
        found = [(d.earliest, d.latest) for d in days_allowed(timex.meaning, window, country=self.country)]
        return [] if found == [window] else found

    def _reckoned(self, cue: Span) -> _Told | None:
        """ "Weeks after the two met on September 13": the day reckoned from another that the sentence names."""
        sentence = self.frame.sentence_at(cue.start)
        here = self._outside.over(sentence)
        for n, r in enumerate(here):
            side = _RELATION.match(self.text, r.timex.span.end)
            if not side or not isinstance(r.timex.meaning, (Length, Offset)):
                continue
            base = next((b for b in here[n + 1 :] if b.timex.type == "DATE" and not b.value.endswith("_REF")), None)
            if base is None:
                continue
            from_day = (base.earliest, base.latest) if base.earliest and base.latest else next(iter(self._allowed(base.timex)[-1:]), None)
            first, last = _reach(r.timex.meaning.unit, r.timex.meaning.count)
            if from_day is None:
                continue
            words = [Span(r.timex.span.start, side.end()), self._with_preposition(base.timex.span)]
            if side["side"] in {"before", "ahead of", "prior to"}:
                return _Told(_back(from_day[0], last), _back(from_day[1], first), words, stated=False)
            latest = from_day[1] + last
            return _Told(from_day[0] + first, min(latest, self.on.latest) if self.on.latest else latest, words, stated=False)
        return None

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


def _back(day: date, by: timedelta) -> date:
    return day - by if day.toordinal() > by.days else date.min


def _next_weekday(day: date, weekday: int, step: int) -> date:
    """The first such weekday from `day` on, forwards or backwards."""
    distance = (weekday - day.isoweekday()) % 7 if step > 0 else (day.isoweekday() - weekday) % 7
    return day + timedelta(days=step * distance)
