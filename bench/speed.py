"""How many articles a second, from text to reading, in one process with the model loaded once?

    python bench/speed.py FILE... [--threads N]       JSON lines with `text`, as PolNeAR's

Reads every article twice as a page of plain text: once to warm up, once on the clock. The last line is JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from sayso.config import Settings
from sayso.pipeline import Reader, read_many
from sayso.records import Page, Reading


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    threads = int(arguments[arguments.index("--threads") + 1]) if "--threads" in arguments else 0
    paths = [a for i, a in enumerate(arguments) if not a.startswith("-") and arguments[i - 1] != "--threads"]
    if not paths:
        print(__doc__)
        return 2
    settings = Settings(threads=threads)
    texts = [json.loads(line)["text"] for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        for at, text in enumerate(texts):
            Path(folder, f"{at:06}.txt").write_text(text, encoding="utf-8")
        reader = Reader(settings)
        began = time.perf_counter()
        reader.read(Page(address="first", body=texts[0].encode(), media_type="text/plain", captured=""))
        first = time.perf_counter() - began
        began = time.perf_counter()
        readings = [r for r in read_many([folder], settings, reader=reader) if isinstance(r, Reading)]
        spent = time.perf_counter() - began
    statements = sum(len(r.statements) for r in readings)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(readings)} articles, {statements} statements in {spent:.1f} s; the first, with its kernels, {first:.2f} s; {peak:.0f} MiB at most")
    print(json.dumps({"articles_a_second": round(len(readings) / spent, 2), "statements": statements, "peak_mib": round(peak)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
