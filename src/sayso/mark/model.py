"""The weights and the runtime: windows -> scores.

Takes   the windows of one text.
Gives   tag scores over its pieces and arc vectors over each window, float32.
Needs   the weights beside this file, as models.toml pins them, and OpenVINO.
Limits  each window is one inference on one thread, padded to a multiple of `STEP` by its own length alone:
        so a text has the same marks alone or among a thousand, with one thread or many.
"""

from __future__ import annotations

import hashlib
import os
import threading
import tomllib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ModelError
from sayso.mark.pieces import PAD, Pieces
from sayso.mark.tags import ARCS, HEADS, TAGS, EventColumns
from sayso.mark.windows import Window, inputs

STEP = 16  # pieces; few lengths mean few compiled kernels, and no more than 15 pieces are padding
GROUP = 384  # numbers that share a scale where the runtime multiplies in int8: one row of the encoder's width


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What models.toml says of one model."""

    name: str
    file: str
    bytes: int
    sha256: str
    tags: dict[str, list[str]]
    arcs: list[list[str]]
    events: EventColumns


def card(folder: Path) -> Card:
    """Read models.toml. Raises `ModelError` when it or the weights are not what this version needs."""
    if not (folder / "models.toml").is_file():
        raise ModelError(f"{folder / 'models.toml'} is missing. Reinstall sayso.")
    pinned = tomllib.loads((folder / "models.toml").read_text(encoding="utf-8"))
    entry = pinned["model"][0]
    events = EventColumns(types=tuple(entry["events"]["types"]), modes=tuple(entry["events"]["modes"]))
    found = Card(**{key: entry[key] for key in Card.__slots__ if key != "events"}, events=events)
    wanted = {head.name: head.tags() for head in HEADS}
    if found.tags != wanted:
        extra = sorted(set(found.tags) ^ set(wanted)) or [n for n in wanted if found.tags[n] != wanted[n]]
        raise ModelError(f"{found.file} has other tags than this version reads ({', '.join(extra)}). Reinstall sayso, or train a model for it.")
    if found.arcs != [[a.chooser, a.candidate, a.role] for a in ARCS]:
        raise ModelError(f"{found.file} has other arcs than this version reads. Reinstall sayso, or train a model for it.")
    return found


class Model:
    """The network, loaded once."""

    def __init__(self, folder: Path, threads: int, *, exact: bool = False) -> None:
        self.card = card(folder)
        self.exact = exact
        self.threads = threads or os.cpu_count() or 1
        path = folder / self.card.file
        if not path.is_file():
            raise ModelError(f"{path} is missing. Reinstall sayso.")
        self._weights = path.read_bytes()
        self._own = threading.local()
        self._lock = threading.Lock()
        if len(self._weights) != self.card.bytes or hashlib.sha256(self._weights).hexdigest() != self.card.sha256:
            raise ModelError(f"{path} is not the file that models.toml pins ({len(self._weights)} bytes). Reinstall sayso.")

    @cached_property
    def _compiled(self) -> Any:
        import openvino  # noqa: PLC0415 - a fifth of a second, and not needed to print a version

        core = openvino.Core()
        network = core.read_model(self._weights)
        settings = {"NUM_STREAMS": self.threads, "INFERENCE_NUM_THREADS": self.threads}
        fast = {"INFERENCE_PRECISION_HINT": "bf16", "DYNAMIC_QUANTIZATION_GROUP_SIZE": GROUP}
        plain = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0}
        if self.exact:
            return core.compile_model(network, "CPU", settings | plain)
        one = np.ones((1, STEP), np.int64)
        try:
            compiled = core.compile_model(network, "CPU", settings | fast)
            compiled({"ids": one, "case": one, "mask": one})
        except RuntimeError:  # a processor that lacks kernels for these: slower, the same marks but for rounding
            compiled = core.compile_model(network, "CPU", settings | plain)
        return compiled

    def _requests(self) -> list[Any]:
        """Inferences of the thread that asks, as many as the runtime has streams and one to wait: several pages may be under way at once."""
        if not hasattr(self._own, "requests"):
            with self._lock:
                self._own.requests = [self._compiled.create_infer_request() for _ in range(self.threads + 1)]
        made: list[Any] = self._own.requests
        return made

    def window(self, pieces: Pieces, window: Window) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Tag scores, arc vectors and kinds of events of one window, each float32 (places, ...)."""
        request = self._requests()[0]
        request.infer(dict(zip(("ids", "case", "mask"), _padded(pieces, window), strict=True)))
        tags, vectors, kinds = (request.get_output_tensor(n).data[0, : len(window.pieces)].copy() for n in range(3))
        return tags, vectors, kinds

    def scores(self, pieces: Pieces, windows: Sequence[Window]) -> tuple[NDArray[np.float32], list[NDArray[np.float32]], NDArray[np.float32]]:
        """Tag scores float32 (pieces, TAGS), arc vectors float32 (places, ARC_COLUMNS) a window, kinds of events float32 (pieces, card.events.size)."""
        tags = np.zeros((len(pieces.ids), TAGS), np.float32)
        kinds = np.zeros((len(pieces.ids), self.card.events.size), np.float32)
        vectors: list[NDArray[np.float32]] = []

        def finish(request: Any, window: Window) -> None:
            # Waited for rather than called back: a callback would stop a stream until the interpreter is free.
            request.wait()
            own = np.flatnonzero((window.pieces >= window.start) & (window.pieces < window.end))
            tags[window.pieces[own]] = request.get_output_tensor(0).data[0, own]
            kinds[window.pieces[own]] = request.get_output_tensor(2).data[0, own]
            vectors.append(request.get_output_tensor(1).data[0, : len(window.pieces)].copy())

        requests = self._requests()
        under_way: deque[tuple[Any, Window]] = deque()
        for at, window in enumerate(windows):
            if len(under_way) == len(requests):
                finish(*under_way.popleft())
            request = requests[at % len(requests)]
            request.start_async(dict(zip(("ids", "case", "mask"), _padded(pieces, window), strict=True)))
            under_way.append((request, window))
        while under_way:
            finish(*under_way.popleft())
        return tags, vectors, kinds


def _padded(pieces: Pieces, window: Window) -> tuple[NDArray[np.int64], ...]:
    """Ids, case and mask, int64 (1, places up to a multiple of STEP)."""
    ids, case = inputs(pieces, window)
    room = (0, -len(ids) % STEP)
    return np.pad(ids, room, constant_values=PAD)[None], np.pad(case, room)[None], np.pad(np.ones_like(ids), room)[None]
