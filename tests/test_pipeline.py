"""The real pipeline, with the weights that ship."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.config import Settings
from sayso.pipeline import Reader, read, read_many
from sayso.records import Page, Reading, Skipped

EXAMPLE = Path(__file__).parents[1] / "src" / "sayso" / "examples" / "page.txt"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def page(text: str, address: str = "page") -> Page:
    return Page(address=address, body=text.encode("utf-8", "replace"), media_type="text/plain", captured="2026-01-01T00:00:00Z")


def slices(record: Any) -> Iterator[tuple[str, list[int]]]:
    """Every words-and-span pair of a JSON record."""
    if isinstance(record, dict):
        if record.get("span") is not None:
            yield record["words"], record["span"]
        for value in record.values():
            yield from slices(value)
    elif isinstance(record, list):
        for value in record:
            yield from slices(value)


SENTENCES = st.sampled_from(
    [
        "“We are done,” Foreign Minister Ana Roca said.",
        "Roca told Reuters the talks were “dead”.",
        '"Nobody knows," he added.',
        "‘It’s over,’ the ministry’s spokesman claimed in a statement carried by KCNA.",
        "“This quotation never ends.",
        "Troops crossed the river at dawn.",
        "The US denied that it had sent a ‘message’, Yonhap reported.",
        "She asked: “Who sent them?”",
        "قال الوزير إن المحادثات انتهت.",
        "他说会谈已经结束。",
        "It called the plan a “so-called ‘peace’ plan” 🙂 — and left.",
        "- Advertisement -",
        "\u202eRight to left\u202c and zero\u200bwidth said the \ufffd official.",
    ]
)
STORIES = st.lists(st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8).map("\n\n".join)


@settings(max_examples=40)
@given(story=STORIES, noise=st.text(max_size=80))
def test_every_words_is_its_slice_of_the_text(reader: Reader, story: str, noise: str) -> None:
    record = reader.read(page(f"Roca says talks are over\n\n{story}\n\n{noise}")).to_dict()
    text = record["article"]["text"] if record["article"] else ""
    for words, (start, end) in slices(record["statements"]):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words


@settings(max_examples=40)
@given(body=st.binary(max_size=400))
def test_no_bytes_raise(reader: Reader, body: bytes) -> None:
    reading = reader.read(Page(address="page", body=body, media_type="text/plain", captured=""))
    assert reading.article or reading.skipped


def test_a_page_reads_the_same_alone_among_others_and_with_any_number_of_threads(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8")
    paragraphs = [p for p in lines.split("\n") if p.strip()]
    drawn = random.Random(7)
    for at in range(6):
        drawn.shuffle(paragraphs)
        (tmp_path / f"{at}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    (tmp_path / "z.txt").write_text(lines, encoding="utf-8")

    def record(reading: Reading | Skipped) -> str:
        assert isinstance(reading, Reading)
        made = reading.to_dict()
        made["page"].pop("captured")
        return json.dumps(made, ensure_ascii=False)

    among = [record(r) for r in read_many([tmp_path], Settings(threads=2))]
    one_by_one = [record(r) for r in read_many([tmp_path], Settings(threads=1))]
    alone = record(read(tmp_path / "z.txt", Settings(threads=2)))
    assert among == one_by_one
    assert among[-1] == alone


def test_readings_come_in_the_order_of_the_sources(tmp_path: Path) -> None:
    for name in "abcdef":
        (tmp_path / f"{name}.txt").write_text(f"{name.upper()} says so\n\n“It is so and will stay so,” {name.upper()} said.", encoding="utf-8")
    given = [tmp_path / f"{n}.txt" for n in "fbadce"]
    got = [r.page.address if isinstance(r, Reading) else r.of for r in read_many(given)]
    assert got == [str(p) for p in given]


def test_what_cannot_be_captured_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A says so\n\n“It is so,” A said on Monday to everybody.", encoding="utf-8")
    got = list(read_many([tmp_path / "none.txt", tmp_path / "a.txt"]))
    assert [type(r) for r in got] == [Skipped, Reading]


def test_ids_hash_what_was_seen_and_not_where_it_lay(reader: Reader) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    one, other = reader.read(page(text, "here")), reader.read(page(text, "there"))
    assert one.page.id == other.page.id
    assert [s.id for s in one.statements] == [s.id for s in other.statements]
    assert len({s.id for s in one.statements}) == len(one.statements)


def test_the_example_is_read_as_its_writer_meant(reader: Reader) -> None:
    reading = reader.read(page(EXAMPLE.read_text(encoding="utf-8")))
    assert reading.article
    assert len(reading.statements) >= 8
    assert {r.role for s in reading.statements for r in s.through} >= {"occasion", "carrier", "wire"}
    assert any(s.within for s in reading.statements)
    assert any(s.cue is None for s in reading.statements)
    assert {"direct", "mixed"} <= {s.form for s in reading.statements}


def test_exactly_counted_marks_are_those_of_a_lesser_processor() -> None:
    command = [sys.executable, "-m", "sayso", "read", "--json", "--set", "exact=true", str(EXAMPLE)]
    plain = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"ONEDNN_MAX_CPU_ISA": "AVX2"}, encoding="utf-8")
    found = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert unscored(json.loads(found.stdout)) == unscored(json.loads(plain.stdout))


def unscored(record: Any) -> Any:
    """Without scores, whose last digit float32 does not hold, and without the moment of reading."""
    if isinstance(record, dict):
        return {key: unscored(value) for key, value in record.items() if key not in {"score", "captured"}}
    return [unscored(value) for value in record] if isinstance(record, list) else record
