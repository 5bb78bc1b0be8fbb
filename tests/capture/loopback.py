"""A real server on loopback that misbehaves on request."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

STORY = b"The minister said on Monday that the bridge would open.\n"
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers from `server.answers` by path; whoever reads from it goes away when it likes."""

    server: Any
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        try:
            self.server.answers.get(self.path, send(b"", status=404))(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


def send(body: bytes, *, status: int = 200, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        sent = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))} | {k.replace("_", "-"): v for k, v in headers.items()}
        for name, value in sent.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        if sent["content-length"] != str(len(body)):
            handler.close_connection = True

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return send(b"", status=status, location=to)


def packed(body: bytes, level: int = 9) -> Answer:
    return send(gzip.compress(body, level), content_encoding="gzip")


def endless(handler: Handler) -> None:
    """A body without end, as fast as it is taken."""
    handler.send_response(200)
    handler.send_header("content-type", "text/html")
    handler.end_headers()
    handler.close_connection = True
    while True:
        handler.wfile.write(b"<p>and another thing" * 1000)


def dripping(handler: Handler) -> None:
    """A byte of the body every tenth of a second, for ever."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.1)


def dripping_headers(handler: Handler) -> None:
    """Headers, a byte at a time: each comes soon enough, and they never end."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
    while True:
        handler.wfile.write(b"y")
        time.sleep(0.1)


def silent(handler: Handler) -> None:
    handler.close_connection = True
    time.sleep(2)


def huge_header(handler: Handler) -> None:
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 1_000_000 + b"\r\n\r\n")


def no_http(handler: Handler) -> None:
    handler.close_connection = True
    handler.wfile.write(b"\x00\xff rubbish \r\n\r\n" * 10)


class Server:
    """Use as `with`. site: its address; asked: what it was asked for, in order."""

    def __init__(self) -> None:
        self.http: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.answers, self.http.asked = {}, []
        self.site = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *reason: object) -> None:
        self.http.shutdown()
        self.http.server_close()

    def has(self, path: str, answer: Answer | bytes) -> str:
        self.http.answers[path] = send(answer) if isinstance(answer, bytes) else answer
        return self.site + path

    @property
    def asked(self) -> list[str]:
        return [path for path, _ in self.http.asked]

    @property
    def headers(self) -> list[dict[str, str]]:
        return [{name.lower(): value for name, value in sent.items()} for _, sent in self.http.asked]
