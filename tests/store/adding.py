"""A process that adds readings until it is done or killed: `python adding.py URL FIRST LAST`; says `begun` when the store is open."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import varied

from sayso.store import open_store

if __name__ == "__main__":
    url, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with open_store(url) as store:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        for number in range(first, last):
            store.add(varied.reading(number))
            store.add(varied.reading(number, version=2))
