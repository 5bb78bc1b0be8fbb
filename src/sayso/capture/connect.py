"""The connections that Sayso makes: only to addresses that it may reach, and never longer than the time that is left.

Takes   a request of httpx.
Gives   its response; every name is resolved here, and the address that was checked is the one that is connected to.
Needs   the network; httpcore, which httpx stands on, since only it lets the connecting be replaced.
Limits  proxies of the environment are not used: behind one, nobody could say which address is reached.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class ForbiddenAddress(Exception):
    """A name leads to an address that is not for reading."""


class OutOfTime(Exception):
    """The time for one page is used up."""


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could reach it: neither private, loopback, link-local, multicast, reserved nor unspecified."""
    inner = _within(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_any(address: Address) -> bool:
    """For those who allow their own network; even so nothing is sent to everybody at once."""
    return not (address.is_multicast or address.is_unspecified)


def _within(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


class Deadline:
    """The moment at which the page under way must be there; one page at a time."""

    def __init__(self) -> None:
        self.at = 0.0

    def left(self, wanted: float | None = None) -> float:
        """Seconds that are left, at most `wanted`. Raises `OutOfTime` when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left if wanted is None else min(left, wanted)


class _Stream(httpcore.NetworkStream):
    """A connection on which every single wait ends at the deadline: a byte a second is no way around it."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, self.deadline.left(timeout)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, may_connect: Callable[[Address], bool], deadline: Deadline) -> None:
        self.may_connect, self.deadline = may_connect, deadline
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = _resolved(host, port, self.deadline.left(timeout))
        allowed = [address for address in found if self.may_connect(ipaddress.ip_address(address))]
        if not allowed:
            raise ForbiddenAddress(f"{host} is {found[0]}")
        for n, address in enumerate(allowed):
            try:
                left = self.deadline.left(timeout)
                return _Stream(self.inner.connect_tcp(address, port, left, local_address, socket_options), self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if n == len(allowed) - 1:
                    raise
        raise AssertionError("unreachable")


def _resolved(host: str, port: int, timeout: float) -> list[str]:
    """Addresses of a name. The system's resolver knows no deadline, so it is asked beside and left behind when it is late."""
    answers: queue.Queue[list[str] | Exception] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="sayso-resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        raise OutOfTime from None
    if isinstance(answer, Exception) or not answer:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved ({answer})")
    return answer


class _Body(httpx.SyncByteStream):
    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __iter__(self) -> Iterator[bytes]:
        yield from self.inner

    def close(self) -> None:
        self.inner.close()


class Transport(httpx.BaseTransport):
    """httpx's way to the network, through checked addresses only."""

    def __init__(self, may_connect: Callable[[Address], bool], deadline: Deadline) -> None:
        backend = _Backend(may_connect, deadline)
        context = httpx.create_ssl_context()
        self.pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend, max_connections=16, keepalive_expiry=10)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        asked = httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions)
        answer = self.pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions)

    def close(self) -> None:
        self.pool.close()
