"""The data dictionary is the code, and both are what readers of these formats expect."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.view.export import FORMATS
from sayso.view.export.columns import Column
from sayso.view.export.dictionary import text
from sayso.view.export.formats import every_format, format_named

ACTOR_PARTS = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
GEO_PARTS = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
POLECAT = (
    "Event ID · Event Date · Event Type · Event Mode · Intensity · Quad Code · Contexts · Actor Name · Actor Country · Actor COW · Primary Actor Sector · "
    "Actor Sectors · Actor Title · Actor Name Raw · Wikipedia Actor ID · Recipient Name · Recipient Country · Recipient COW · Primary Recipient Sector · "
    "Recipient Sectors · Recipient Title · Recipient Name Raw · Wikipedia Recipient ID · Placename · City · District · Province · Country · Latitude · "
    "Longitude · GeoNames ID · Raw Placename · Feature Type · Source · Publication Date · Story People · Story Organizations · Story Locations · Language · "
    "Version"
).split(" · ")
ICEWS = (
    "Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name, Target Sectors, Target Country, "
    "Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude"
).split(", ")
GDELT_EVENTS = [
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{n}{part}" for n in (1, 2) for part in ACTOR_PARTS),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in GEO_PARTS),
    *"DATEADDED SOURCEURL".split(),
]
GDELT_MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset "
    "ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras"
).split()
PLOVER = (
    "id has_event date time enddate endtime actor recipient event event_loc event_text quad_code event_scale mode context link text text_info cite_info "
    "coder coded_date coded_time comment size sayso"
).split()


def columns(name: str) -> tuple[Column, ...]:
    (part,) = format_named(name).parts
    return part.columns


@pytest.mark.parametrize(
    ("name", "names", "count"),
    [("polecat", POLECAT, 40), ("icews", ICEWS, 20), ("gdelt-events", GDELT_EVENTS, 61), ("gdelt-mentions", GDELT_MENTIONS, 16)],
)
def test_the_columns_of_other_formats_have_their_names_number_and_order(name: str, names: list[str], count: int) -> None:
    assert [column.name for column in columns(name)] == names
    assert len(names) == count


def test_plover_has_its_fields_and_sayso_is_one_key_more() -> None:
    assert [column.name for column in columns("plover")] == PLOVER


def test_docs_columns_is_what_the_code_says() -> None:
    assert (Path(__file__).parents[3] / "docs" / "columns.md").read_text("utf-8") == text()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_in_the_dictionary(name: str) -> None:
    assert f"\n## {name}\n" in text()


def test_the_readme_lists_the_formats() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    rows = re.search(r"\| format \| is \|\n\| --- \| --- \|\n((?:\|.*\n)+)", readme)
    assert rows
    assert rows[1].splitlines() == [f"| `{name}` | {about} |" for name, about in FORMATS.items()]


def test_the_readme_shows_what_the_export_of_the_example_gives() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    shown = re.search(r"<!-- (sayso read --example --json \| sayso export .*) -->\n```text\n(.*?)```\n<!-- end -->", readme, re.DOTALL)
    assert shown
    exactly = shown[1].replace("--example", "--example --set exact=true")  # the same on every processor
    command = re.sub(r"\bsayso(?= (?:read|export))", f"{sys.executable} -m sayso", exactly)
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == shown[2]


def test_every_column_says_what_it_holds_and_none_is_there_twice() -> None:
    for wanted in every_format():
        for part in wanted.parts:
            assert all(column.holds for column in part.columns)
            assert len({column.name for column in part.columns}) == len(part.columns)


def test_a_column_that_is_never_filled_says_so() -> None:
    empty = [c for wanted in every_format() for part in wanted.parts for c in part.columns if c.of is None]
    assert empty
    assert all(c.holds.startswith(("never known", "null", "always empty")) for c in empty)
