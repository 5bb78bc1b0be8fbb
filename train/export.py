"""Weights -> the ONNX file that ships, and its entry in models.toml.

    python train/export.py --weights train/runs/second --name english-3 --out src/sayso/mark

Takes   weights.safetensors of a phase of training.
Gives   OUT/NAME.onnx with every large table and matrix as int8 with one scale a row or column, and OUT/models.toml.
Needs   torch, onnx.
Limits  arithmetic stays floating point: the runtime chooses bf16 or int8 by what the processor has.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import warnings
from pathlib import Path

import kinds
import numpy as np
import onnx
import torch
from model import pretrained
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file

from sayso.mark.tags import ARCS, HEADS, EventColumns


def graph(weights: Path, path: Path, columns: EventColumns) -> onnx.ModelProto:
    """The network in float32."""
    model = pretrained(0.0, columns.size)
    model.load_state_dict(load_file(weights))
    model.eval()
    given = tuple(torch.ones(1, 64, dtype=torch.int64) for _ in range(3))
    names = ["ids", "case", "mask"]
    axes = {name: {0: "windows", 1: "pieces"} for name in [*names, "tags", "arcs", "kinds"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, given, str(path), input_names=names, output_names=["tags", "arcs", "kinds"], dynamic_axes=axes, dynamo=False, opset_version=17
        )
    return onnx.load(str(path))


def shrunk(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store every matrix of more than 10,000 numbers as int8: tables with a scale a row, products with a scale a column."""
    kept, extra, nodes = [], [], []
    users = {name: node for node in model.graph.node for name in node.input}
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < 10_000:
            kept.append(tensor)
            continue
        axis = 0 if users[tensor.name].op_type == "Gather" else 1
        scale = np.abs(values).max(1 - axis) / 127
        scale = np.maximum(scale, 1e-12).astype(np.float32)
        shape = (-1, 1) if axis == 0 else (1, -1)
        whole = np.clip(np.rint(values / scale.reshape(shape)), -127, 127).astype(np.int8)
        extra += [numpy_helper.from_array(whole, tensor.name + ".int8"), numpy_helper.from_array(scale, tensor.name + ".scale")]
        zero = numpy_helper.from_array(np.zeros(len(scale), np.int8), tensor.name + ".zero")
        extra.append(zero)
        inputs = [tensor.name + ".int8", tensor.name + ".scale", tensor.name + ".zero"]
        nodes.append(helper.make_node("DequantizeLinear", inputs, [tensor.name], axis=axis))
    body = [*nodes, *model.graph.node]
    slim = helper.make_graph(body, "sayso", model.graph.input, model.graph.output, [*kept, *extra])
    made = helper.make_model(slim, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="sayso")
    onnx.checker.check_model(made)
    assert all(t.data_type != TensorProto.DOUBLE for t in made.graph.initializer)
    return made


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--weights", type=Path, required=True)
    ask.add_argument("--name", default="english-3")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--scores", type=Path, help="the last line of bench/attribution.py on PolNeAR dev, to be pinned beside the weights")
    ask.add_argument("--ontology", type=Path, action="append", default=[], help="further types of events that the weights were trained with")
    options = ask.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{options.name}.onnx"
    columns = kinds.columns(options.ontology)
    slim = shrunk(graph(options.weights / "weights.safetensors", path, columns))
    path.write_bytes(slim.SerializeToString())
    (options.out / "models.toml").write_text(entry(options.name, path, columns, options.scores), encoding="utf-8")
    print(path, f"{path.stat().st_size / 1e6:.1f} MB")


def entry(name: str, path: Path, columns: EventColumns, scores: Path | None) -> str:
    """What models.toml pins."""
    body = path.read_bytes()
    lines = [
        "# The weights that ship: what file, what its columns mean, what it learned from, how it scores. Written by train/export.py.",
        "",
        "[[model]]",
        f'name = "{name}"',
        f'file = "{path.name}"',
        f"bytes = {len(body)}",
        f'sha256 = "{hashlib.sha256(body).hexdigest()}"',
        'language = "en"',
        'encoder = "all-MiniLM-L6-v2, Apache-2.0"',
        'learned_from = [',
        '  "PolNeAR train, 840 articles, no licence stated, texts are the publishers\'",',
        '  "WikiGold, CC BY 4.0", "UNER EWT, CC BY-SA 4.0", "CrossNER politics, MIT",',
        '  "PLV train, 1,026 sentences with marked pairs, no licence stated", "own examples, train/corpus and train/events, Apache-2.0",',
        "]",
    ]
    if scores:
        figures = json.loads(scores.read_text().strip().splitlines()[-1])
        lines.append("scores = { " + ", ".join(f"{k} = {v}" for k, v in figures.items()) + " }  # PolNeAR dev, bench/attribution.py")
    lines += [f"arcs = {json.dumps([[a.chooser, a.candidate, a.role] for a in ARCS])}", "", "[model.tags]"]
    lines += [f"{head.name} = {json.dumps(head.tags())}" for head in HEADS]
    lines += ["", "[model.events]", f"types = {json.dumps(columns.types)}", f"modes = {json.dumps(columns.modes)}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
