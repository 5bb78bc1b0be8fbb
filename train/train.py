"""One phase of training: documents -> weights.

    python train/train.py --corpora DIR --out train/runs/a --epochs 5                         # PolNeAR and names
    python train/train.py --corpora DIR --out train/runs/b --init train/runs/a --epochs 3 --own 3 --decay 1.0

Takes   gold corpora, own examples, and (with --init) the weights of an earlier phase.
Gives   OUT/weights.safetensors (moving average), OUT/log.jsonl with the scores on PolNeAR dev after each epoch.
Needs   torch 2.13; two cores and 3 GiB, or a graphics processor (`--device cuda --workers 8`) and a hundredth of the time. Seeded: the same command
        gives the same weights on the same processor, and weights as good on another.
Limits  bf16 arithmetic where the processor has it; losses are kept in float32.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import data
import kinds
import torch
from evaluate import score_documents, score_events, score_pairs
from losses import Batch, Item, arc_loss, chain_loss, event_loss, packed, pair_loss
from model import Tagger, pretrained, resumed
from safetensors.torch import save_file
from torch.utils.data import DataLoader

from sayso.mark.tags import EventColumns
from sayso.mark.windows import WINDOW, windows_from_pieces

BATCH = 5120  # pieces a step


def items(documents: list[data.Document], rng: random.Random) -> list[Item]:
    """Windows of every document, cut anew each epoch so that no paragraph always stands at one place."""
    return [Item(d, w) for d in documents for w in windows_from_pieces(d.pieces.paragraphs, first=rng.randint(WINDOW // 3, WINDOW))]


def batches(pool: list[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Batches of like length, about `BATCH` pieces each, in random order."""
    rng.shuffle(pool)
    made: list[list[Item]] = []
    for at in range(0, len(pool), 512):
        part = sorted(pool[at : at + 512], key=lambda i: len(i.window.pieces))
        batch: list[Item] = []
        for item in part:
            if batch and (len(batch) + 1) * len(item.window.pieces) > BATCH:
                made.append(batch)
                batch = []
            batch.append(item)
        made.append(batch)
    rng.shuffle(made)
    yield from made


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--corpora", type=Path, required=True, help="folder of the gold corpora")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--init", type=Path, help="folder of an earlier phase, or of an exported model: src/sayso/mark")
    ask.add_argument("--epochs", type=float, default=5)
    ask.add_argument("--rate", type=float, default=2e-4, help="learning rate of the encoder; the heads take five times that")
    ask.add_argument("--decay", type=float, default=0.0, help="part of the steps, at the end, over which the rate falls to nothing")
    ask.add_argument("--warm", type=float, default=0.06, help="part of the steps over which it rises")
    ask.add_argument("--own", type=int, default=0, help="how often an epoch sees each own example")
    ask.add_argument("--polnear", type=float, default=1, help="how often an epoch sees each article of PolNeAR; 0.3 for a part drawn anew each time")
    ask.add_argument("--events", type=int, default=0, help="how often an epoch sees each own example of events")
    ask.add_argument("--fresh", type=Path, nargs="*", default=[], help="files of own events that --init has not seen: an epoch sees them three times as often")
    ask.add_argument("--event-weight", type=float, default=0.15, help="what the kinds of events count beside their tags")
    ask.add_argument("--plv", type=int, default=0, help="how often an epoch sees each sentence of PLV")
    ask.add_argument("--held", type=Path, nargs="*", default=[], help="files of own events to leave out, and to measure on")
    ask.add_argument("--fold", type=int, help="leave out every fifth sentence of PLV from this one on, 0 to 4, to measure on them")
    ask.add_argument("--ontology", type=Path, action="append", default=[], help="further types of events, in the format of ontology.toml")
    ask.add_argument("--names", type=float, default=1, help="how often an epoch sees the corpora of names, as --polnear")
    ask.add_argument("--nested", type=Path, help="JSON lines of attributions inside contents, made by silver.py")
    ask.add_argument("--nested-weight", type=float, default=0.7, help="what a nested tag counts beside an outermost one")
    ask.add_argument("--dev", type=int, default=1, help="score on every so many of PolNeAR's development articles after each epoch, 0 for none")
    ask.add_argument("--dropout", type=float, default=0.1)
    ask.add_argument("--seed", type=int, default=20261123)
    ask.add_argument("--stop-after", type=int, default=0, help="stop after this many epochs, before the rate has run its course")
    ask.add_argument("--last-only", action="store_true", help="score after the last epoch only")
    ask.add_argument("--device", default="cpu", help="cpu, or cuda")
    ask.add_argument("--workers", type=int, default=0, help="processes that prepare batches; 0 does it between the steps")
    run(ask.parse_args())


def run(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device(options.device)
    # Where a processor has no bf16 of its own, it is thirteen times slower than float32.
    short = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    columns = kinds.columns(options.ontology)
    kept = Kept.of(options)

    model = _begun(options, columns).to(device)
    average = pretrained(0.0, columns.size).to(device)
    average.load_state_dict(model.state_dict())
    optimizer = _optimizer(model, options.rate)
    weights = (1.0, options.nested_weight, 0.5, 1.0, 0.7)
    began, done, mean, steps, schedule = time.time(), 0, torch.zeros((), device=device), 0, None
    for epoch, documents in enumerate(_epochs(options)):
        made = list(batches(items(documents, rng), rng))
        if schedule is None:
            steps = int(len(made) * options.epochs)
            schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _schedule(steps, options.warm, options.decay))
            print(f"{len(documents)} documents, {len(made)} steps an epoch, {steps} steps", flush=True)
        for batch in (given.to(device) for given in _loaded(made, columns, options.workers)):
            model.train()
            with torch.autocast(device.type, torch.bfloat16, enabled=short):
                tags, vectors, found = (out.float() for out in model(batch.ids, batch.case, batch.mask))
            loss = chain_loss(tags, batch, weights) + 0.15 * arc_loss(vectors, batch)
            loss = loss + options.event_weight * (event_loss(found, batch, columns) + pair_loss((tags, vectors, found), batch, columns))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            done += 1
            _follow(average, model, min(0.996, (1 + done) / (10 + done)))
            mean = 0.98 * mean + 0.02 * loss.detach()
            if done % 50 == 0:
                print(f"step {done}/{steps} loss {float(mean) / (1 - 0.98**done):.4f} {(time.time() - began) / done:.2f} s a step", flush=True)
            if done >= steps:
                break
        save_file(average.state_dict(), options.out / "weights.safetensors")
        scores = kept.scores(average, columns) if done >= steps or not options.last_only else {}
        _note(options.out, {"step": done, "minutes": round((time.time() - began) / 60, 1)} | scores)
        if done >= steps or epoch + 1 == options.stop_after:
            break


@dataclass(frozen=True)
class Kept:
    """What training does not see and is scored on: PolNeAR's development articles, a fold of PLV, files of own events."""

    dev: list[data.Document]
    pairs: list[data.Document]
    events: list[data.Document]

    @classmethod
    def of(cls, options: argparse.Namespace) -> Kept:
        folder = options.corpora
        dev = list(data.polnear(folder / "polnear/dev.jsonl", None, None))[:: options.dev] if options.dev else []
        pairs = [] if options.fold is None else list(data.plv(folder / "plv/train.jsonl", 1, keep=lambda at: at % 5 == options.fold))
        return cls(dev, pairs, list(data.own_events(options.held, 1)))

    def scores(self, model: Tagger, columns: EventColumns) -> dict[str, float]:
        found = score_documents(model, self.dev, columns) if self.dev else {}
        found |= score_pairs(model, self.pairs, columns) if self.pairs else {}
        return found | (score_events(model, self.events, columns) if self.events else {})


def _epochs(options: argparse.Namespace) -> Iterator[list[data.Document]]:
    """What each epoch learns from. Own events and PLV tell of other states in every epoch; the next epochs' are made while this one's are learnt."""
    folder = options.corpora
    polnear = list(data.polnear(folder / "polnear/train.jsonl", folder / "polnear/silver_train.jsonl", options.nested)) if options.polnear else []
    names, own, rng = data.gather(folder), list(data.own(_texts("corpus"), options.own)), random.Random(options.seed)

    def drawn(documents: list[data.Document], often: float) -> list[data.Document]:
        return documents * int(often) + rng.sample(documents, int(len(documents) * (often % 1)))

    def whole(dressed: list[data.Document]) -> list[data.Document]:
        return drawn(polnear, options.polnear) + drawn(names, options.names) + own + dressed

    if not options.workers:
        for epoch in count():
            yield whole(_dressed(options, epoch))
    with ProcessPoolExecutor(min(4, options.workers), get_context("forkserver")) as pool:
        coming = deque(pool.submit(_dressed, options, epoch) for epoch in range(4))
        try:
            for epoch in count(4):
                yield whole(coming.popleft().result())
                coming.append(pool.submit(_dressed, options, epoch))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _dressed(options: argparse.Namespace, epoch: int) -> list[data.Document]:
    def learned(at: int) -> bool:
        return options.fold is None or at % 5 != options.fold

    seed, held, fresh = options.seed + epoch, _resolved(options.held), _resolved(options.fresh)
    files = [path for path in _texts("events") if path.resolve() not in held | fresh]
    documents = [*data.own_events(files, options.events, seed), *data.own_events(options.fresh, 3 * options.events, seed)]
    return [*documents, *data.plv(options.corpora / "plv/train.jsonl", options.plv, seed, learned)]


def _resolved(paths: Iterable[Path]) -> set[Path]:
    return {path.resolve() for path in paths}


def _texts(folder: str) -> list[Path]:
    return sorted(Path(__file__).parent.joinpath(folder).glob("*.txt"))


def _loaded(made: list[list[Item]], columns: EventColumns, workers: int) -> Iterable[Batch]:
    return DataLoader(made, batch_size=None, num_workers=workers, collate_fn=partial(packed, columns=columns))  # type: ignore[arg-type]


def _note(out: Path, line: dict[str, float]) -> None:
    print(json.dumps(line), flush=True)
    with (out / "log.jsonl").open("a") as log:
        log.write(json.dumps(line) + "\n")


def _begun(options: argparse.Namespace, columns: EventColumns) -> Tagger:
    if options.init:
        return resumed(options.init, options.dropout, columns.size)
    return pretrained(options.dropout, columns.size)


def _optimizer(model: Tagger, rate: float) -> torch.optim.Optimizer:
    fresh = [p for n, p in model.named_parameters() if n.startswith(("tags", "arcs", "cases", "kinds"))]
    old = [p for n, p in model.named_parameters() if not n.startswith(("tags", "arcs", "cases", "kinds"))]
    return torch.optim.AdamW([{"params": old, "lr": rate}, {"params": fresh, "lr": 5 * rate}], weight_decay=0.01, fused=True)


def _schedule(steps: int, warm: float, decay: float) -> Callable[[int], float]:
    def rate_at(step: int) -> float:
        up = min(1.0, (step + 1) / max(1.0, warm * steps))
        down = min(1.0, (steps - step) / max(1.0, decay * steps))
        return min(up, down)

    return rate_at


@torch.no_grad()
def _follow(average: Tagger, model: Tagger, keep: float) -> None:
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)


if __name__ == "__main__":
    main()
