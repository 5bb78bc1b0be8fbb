"""What robots.txt of each host lets Sayso read, and how long it asks to wait.

Takes   an address, and a function that fetches robots.txt.
Gives   whether it may be read, and the delay in seconds.
Needs   protego; no network of its own.
Limits  the last 1,000 hosts are remembered; of a robots.txt what `max_bytes` lets through is read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

import httpx
from protego import Protego

NAME = "sayso"  # the token that robots.txt names us by, whatever the user adds to the User-Agent
HOSTS = 1000


class Rules(NamedTuple):
    """parsed: what robots.txt says, None when there is none. closed: why nothing may be read at all, as a fixed phrase and its particulars."""

    parsed: Protego | None = None
    closed: tuple[str, str] | None = None


def rules_of(status: int, body: bytes) -> Rules:
    """RFC 9309: no robots.txt allows everything; a server that fails to say allows nothing."""
    if status == 200:
        return Rules(Protego.parse(body.decode("utf-8", "replace")))
    if 400 <= status < 500 and status != 429:
        return Rules()
    return Rules(closed=("robots.txt", f"robots.txt answers with status {status}, which closes the host (RFC 9309). Come back later."))


class Robots:
    """Asks each host once. fetch: gives the rules found at an address of a robots.txt."""

    def __init__(self, fetch: Callable[[str], Rules]) -> None:
        self.fetch = fetch
        self.known: OrderedDict[str, Rules] = OrderedDict()

    def rules(self, url: httpx.URL) -> Rules:
        site = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if site not in self.known:
            self.known[site] = self.fetch(site)
            while len(self.known) > HOSTS:
                self.known.popitem(last=False)
        return self.known[site]

    def refusal(self, url: httpx.URL) -> tuple[str, str] | None:
        """Why the address may not be read; None when it may."""
        rules = self.rules(url)
        if rules.parsed and not rules.parsed.can_fetch(str(url), NAME):
            return "robots.txt", f"{url.host} disallows it to readers like us. Ask the site, or save the page from your browser and pass the file."
        return rules.closed

    def delay(self, url: httpx.URL) -> float:
        """Seconds between two requests that the host asks for; 0 when it does not say."""
        parsed = self.rules(url).parsed
        if not parsed:
            return 0.0
        rate = parsed.request_rate(NAME)
        return max(float(parsed.crawl_delay(NAME) or 0.0), rate.seconds / rate.requests if rate and rate.requests else 0.0)
