"""`python -m sayso.relate.registry [FILE...]`: check the shipped registry, or single files of it, without loading the rest of Sayso."""

from __future__ import annotations

import sys
from pathlib import Path

from sayso.relate.registry.check import check
from sayso.relate.registry.entries import load_files
from sayso.relate.registry.index import Registry, shipped_files

report = check(Registry(load_files([Path(a) for a in sys.argv[1:]] or shipped_files()), ""))
for title, found in (("refused", report.problems), ("in doubt", report.doubts), ("unsure", report.unsure)):
    for problem in found:
        sys.stdout.write(f"{title}: {problem}\n")
sys.stdout.write(", ".join(f"{n} {kind}" for kind, n in report.counts.most_common()) + f"; {len(report.problems)} refused, ")
sys.stdout.write(f"{len(report.doubts)} in doubt, {len(report.unsure)} unsure\n")
sys.exit(1 if report.problems else 0)
