"""Time expressions and what is known of the day of writing -> TIMEX3 values and intervals of days.

Takes   `Timex` records in reading order, and the days between which the text was written.
Gives   `Resolved` records, one each.
Needs   days.py.
Limits  what is reckoned from a day told before ("the following day") goes by the nearest such expression, not by the story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sayso.relate.timex.days import Days, feast_days, in_year, plus, shifted, span_of, unit_around
from sayso.relate.timex.meaning import Base, Calendar, Clock, Cycle, DayPart, Every, Feast, Length, Meaning, Offset, Tense, Timex, Unit, Vague
from sayso.relate.timex.values import (
    Answer,
    edged,
    every_value,
    feast_answer,
    one_day,
    part_precision,
    part_value,
    period_value,
    precision_of,
    printed,
    unknown_value,
    value_of,
)

_RANK = {"day": 0, "week": 1, "month": 2, "quarter": 3, "interval": 4, "year": 5, "decade": 6}
_UNIT_RANK: dict[Unit, int] = {"day": 0, "weekend": 1, "week": 1, "fortnight": 1, "month": 2, "quarter": 3, "season": 3, "year": 5, "decade": 6, "century": 6}
_FAR, _NEAR, _HALF_YEAR, _YEAR = 290, 75, 200, 370  # days
_BESIDE = 500  # characters: so far the day that was told last holds for a time without its day
_CLOCKED = {"second", "minute", "hour"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What one expression says once the day of writing is taken into account.

    value      as TIMEX3 writes it; X stands for figures that nobody knows.
    precision  day, week, month, quarter, year, interval or unknown.
    given      it was printed in full, nothing was inferred.
    """

    timex: Timex
    value: str
    earliest: date | None = None
    latest: date | None = None
    precision: str = "unknown"
    given: bool = False


def resolve(found: Sequence[Timex], anchor: tuple[date, date] | None, *, country: str | None = None) -> list[Resolved]:
    """Resolve the expressions of one text.

    anchor   the first and the last day on which it may have been written; None when nothing is known.
    country  ISO 3166 alpha-3, for "Independence Day" and its like.

    With an anchor of several days an interval holds what every one of them would give, and a value that they disagree on keeps its X.
    """
    first = _Pass(anchor[0] if anchor else None, country).all(found)
    if not anchor or anchor[0] == anchor[1]:
        return [_resolved(timex, answer) for timex, answer in zip(found, first, strict=True)]
    last = _Pass(anchor[1], country).all(found)
    free = _Pass(None, country).all(found)
    return [_resolved(timex, _joined(*answers)) for timex, *answers in zip(found, first, last, free, strict=True)]


def _resolved(timex: Timex, answer: Answer) -> Resolved:
    earliest, latest = answer.days or (None, None)
    precision = answer.precision if answer.days else "unknown"
    return Resolved(timex=timex, value=answer.value, earliest=earliest, latest=latest, precision=precision, given=answer.given)


def _joined(one: Answer, other: Answer, free: Answer) -> Answer:
    """What both ends of the anchor allow."""
    if one == other:
        return one
    value = one.value if one.value == other.value else free.value
    if not (one.days and other.days):
        return Answer(value)
    return Answer(value, Days(min(one.days.earliest, other.days.earliest), max(one.days.latest, other.days.latest)), "interval")


def _chosen(spans: Sequence[Days], base: date, tense: Tense, turn: int | None) -> Days | None:
    """Which of the spans is meant, seen from `base`: the last begun, the next not ended, or the nearest."""
    if turn == -1:
        return max((s for s in spans if s.latest < base), default=None)
    if turn == 1:
        return min((s for s in spans if s.earliest > base), default=None)
    if turn == 0:
        return min(spans, key=lambda s: (s.earliest.year != base.year, abs((s.earliest - base).days)), default=None)
    near = min(spans, key=lambda s: _gap(s, base), default=None)
    if tense == "past":
        return max((s for s in spans if s.earliest <= base), default=near)
    coming = min((s for s in spans if s.latest >= base), default=None) if tense == "future" else None
    # Nobody leaves out the year of what is most of a year away; "would" and "to" are in tales of the past as well.
    return near if not coming or not near or (_gap(coming, base) > _FAR and _gap(near, base) < _NEAR) else coming


def _quarter(spans: Sequence[Days], base: date, tense: Tense) -> Days | None:
    """A quarter by its number: in May "the first" is the one that is over, in November "the fourth" the one that runs."""
    over = max((s for s in spans if s.latest < base), default=None)
    if over and _gap(over, base) < _HALF_YEAR:
        return over
    running = next((s for s in spans if s.earliest <= base <= s.latest), None)
    return running or (over if tense == "past" else _chosen(spans, base, "unknown", None))


def _gap(days: Days, base: date) -> int:
    """How many days lie between."""
    return max((days.earliest - base).days, (base - days.latest).days, 0)


class _Pass:
    """One reading of a text, with the day of writing fixed or unknown."""

    def __init__(self, writing: date | None, country: str | None) -> None:
        self.writing = writing
        self.country = country
        self.told: dict[int, tuple[Days, str]] = {}
        self.told_at = self.at = 0

    def all(self, found: Sequence[Timex]) -> list[Answer]:
        answers = []
        for timex in found:
            self.at = timex.span.start
            answer = self.answer(timex.meaning, timex.tense)
            answers.append(answer)
            if answer.days and timex.type in {"DATE", "TIME"} and answer.precision in _RANK:
                self._tell(timex, answer.days, answer.precision)
        return answers

    def _tell(self, timex: Timex, days: Days, precision: str) -> None:
        own = _RANK[precision]
        self.told_at = timex.span.end if own == 0 else self.told_at
        if isinstance(timex.meaning, Calendar | Cycle) and timex.meaning.edge:
            own = max(own, 2)
        for rank in range(own, 7):
            self.told[rank] = (days, precision)

    def base(self, base: Base, rank: int = 0) -> Days | None:
        """The days to reckon from: those told last, where that is asked for and they are fine enough, else the day of writing."""
        if base == "told" and rank in self.told:
            return self.told[rank][0]
        return Days(self.writing, self.writing) if self.writing else None

    def answer(self, meaning: Meaning, tense: Tense) -> Answer:
        match meaning:
            case Calendar():
                return self._calendar(meaning, tense)
            case Cycle():
                return self._cycle(meaning, tense)
            case Offset():
                return self._offset(meaning, tense)
            case Length():
                return self._length(meaning)
            case Every():
                return every_value(meaning)
            case Clock():
                return self._clock(meaning, tense)
            case DayPart():
                return self._daypart(meaning, tense)
            case Feast():
                return self._feast(meaning, tense)
            case Vague():
                return self._vague(meaning)

    def _vague(self, meaning: Vague) -> Answer:
        present = Days(self.writing, self.writing) if self.writing and meaning.value == "PRESENT_REF" else None
        return Answer(meaning.value, present, "interval" if present else "unknown")

    def _calendar(self, meaning: Calendar, tense: Tense) -> Answer:
        if answer := printed(meaning):
            return answer
        if meaning.weekday and not meaning.day:
            return self._weekday(meaning, tense)
        base = self.base(meaning.base, 5 if meaning.years is not None else 2)
        if not base:
            return Answer(part_value(meaning, "XXXX"), None)
        if meaning.years is not None:
            year = base.earliest.year + meaning.years
            days = in_year(meaning, year)
            return Answer(part_value(meaning, f"{year:04}"), edged(days, meaning.edge, self.writing), part_precision(meaning))
        spans = [s for year in range(base.earliest.year - 5, base.earliest.year + 6) if (s := in_year(meaning, year))]
        if meaning.weekday:
            spans = [s for s in spans if s.earliest.isoweekday() == meaning.weekday and _gap(s, base.latest) < _YEAR] or spans
        day = base.latest if meaning.turn != -1 else base.earliest
        days = _chosen(spans, day, tense, meaning.turn)
        if meaning.quarter and meaning.turn is None and tense != "future":
            days = _quarter(spans, day, tense) or days
        if not days:
            return Answer(part_value(meaning, "XXXX"), None)
        return Answer(part_value(meaning, f"{days.earliest.year:04}"), edged(days, meaning.edge, self.writing), part_precision(meaning))

    def _weekday(self, meaning: Calendar, tense: Tense) -> Answer:
        base = self.base(meaning.base)
        weekday = meaning.weekday or 1
        if not base:
            return Answer(f"XXXX-WXX-{weekday}", None)
        day = base.earliest
        if meaning.weeks is not None:
            monday = plus(day, 1 - day.isoweekday() + 7 * meaning.weeks)
            return one_day(plus(monday, weekday - 1) if monday else None)
        back, on = (day.isoweekday() - weekday) % 7, (weekday - day.isoweekday()) % 7
        if meaning.turn == -1:
            return one_day(plus(day, -(back or 7)))
        if meaning.turn == 1:
            return self._next_weekday(day, on or 7, told=meaning.base == "told")
        if tense == "future" and (meaning.turn is None or on + day.isoweekday() <= 7):
            return one_day(plus(day, on))
        past = plus(day, -back)
        if meaning.turn == 0 and tense == "unknown" and on + day.isoweekday() <= 7:
            return one_day(plus(day, on))
        if tense == "unknown" and back and past and (coming := plus(day, on)):
            return Answer(past.isoformat(), Days(past, coming), "interval")
        return one_day(past)

    def _next_weekday(self, day: date, on: int, *, told: bool) -> Answer:
        """"Next Friday" on a Monday may be this week's or that of the next."""
        answer = one_day(plus(day, on))
        later = plus(day, on + 7)
        if told or on + day.isoweekday() > 7 or not answer.days or not later:
            return answer
        return Answer(answer.value, Days(answer.days.earliest, later), "interval")

    def _cycle(self, meaning: Cycle, tense: Tense) -> Answer:
        unit = meaning.unit
        base = self.base(meaning.base, _UNIT_RANK.get(unit, 0))
        if not base or (meaning.count > 0 and self._hangs(meaning.base, _UNIT_RANK.get(unit, 0), tense)):
            return Answer(unknown_value(unit))
        day = base.earliest if meaning.count <= 0 else base.latest
        count = meaning.count
        if unit == "weekend" and not count and tense == "past" and day.isoweekday() <= 3:
            count = -1
        if unit == "quarter" and not count and meaning.base == "told" and self.told.get(3, (None, ""))[1] != "quarter" and tense == "past":
            count = -1
        moved = shifted(day if unit not in {"month", "quarter", "year"} else day.replace(day=1), unit, count)
        days = unit_around(moved, unit) if moved else None
        if not days:
            return Answer("XXXX")
        meant = edged(days, meaning.edge, self.writing) if unit != "day" else days
        return Answer(value_of(days, unit), meant, "interval" if meaning.edge and unit != "day" else precision_of(unit))

    def _offset(self, meaning: Offset, tense: Tense) -> Answer:
        unit, count = meaning.unit, meaning.count
        base = self.base(meaning.base, _UNIT_RANK.get(unit, 0))
        if meaning.grain:
            return self._compared(meaning.grain, -1)
        if not meaning.back and self._hangs(meaning.base, _UNIT_RANK.get(unit, 0), tense):
            return Answer(unknown_value(unit))
        grain = self.told[5][1] if meaning.base == "told" and 5 in self.told else "day"
        reference = "PAST_REF" if meaning.back else "FUTURE_REF"
        if count is None or not base:
            return Answer(reference if count is None else unknown_value(unit))
        if unit in _CLOCKED:
            return self._hours(base, meaning, count)
        day = shifted(base.earliest, unit, count)
        if not day:
            return Answer(reference)
        if unit == "year" and grain in {"quarter", "month"} and count == int(count):
            kept: Unit = "quarter" if grain == "quarter" else "month"
            days = unit_around(day, kept)
            return Answer(value_of(days, kept), days, grain) if days else Answer(reference)
        exact = unit in {"week", "fortnight"} and meaning.base == "told"
        shown: Unit = "day" if exact else "month" if count != int(count) else "year" if unit in {"decade", "century"} else unit
        shown = "week" if shown == "fortnight" else shown
        days = unit_around(day, shown)
        return Answer(value_of(days, shown), days, precision_of(shown)) if days else Answer(reference)

    def _hangs(self, base: Base, rank: int, tense: Tense) -> bool:
        """"The following day" in a tale of the past, with no day told before: it hangs on an event that nobody dates."""
        return base == "told" and rank not in self.told and tense == "past"

    def _compared(self, grain: Unit, years: int) -> Answer:
        """The quarter, month or week told last, or else the last that was over, so many years on."""
        rank = _UNIT_RANK[grain]
        day = self.told[rank][0].earliest if rank in self.told else None
        if not day and self.writing:
            day = shifted(self.writing, grain, -1)
        moved = shifted(day, "year", years) if day else None
        days = unit_around(moved, grain) if moved else None
        return Answer(value_of(days, grain), days, precision_of(grain)) if days else Answer(unknown_value(grain))

    def _hours(self, base: Days, meaning: Offset, count: float) -> Answer:
        """So many hours ago: the day where they make whole days, else some time about the base."""
        day = shifted(base.earliest, meaning.unit, count)
        if meaning.unit == "hour" and count % 24 == 0:
            return one_day(day)
        days = span_of(plus(day, -1), base.latest) if day and count < 0 else span_of(base.earliest, plus(day, 1)) if day else None
        value = f"{base.earliest.isoformat()}TXX:XX" if meaning.base == "told" else "PAST_REF" if meaning.back else "FUTURE_REF"
        return Answer(value, days, "interval")

    def _length(self, meaning: Length) -> Answer:
        value = period_value(meaning.unit, meaning.count)
        if not self.writing or meaning.count is None or meaning.side not in {"past", "coming"}:
            return Answer(value)
        far = shifted(self.writing, meaning.unit, -meaning.count if meaning.side == "past" else meaning.count)
        if not far:
            return Answer(value)
        return Answer(value, Days(min(far, self.writing), max(far, self.writing)), "interval")

    def _clock(self, meaning: Clock, tense: Tense) -> Answer:
        day = self.answer(meaning.day, tense) if meaning.day else self._this_day()
        date_value = day.value if day.days or meaning.day else "XXXX-XX-XX"
        minute = meaning.minute or 0
        second = f":{meaning.second:02}" if meaning.second is not None else ""
        zone = "Z" if meaning.zone == "Z" else ""
        given = day.given and meaning.day is not None
        return replace(day, value=f"{date_value}T{meaning.hour:02}:{minute:02}{second}{zone}", given=given)

    def _this_day(self) -> Answer:
        near = self.at - self.told_at < _BESIDE or not self.writing
        base = self.base("told" if near else "writing", 0)
        return one_day(base.earliest) if base else Answer("XXXX-XX-XX")

    def _daypart(self, meaning: DayPart, tense: Tense) -> Answer:
        day = self.answer(meaning.day, tense) if meaning.day else self._this_day()
        return replace(day, value=f"{day.value}T{meaning.part}", given=False)

    def _feast(self, meaning: Feast, tense: Tense) -> Answer:
        year = meaning.year
        if year is None and meaning.years is not None and self.writing:
            year = self.writing.year + meaning.years
        if year is not None:
            spans = feast_days(meaning.name, year, self.country)
            return feast_answer(spans[0], f"{year:04}", given=meaning.year is not None) if spans else Answer(f"{year:04}-XX-XX")
        fixed = feast_days(meaning.name, 2000, self.country)
        if fixed and fixed[0].earliest.year != 2000:
            return feast_answer(fixed[0], f"{fixed[0].earliest.year:04}", given=True)
        if not self.writing:
            same = {d.earliest.strftime("%m-%d") for y in (2001, 2002, 2003) for d in feast_days(meaning.name, y, self.country)}
            return Answer(f"XXXX-{same.pop()}" if len(same) == 1 else "XXXX-XX-XX")
        spans = [d for y in range(self.writing.year - 2, self.writing.year + 3) for d in feast_days(meaning.name, y, self.country)]
        days = _chosen(spans, self.writing, tense, meaning.turn)
        return feast_answer(days, f"{days.earliest.year:04}", given=False) if days else Answer("XXXX-XX-XX")
