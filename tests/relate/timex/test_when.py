from __future__ import annotations

import json
from pathlib import Path

import when

from sayso.records import Span


def row(text: str, *marked: tuple[str, str, str | None], day: str = "2013-03-22") -> dict[str, object]:
    """A row of a file, in which each expression stands once."""
    timex = [{"start": text.index(words), "end": text.index(words) + len(words), "type": kind, "value": value} for words, kind, value in marked]
    return {"id": "drawn", "text": text, "dct": {"value": day}, "timex": timex}


def measured(tmp_path: Path, *rows: dict[str, object]) -> dict[str, tuple[float, float, float]]:
    path = tmp_path / "drawn.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return when.figures(when.measure([path]))


def test_what_agrees_in_everything_scores_one(tmp_path: Path) -> None:
    table = measured(tmp_path, row("He left on Tuesday.", ("Tuesday", "DATE", "2013-03-19")))
    assert {name: round(f1, 6) for name, (_, _, f1) in table.items()} == dict.fromkeys(when.MEASURES, 1)


def test_a_wider_extent_is_relaxed_but_not_strict_and_a_wrong_value_is_only_found(tmp_path: Path) -> None:
    table = measured(tmp_path, row("He left on Tuesday.", ("on Tuesday", "DATE", "2013-03-26")))
    assert [round(table[name][2]) for name in ("strict", "relaxed", "type", "value")] == [0, 1, 1, 0]


def test_the_day_of_writing_counts_on_neither_side(tmp_path: Path) -> None:
    drawn = row("March 22, 2013\nHe left on Tuesday.", ("March 22, 2013", "DATE", "2013-03-22"), ("Tuesday", "DATE", "2013-03-19"))
    drawn["dct"] = {"value": "2013-03-22", "start": 0, "end": 14}
    assert measured(tmp_path, drawn)["strict"] == measured(tmp_path, row("He left on Tuesday.", ("Tuesday", "DATE", "2013-03-19")))["strict"]


def test_what_a_file_marks_without_a_value_counts_on_neither_side(tmp_path: Path) -> None:
    drawn = row("He left on Tuesday after two years.", ("Tuesday", "DATE", "2013-03-19"), ("two years", "DURATION", None))
    assert round(measured(tmp_path, drawn)["value"][2], 6) == 1


def test_each_of_ours_meets_one_of_theirs() -> None:
    ours = [when.Marked(Span(0, 9), "DATE", "a")]
    theirs = [when.Marked(Span(0, 4), "DATE", "a"), when.Marked(Span(5, 9), "DATE", "b")]
    assert when.paired(ours, theirs) == [(ours[0], theirs[0])]
