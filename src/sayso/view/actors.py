"""`sayso actors`: what the registry says of a name, what is wrong in it, what an update brought.

Takes   a stream to write to, the words asked for, files of the user's own.
Gives   lines for a person, or JSON lines.
Needs   rich for the progress of an update.
Limits  shows at most `MOST` entries of a name for a person, and says how many more there are; JSON has all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sayso.registry import ENDPOINT, Found, check_files, find, update

MOST = 20
OPEN = date.max


def told_found(out: TextIO, name: str, on: date | None, files: Sequence[Path], *, as_json: bool) -> bool:
    """Write what a name can mean; give whether it means anything."""
    found = find(name, on, files)
    if as_json:
        for one in found:
            out.write(json.dumps(one.to_dict(), ensure_ascii=False) + "\n")
        return bool(found)
    if not found:
        day = f" on {on}" if on else ""
        out.write(f"{name!r} is nobody whom the registry knows{day}. Add it to a file of your own and give that with --registry.\n")
    for one in found[:MOST]:
        out.write("\n".join(_lines(one)) + "\n")
    if len(found) > MOST:
        out.write(f"and {len(found) - MOST} more; --on DATE narrows them, --json gives all\n")
    return bool(found)


def _lines(one: Found) -> list[str]:
    of = " ".join(filter(None, (one.country, one.sector)))
    lines = [f"{one.name}  [{one.key}]", f"    {one.kind}" + (f", {of}" if of else "") + (f", {one.detail}" if one.detail else "") + f"; found by {one.how}"]
    for t in one.tenures:
        end = "now" if t.end == OPEN else t.end.isoformat()
        lines.append(f"    {t.title} of {t.of}, {t.start} to {end}" + (f" (unsure: {t.unsure})" if t.unsure else ""))
    if one.names:
        lines.append("    also " + ", ".join(one.names[:8]) + (" ..." if len(one.names) > 8 else ""))
    lines.append(f"    source: {one.source}, checked {one.checked}" + (f"; unsure: {one.unsure}" if one.unsure and not one.tenures else ""))
    return lines


def told_check(out: TextIO, files: Sequence[Path], *, unsure: bool) -> bool:
    """Write everything that is wrong or in doubt; give whether nothing was refused."""
    report = check_files(files)
    for title, found in (("refused", report.problems), ("in doubt", report.doubts), ("unsure", report.unsure if unsure else [])):
        for problem in found:
            out.write(f"{title}: {problem}\n")
    out.write("\n".join(f"{count:6} {kind}" for kind, count in report.counts.most_common()) + "\n")
    more = "" if unsure or not report.unsure else " (--unsure lists them)"
    out.write(f"{len(report.problems)} refused, {len(report.doubts)} in doubt, {len(report.unsure)} marked as unsure by their writers{more}\n")
    return not report.problems


def told_update(out: TextIO, progress_to: TextIO, path: Path, *, states: Sequence[str], since: int, endpoint: str | None) -> None:
    """Renew a file of holders, with progress on a terminal, and say what came of it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=progress_to), disable=not progress_to.isatty(), transient=True) as bar:
        task = bar.add_task("asking")

        def told(state: str, done: int, of: int) -> None:
            bar.update(task, description=state, completed=done, total=of)

        news = update(path, states, since=since, endpoint=endpoint or ENDPOINT, told=told)
    out.write(f"{news.states} states asked: {news.new} new rows, {news.known} tenures known already, {news.unusable} without a usable name or day\n")
    out.write(f"{path} holds {news.held} tenures; read with it: sayso read --registry {path} ...\n")
