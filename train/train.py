"""One phase of training: documents -> weights.

    python train/train.py --corpora DIR --out train/runs/a --epochs 5                         # PolNeAR and names
    python train/train.py --corpora DIR --out train/runs/b --init train/runs/a --epochs 3 --own 3 --decay 1.0

Takes   gold corpora, own examples, and (with --init) the weights of an earlier phase.
Gives   OUT/weights.safetensors (moving average), OUT/log.jsonl with the scores on PolNeAR dev after each epoch.
Needs   torch 2.13, two cores, about 3 GiB. Seeded: the same command gives the same weights on the same machine.
Limits  bf16 arithmetic; losses are kept in float32.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import data
import kinds
import numpy as np
import torch
from evaluate import score_documents, score_pairs
from model import Tagger, pretrained, resumed
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from sayso.mark.tags import ARC_WIDTH, ARCS, COLUMNS, HEADS, STANDINGS, TAGS, EventColumns
from sayso.mark.windows import WINDOW, Window, inputs, windows_from_pieces

BATCH = 5120  # pieces a step
FAR = -1e4


@dataclass
class Item:
    document: data.Document
    window: Window


def items(documents: list[data.Document], rng: random.Random) -> list[Item]:
    """Windows of every document, cut anew each epoch so that no paragraph always stands at one place."""
    return [
        Item(d, w)
        for d in documents
        for w in windows_from_pieces(d.pieces.paragraphs, first=rng.randint(WINDOW // 3, WINDOW))
    ]


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


def tensors(batch: list[Item]) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(len(i.window.pieces) for i in batch)
    ids, case, mask = (torch.zeros(len(batch), longest, dtype=torch.int64) for _ in range(3))
    for row, item in enumerate(batch):
        one, two = inputs(item.document.pieces, item.window)
        ids[row, : len(one)] = torch.from_numpy(one)
        case[row, : len(two)] = torch.from_numpy(two)
        mask[row, : len(one)] = 1
    return ids, case, mask


# Which tag may follow which, for all heads at once: block by block.
FOLLOWS = torch.zeros(TAGS, TAGS)
STARTS, ENDS = torch.zeros(TAGS), torch.zeros(TAGS)
OF_HEAD = torch.zeros(TAGS, len(HEADS))
for number, head in enumerate(HEADS):
    base = COLUMNS[head.name].start
    names = head.tags()
    for i, before in enumerate(names):
        STARTS[base + i], ENDS[base + i] = before[0] in "OBS", before[0] in "OES"
        OF_HEAD[base + i, number] = 1
        for j, after in enumerate(names):
            goes_on = after[0] in "IE" and before[2:] == after[2:]
            FOLLOWS[base + i, base + j] = goes_on if before[0] in "BI" else after[0] in "OBS"


def chain_loss(tags: Tensor, batch: list[Item], head_weights: Tensor) -> Tensor:
    """Minus log probability that a path through the allowed tags is taken, a piece, over every owned paragraph.

    A conditional random field whose transitions are only allowed or not, with partial labels: the numerator sums
    over every path that the annotation leaves open (Tsuboi et al., 2008).
    """
    runs: list[tuple[int, np.ndarray, np.ndarray, bool, bool]] = []
    for row, item in enumerate(batch):
        window, pieces = item.window, item.document.pieces
        owned = np.flatnonzero((window.pieces >= window.start) & (window.pieces < window.end))
        numbers = window.pieces[owned]
        cuts = np.flatnonzero(np.isin(numbers, pieces.paragraphs)[1:]) + 1
        for places, own in zip(np.split(owned, cuts), np.split(numbers, cuts), strict=True):
            if len(own):
                runs.append((row, places, own, own[0] in pieces.paragraphs, own[-1] + 1 in pieces.paragraphs))
    longest = max(len(r[1]) for r in runs)
    where = torch.zeros(len(runs), longest, dtype=torch.int64)
    valid = torch.zeros(len(runs), longest, dtype=torch.bool)
    allowed = torch.ones(len(runs), longest, TAGS, dtype=torch.bool)
    begin, finish = torch.ones(len(runs), TAGS), torch.ones(len(runs), TAGS)
    for at, (row, places, own, is_start, is_end) in enumerate(runs):
        where[at, : len(places)] = torch.from_numpy(row * tags.shape[1] + places)
        valid[at, : len(places)] = True
        allowed[at, : len(places)] = torch.from_numpy(batch[row].document.allowed[own])
        if is_start:
            begin[at] = STARTS
        if is_end:
            finish[at] = ENDS
    scores = tags.reshape(-1, TAGS)[where]
    both = torch.cat([scores, scores.masked_fill(~allowed, FAR)])
    total = _log_sum_of_paths(both, torch.cat([valid, valid]), torch.cat([begin, begin]), torch.cat([finish, finish]))
    loss = total[: len(runs)] - total[len(runs) :]
    return (loss.sum(0) * head_weights).sum() / valid.sum()


def _log_sum_of_paths(scores: Tensor, valid: Tensor, begin: Tensor, finish: Tensor) -> Tensor:
    """(runs, length, TAGS) -> (runs, heads)."""
    tops = torch.stack([scores[:, :, COLUMNS[h.name]].amax(2) for h in HEADS], 2).detach()
    odds = torch.exp(scores - tops @ OF_HEAD.T)
    steps = odds.unbind(1)
    alpha = begin * steps[0]
    scale = alpha @ OF_HEAD + 1e-30
    alpha = alpha / (scale @ OF_HEAD.T)
    total = tops[:, 0] + scale.log()
    for at in range(1, len(steps)):
        ahead = (alpha @ FOLLOWS) * steps[at]
        scale = ahead @ OF_HEAD + 1e-30
        ahead = ahead / (scale @ OF_HEAD.T)
        here = valid[:, at, None]
        alpha = torch.where(here, ahead, alpha)
        total = total + torch.where(here, tops[:, at] + scale.log(), 0.0)
    return total + torch.log((alpha * finish) @ OF_HEAD + 1e-30)


def arc_loss(vectors: Tensor, mask: Tensor, batch: list[Item]) -> Tensor:
    """Minus log probability of the right candidate among all pieces of the window, piece 0 for none; mean over arcs and kinds."""
    losses = []
    for kind in range(len(ARCS)):
        first, last, other = (vectors[..., (3 * kind + n) * ARC_WIDTH : (3 * kind + n + 1) * ARC_WIDTH] for n in range(3))
        rows, starts, ends, targets = [], [], [], []
        for row, item in enumerate(batch):
            window = item.window
            place = {int(p): at for at, p in enumerate(window.pieces) if p >= 0}
            for begin, end, heads in item.document.arcs[kind]:
                if not window.start <= begin < window.end:
                    continue
                seen = [place[h] for h in heads if h in place]
                if heads and not seen:
                    continue
                rows.append(row)
                starts.append(place[begin])
                ends.append(place.get(end, place[begin]))
                targets.append(seen or [0])
        if not rows:
            continue
        chooser = first[rows, starts] + last[rows, ends]
        scores = torch.einsum("ad,apd->ap", chooser, other[rows]) / ARC_WIDTH**0.5
        scores = scores.float().masked_fill(mask[rows] == 0, FAR)
        right = torch.zeros_like(scores)
        for at, places in enumerate(targets):
            right[at, places] = 1.0
        chances = scores.log_softmax(1)
        if ARCS[kind].many:
            # Every right candidate has to be likely: all who take part in the talks.
            losses.append(-((chances * right).sum(1) / right.sum(1)).mean())
        else:
            losses.append(-(chances.masked_fill(right == 0, FAR).logsumexp(1)).mean())
    return torch.stack(losses).sum() if losses else vectors.sum() * 0


def event_loss(given: Tensor, batch: list[Item], columns: EventColumns) -> Tensor:
    """Minus log probability of type, mode among those of the type, standing and past at the first piece of every trigger; mean over triggers."""
    seats, types, modes, standings, past = [], [], [], [], []
    for row, item in enumerate(batch):
        place = {int(p): at for at, p in enumerate(item.window.pieces) if p >= 0}
        for first, (kind, mode, standing, is_past) in item.document.events:
            if item.window.start <= first < item.window.end and kind in columns.types:
                seats.append(row * given.shape[1] + place[first])
                types.append(columns.types.index(kind))
                modes.append(columns.modes.index(f"{kind}.{mode}" if f"{kind}.{mode}" in columns.modes else f"{kind}."))
                standings.append(STANDINGS.index(standing))
                past.append(float(is_past))
    if not seats:
        return given.sum() * 0
    rows = given.reshape(-1, columns.size)[seats]
    loss = functional.cross_entropy(rows[:, columns.type], torch.tensor(types), label_smoothing=0.05)
    own = torch.full((len(seats), len(columns.modes)), FAR)
    for at, kind in enumerate(types):
        own[at, [c - columns.mode.start for c in columns.modes_of(columns.types[kind])]] = 0.0
    loss = loss + 0.5 * functional.cross_entropy(rows[:, columns.mode] + own, torch.tensor(modes))
    loss = loss + functional.cross_entropy(rows[:, columns.standing], torch.tensor(standings), label_smoothing=0.05)
    return loss + 0.5 * functional.binary_cross_entropy_with_logits(rows[:, columns.past], torch.tensor(past))


AGENT, RECIPIENT = (next(at for at, kind in enumerate(ARCS) if kind.role == role) for role in ("agent", "recipient"))
SINGLE, BEGIN, OUTSIDE = COLUMNS["triggers"].start + 4, COLUMNS["triggers"].start + 1, COLUMNS["triggers"].start


def pair_odds(given: tuple[Tensor, Tensor, Tensor], source: int, target: int, columns: EventColumns) -> Tensor:
    """Log probability of each type for a pair: over all pieces that may begin a trigger, by how well both arcs fit there.

    given  tags, arc vectors and kinds of one window, (pieces, ...), float32; source, target: places of the pair's first pieces.
    """
    tags, vectors, kinds_of = given
    trigger = torch.logaddexp(tags[:, SINGLE], tags[:, BEGIN]) - tags[:, OUTSIDE]
    fits = trigger.clamp(-12, 12)
    for arc, seat in ((AGENT, source), (RECIPIENT, target)):
        first, last, other = (vectors[:, (3 * arc + n) * ARC_WIDTH : (3 * arc + n + 1) * ARC_WIDTH] for n in range(3))
        fits = fits + (first + last) @ other[seat] / ARC_WIDTH**0.5
    seats = fits.log_softmax(0)
    return torch.logsumexp(seats[:, None] + kinds_of[:, columns.type].log_softmax(1), 0)


def pair_loss(given: Sequence[Tensor], mask: Tensor, batch: list[Item], columns: EventColumns) -> Tensor:
    """Minus log probability of the types that a marked pair's event may have; mean over pairs."""
    losses = []
    for row, item in enumerate(batch):
        if item.document.pair is None:
            continue
        source, target, allowed = item.document.pair
        place = {int(p): at for at, p in enumerate(item.window.pieces) if p >= 0}
        if source in place and target in place:
            length = int(mask[row].sum())
            own = given[0][row, :length], given[1][row, :length], given[2][row, :length]
            odds = pair_odds(own, place[source], place[target], columns)
            losses.append(-torch.logsumexp(odds[[columns.types.index(t) for t in allowed]], 0))
    return torch.stack(losses).mean() if losses else given[2].sum() * 0


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--corpora", type=Path, required=True, help="folder of the gold corpora")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--init", type=Path, help="folder of an earlier phase")
    ask.add_argument("--epochs", type=float, default=5)
    ask.add_argument("--rate", type=float, default=2e-4, help="learning rate of the encoder; the heads take five times that")
    ask.add_argument("--decay", type=float, default=0.0, help="part of the steps, at the end, over which the rate falls to nothing")
    ask.add_argument("--warm", type=float, default=0.06, help="part of the steps over which it rises")
    ask.add_argument("--own", type=int, default=0, help="how often an epoch sees each own example")
    ask.add_argument("--polnear", type=int, default=1, help="how often an epoch sees each article of PolNeAR")
    ask.add_argument("--events", type=int, default=0, help="how often an epoch sees each own example of events")
    ask.add_argument("--event-weight", type=float, default=0.15, help="what the kinds of events count beside their tags")
    ask.add_argument("--plv", type=int, default=0, help="how often an epoch sees each sentence of PLV")
    ask.add_argument("--fold", type=int, help="leave out every fifth sentence of PLV from this one on, 0 to 4, to measure on them")
    ask.add_argument("--ontology", type=Path, action="append", default=[], help="further types of events, in the format of ontology.toml")
    ask.add_argument("--names", type=int, default=1, help="how often an epoch sees the corpora of names")
    ask.add_argument("--nested", type=Path, help="JSON lines of attributions inside contents, made by silver.py")
    ask.add_argument("--nested-weight", type=float, default=0.7, help="what a nested tag counts beside an outermost one")
    ask.add_argument("--dev", type=int, default=1, help="score on every so many of PolNeAR's development articles after each epoch, 0 for none")
    ask.add_argument("--dropout", type=float, default=0.1)
    ask.add_argument("--seed", type=int, default=20261123)
    ask.add_argument("--stop-after", type=int, default=0, help="stop after this many epochs, before the rate has run its course")
    run(ask.parse_args())


def run(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    documents, left_out = _documents(options)
    columns = kinds.columns(options.ontology)
    dev = list(data.polnear(options.corpora / "polnear/dev.jsonl", None, None))[:: options.dev] if options.dev else []

    model = _begun(options, columns)
    average = pretrained(0.0, columns.size)
    average.load_state_dict(model.state_dict())
    optimizer = _optimizer(model, options.rate)
    per_epoch = len(list(batches(items(documents, rng), rng)))
    steps = int(per_epoch * options.epochs)
    rate_at = _schedule(steps, options.warm, options.decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate_at)
    weights = torch.tensor([1.0, options.nested_weight, 0.5, 1.0, 0.7])
    print(f"{len(documents)} documents, {per_epoch} steps an epoch, {steps} steps", flush=True)
    began, done, epochs, mean = time.time(), 0, 0, 0.0
    while done < steps:
        for batch in batches(items(documents, rng), rng):
            ids, case, mask = tensors(batch)
            model.train()
            with torch.autocast("cpu", torch.bfloat16):
                given = [out.float() for out in model(ids, case, mask)]
            loss = chain_loss(given[0], batch, weights) + 0.15 * arc_loss(given[1], mask, batch)
            loss = loss + options.event_weight * (event_loss(given[2], batch, columns) + pair_loss(given, mask, batch, columns))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            done += 1
            _follow(average, model, min(0.996, (1 + done) / (10 + done)))
            mean = 0.98 * mean + 0.02 * float(loss.detach())
            if done % 50 == 0:
                print(f"step {done}/{steps} loss {mean / (1 - 0.98**done):.4f} {(time.time() - began) / done:.2f} s a step", flush=True)
            if done >= steps:
                break
        save_file(average.state_dict(), options.out / "weights.safetensors")
        scores = score_documents(average, dev, columns) if dev else {}
        if left_out:
            scores |= score_pairs(average, left_out, columns, pair_odds)
        _note(options.out, {"step": done, "minutes": round((time.time() - began) / 60, 1)} | scores)
        epochs += 1
        if epochs == options.stop_after:
            break


def _documents(options: argparse.Namespace) -> tuple[list[data.Document], list[data.Document]]:
    """What this phase learns from, and the sentences of PLV that it leaves out to measure on."""
    folder, here = options.corpora, Path(__file__).parent
    silver = folder / "polnear/silver_train.jsonl"
    polnear = list(data.polnear(folder / "polnear/train.jsonl", silver, options.nested)) if options.polnear else []
    found = polnear * options.polnear + data.gather(folder) * options.names
    found += data.own(here.joinpath("corpus").glob("*.txt"), options.own)
    found += data.own_events(here.joinpath("events").glob("*.txt"), options.events)
    found += data.plv(folder / "plv/train.jsonl", options.plv, lambda at: options.fold is None or at % 5 != options.fold)
    return found, [] if options.fold is None else list(data.plv(folder / "plv/train.jsonl", 1, lambda at: at % 5 == options.fold))


def _note(out: Path, line: dict[str, float]) -> None:
    print(json.dumps(line), flush=True)
    with (out / "log.jsonl").open("a") as log:
        log.write(json.dumps(line) + "\n")


def _begun(options: argparse.Namespace, columns: EventColumns) -> Tagger:
    if options.init:
        return resumed(options.init / "weights.safetensors", options.dropout, columns.size)
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
