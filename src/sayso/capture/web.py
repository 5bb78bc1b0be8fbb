"""An address -> what the server sends for it, within limits of size, time, redirects, courtesy and reach.

Takes   one http or https address after another.
Gives   `Fetched` or a `Skipped`: nothing a server does raises, hangs or fills the memory.
Needs   the network. `sleep` and `may_connect` can be passed in, for tests.
Limits  one request at a time, without cookies; conditional for the addresses in `validators` alone; gzip is the only compression that is asked for.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import NamedTuple

import httpcore
import httpx

from sayso.capture.connect import Address, Deadline, ForbiddenAddress, OutOfTime, Transport, is_any, is_public
from sayso.capture.page import skipped, too_large
from sayso.capture.robots import HOSTS, Robots, Rules, rules_of
from sayso.capture.unzip import GzipError, unzipped
from sayso.config import Settings
from sayso.records import Skipped

LONGEST_DELAY = 60.0
LONGEST_VALIDATOR = 1000
NOT_CHANGED = "not changed"
HOST = re.compile(rb"[\w.:-]{1,255}")
ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5"
STATUSES = {
    401: ("no permission", "The server wants a login. Save the page from your browser and pass the file."),
    402: ("no permission", "The server wants to be paid. Save the page from your browser and pass the file."),
    403: ("no permission", "The server refuses it. Save the page from your browser and pass the file."),
    404: ("not found", "The server has no such page. Check the address."),
    410: ("not found", "The page was taken away. Look for it in a web archive."),
    429: ("too many requests", "The server asks to be left alone for a while. Raise delay_s, or come back later."),
    451: ("no permission", "The server may not show it here, by law. Look for it in a web archive."),
}


class Fetched(NamedTuple):
    """url: where it was found after redirects. charset, media_type: as the server declares them."""

    url: str
    body: bytes
    media_type: str
    charset: str | None


class Validators(NamedTuple):
    """What a server gave to recognise a version of a page by."""

    etag: str | None
    last_modified: str | None

    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


class _Answer(NamedTuple):
    status: int
    headers: httpx.Headers
    body: bytes


class _Trouble(Exception):
    """Why an address cannot be read: a fixed phrase, and the particulars."""

    def __init__(self, why: str, detail: str) -> None:
        super().__init__(detail)
        self.why, self.detail = why, detail


class Web:
    """Fetches pages, one at a time. Use as `with`, or call `close`."""

    def __init__(
        self, settings: Settings, *, may_connect: Callable[[Address], bool] | None = None, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self.settings, self.sleep = settings, sleep
        self.validators: dict[str, Validators] = {}  # of addresses that are asked for again; renewed by what they answer
        self.deadline = Deadline()
        self.robots = Robots(self._rules)
        self.last: OrderedDict[str, float] = OrderedDict()
        reach = may_connect or (is_any if settings.allow_private else is_public)
        headers = {"User-Agent": settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip", "Accept-Language": "en, *;q=0.5"}
        self.client = httpx.Client(transport=Transport(reach, self.deadline), headers=headers, trust_env=False, follow_redirects=False)

    def close(self) -> None:
        self.client.close()

    def fetch(self, address: str) -> Fetched | Skipped:
        """Get what stands at `address`, over at most `max_redirects` redirects, each checked like the first."""
        left, seen = self.settings.timeout_s, set()
        known = self.validators.get(address)
        try:
            url = _checked(address)
            while True:
                seen.add(str(url))
                self._wait(url)
                began = time.monotonic()
                answer = self._answer(url, left, known.headers() if known else {})
                left -= time.monotonic() - began
                self._remember(url.netloc.decode("ascii"))
                if answer.status == 304 and known:
                    return skipped(address, NOT_CHANGED, "The server says that it is as it was.")
                if answer.status // 100 != 3 or "location" not in answer.headers:
                    fetched = self._fetched(url, answer)
                    if known:
                        etag, modified = (answer.headers.get(name, "")[:LONGEST_VALIDATOR] or None for name in ("etag", "last-modified"))
                        self.validators[address] = Validators(etag, modified)
                    return fetched
                url = _checked(answer.headers["location"], url)
                if str(url) in seen or len(seen) > self.settings.max_redirects:
                    circle = "in a circle" if str(url) in seen else f"more than {self.settings.max_redirects} times"
                    raise _Trouble("redirected too often", f"The server sends us on {circle}, at last to {url}. Open it in a browser to see where it leads.")
        except _TooLarge as error:
            return too_large(address, str(error), self.settings)
        except _Trouble as error:
            return skipped(address[:2000], error.why, error.detail)

    def _fetched(self, url: httpx.URL, answer: _Answer) -> Fetched:
        if answer.status != 200:
            other = ("server error", "The server fails. Come back later.") if answer.status >= 500 else ("no answer", "A page was wanted (status 200).")
            why, what = STATUSES.get(answer.status, other)
            raise _Trouble(why, f"Status {answer.status}. {what}")
        declared = answer.headers.get("content-type", "")
        charset = httpx.Response(200, headers={"content-type": declared}).charset_encoding
        return Fetched(str(url), answer.body, declared.partition(";")[0].strip().lower(), charset)

    def _wait(self, url: httpx.URL) -> None:
        """Ask robots.txt, then leave the host its pause. Raises `_Trouble` when the page is not for us."""
        asked = 0.0
        if self.settings.robots:
            if refusal := self.robots.refusal(url):
                raise _Trouble(*refusal)
            asked = self.robots.delay(url)
        delay = max(self.settings.delay_s, asked) - (time.monotonic() - self.last.get(url.netloc.decode("ascii"), float("-inf")))
        if delay > LONGEST_DELAY:
            wanted = f"{LONGEST_DELAY:.0f} s is the longest we wait. Come back later for it."
            raise _Trouble("robots.txt", f"The host asks for {asked:.0f} s between two pages; {wanted}")
        if delay > 0:
            self.sleep(delay)

    def _rules(self, site: str) -> Rules:
        """Fetch one robots.txt. A host that fails to give it counts as closed, with the reason."""
        url, left = httpx.URL(site), self.settings.timeout_s
        try:
            for _ in range(self.settings.max_redirects + 1):
                began = time.monotonic()
                answer = self._answer(url, left)
                left -= time.monotonic() - began
                if answer.status // 100 != 3 or "location" not in answer.headers:
                    return rules_of(answer.status, answer.body)
                url = _checked(answer.headers["location"], url)
        except _TooLarge:
            return Rules(closed=("robots.txt", f"robots.txt of {url.host} is larger than any page may be. Pass its pages as files."))
        except _Trouble as error:
            return Rules(closed=(error.why, f"Met on the way to robots.txt: {error.detail}"))
        return rules_of(404, b"")  # RFC 9309: more than five redirects may be taken for none

    def _answer(self, url: httpx.URL, left: float, headers: Mapping[str, str] | None = None) -> _Answer:
        """One request and its whole answer. Raises `_Trouble` or `_TooLarge` for whatever goes wrong."""
        self.deadline.at = time.monotonic() + left
        try:
            with self.client.stream("GET", url, headers=headers, timeout=max(left, 0.001)) as response:
                body = self._body(response)
                return _Answer(response.status_code, response.headers, body)
        except ForbiddenAddress as error:
            why = "Only addresses of the internet are read; allow_private lets your own network in as well"
            raise _Trouble("private address", f"{error}, which is no public address. {why}.") from None
        except (OutOfTime, httpcore.TimeoutException, httpx.TimeoutException):
            wanted = f"timeout_s ({self.settings.timeout_s:g} s) is over. Raise the limit, or leave it listed as skipped."
            raise _Trouble("too slow", f"{url.host} had not sent everything when {wanted}") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError, OSError, ValueError) as error:
            said = str(error) or type(error).__name__
            raise _Trouble("no answer", f"{url.host}: {said[:300]}. Check the address and the network, and try again.") from None
        finally:
            self.client.cookies.clear()

    def _body(self, response: httpx.Response) -> bytes:
        most = self.settings.max_bytes
        if response.status_code != 200:
            return b""  # of a page that says no, nothing is read
        length = response.headers.get("content-length", "")
        if length.isdigit() and int(length) > most:
            raise _TooLarge(f"{int(length) / 1e6:.1f} MB")
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            self.deadline.left()
            if len(body) > most:
                raise _TooLarge(f"{len(body) / 1e6:.1f} MB or more")
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding in {"gzip", "x-gzip"} and body:
            return self._unzipped(bytes(body))
        if encoding not in {"identity", "none", "", "gzip", "x-gzip"}:
            raise _Trouble("unknown encoding", f"The server packs the page as {encoding[:40]!r}; gzip or nothing was asked for. Save it from your browser.")
        return bytes(body)

    def _unzipped(self, body: bytes) -> bytes:
        try:
            plain = unzipped(body, self.settings.max_bytes + 1)
        except GzipError as error:
            raise _Trouble("broken gzip", f"{error}. Try again, or save the page from your browser.") from None
        if len(plain) > self.settings.max_bytes:
            raise _TooLarge("more, once unpacked,")
        return plain

    def _remember(self, host: str) -> None:
        self.last[host] = time.monotonic()
        self.last.move_to_end(host)
        while len(self.last) > HOSTS:
            self.last.popitem(last=False)


class _TooLarge(Exception):
    """The page is larger than `max_bytes`; the message is its size in words."""


def _checked(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address as a URL that may be asked for. Raises `_Trouble` for what is none, for other schemes, and for passwords in it.

    base  what it is relative to, in a redirect.
    """
    try:
        url = (base.join(address) if base else httpx.URL(address)).copy_with(fragment=None)
        fit = url.scheme in {"http", "https"} and HOST.fullmatch(url.raw_host) and url.host and 0 < (url.port or 80) < 65_536
    except (httpx.InvalidURL, ValueError) as error:  # a name that IDNA refuses is a ValueError
        raise _Trouble("not an address", f"{address[:200]!r} cannot be read as an address ({error}). Copy it again from your browser.") from None
    if url.userinfo:
        raise _Trouble("not an address", "The address holds a user's name or password. Save the page from your browser and pass the file.")
    if not fit:
        raise _Trouble("not an address", f"{address[:200]!r} is no http or https address. Pass a page's own address, or a file.")
    return url
