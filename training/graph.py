"""The ONNX graph that serves the encoder, over the weights of `model.safetensors`.

The graph carries no second copy: its matrices are references into the safetensors file, where
they lie as float8 (E4M3) for sentence-transformers to read. Casting them to float32, finding
their scales and quantising them to int8 is a chain of constants, which onnxruntime folds once
while it loads. Activations are quantised at run time (dynamic quantisation).

Inputs `input_ids` and `attention_mask`, int64 (batch, length); output `embedding`, float32
(batch, hidden), unit length.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.e5s1 import EPSILON, Shape

MICROSOFT = "com.microsoft"
OPSET, MICROSOFT_OPSET, IR_VERSION = 20, 1, 9  # onnxruntime 1.23 reads them
DTYPES = {"F32": TensorProto.FLOAT, "F8_E4M3": TensorProto.FLOAT8E4M3FN}
# Seven bits for each output channel: with eight, processors without VNNI saturate when they add
# pairs of products. Costs .0002 of cosine.
CHANNEL_LIMIT = 63
# The last matrix of a layer reads GELU's outliers. There a scale for each block of 64 inputs
# (onnxruntime's MatMulNBits) halves the error of the whole encoder and costs a tenth of its time.
BLOCK, BLOCK_LIMIT, BLOCK_ZERO, BLOCK_BITS = 64, 127, 128, 8


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a tensor lies in a safetensors file: byte offset and length, dtype, dimensions."""

    dtype: str
    dims: tuple[int, ...]
    offset: int
    length: int


def stored_tensors(path: Path) -> dict[str, Stored]:
    """The directory of a safetensors file (offsets from the start of the file)."""
    with path.open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    header.pop("__metadata__", None)
    return {
        name: Stored(
            entry["dtype"],
            tuple(entry["shape"]),
            8 + size + entry["data_offsets"][0],
            entry["data_offsets"][1] - entry["data_offsets"][0],
        )
        for name, entry in header.items()
    }


class GraphBuilder:
    """Collects nodes and initializers; every method returns the name of a value."""

    def __init__(self, shape: Shape, weights: Path) -> None:
        self.shape = shape
        self.location = weights.name
        self.stored = stored_tensors(weights)
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}

    def op(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        node = helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes)
        self.nodes.append(node)
        return output

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.initializers.setdefault(name, numpy_helper.from_array(value, name))
        return name

    def weight(self, name: str, dims: tuple[int, ...] | None = None) -> str:
        """A tensor of the safetensors file, in float32, of its own or other dimensions."""
        stored = self.stored[name]
        if dims is not None:
            stored = replace(stored, dims=dims)
        raw = name if stored.dtype == "F32" else name + ".float8"
        if raw not in self.initializers:
            self.initializers[raw] = self._external(raw, stored)
            if raw != name:
                self.op("Cast", [raw], name, to=TensorProto.FLOAT)
        return name

    def raw_bytes(self, name: str) -> str:
        """A float8 tensor of the safetensors file as uint8, its bytes."""
        raw = name + ".bytes"
        stored = self.stored[name]
        self.initializers.setdefault(raw, self._external(raw, stored, TensorProto.UINT8))
        return raw

    def _external(self, name: str, stored: Stored, dtype: int | None = None) -> onnx.TensorProto:
        tensor = TensorProto(
            name=name,
            data_type=DTYPES[stored.dtype] if dtype is None else dtype,
            dims=stored.dims,
            data_location=TensorProto.EXTERNAL,
        )
        place = {"location": self.location, "offset": stored.offset, "length": stored.length}
        for key, value in place.items():
            entry = tensor.external_data.add()
            entry.key, entry.value = key, str(value)
        return tensor

    def quantised(self, matrix: str, limit: int, zero: NDArray[Any]) -> tuple[str, str]:
        """Names of the 8-bit values and the scales of each row of a constant (rows, columns)."""
        # The extremes one by one: a constant of absolute values would double the memory at load.
        last = self.constant("last", np.array([-1], np.int64))
        top = self.op("ReduceMax", [matrix, last], matrix + ".top", keepdims=0)
        bottom = self.op("ReduceMin", [matrix, last], matrix + ".bottom", keepdims=0)
        largest = self.op("Max", [top, self.op("Neg", [bottom], matrix + ".neg")], matrix + ".max")
        steps = self.constant(f"limit.{limit}", np.array(limit, np.float32))
        scale = self.op("Div", [largest, steps], matrix + ".scale")
        zeros = self.constant(f"zero.{zero.dtype}.{len(zero)}", zero)
        values = self.op("QuantizeLinear", [matrix, scale, zeros], matrix + ".values", axis=0)
        return values, scale

    def side_by_side(self, names: list[str], output: str) -> str:
        """The weights `names` as one, joined along the output channels."""
        values = [self.weight(name) for name in names]
        return values[0] if len(values) == 1 else self.op("Concat", values, output, axis=0)

    def linear(self, x: str, names: list[str], output: str) -> str:
        """x (batch, length, in) through the linear layers `names`; int8 by output channel."""
        matrix = self.side_by_side([name + ".weight" for name in names], output + ".matrix")
        bias = self.side_by_side([name + ".bias" for name in names], output + ".bias")
        rows = sum(self.stored[name + ".bias"].dims[0] for name in names)
        values, scale = self.quantised(matrix, CHANNEL_LIMIT, np.zeros(rows, np.int8))
        turned = self.op("Transpose", [values], output + ".turned", perm=[1, 0])
        return self.op("DynamicQuantizeMatMul", [x, turned, scale, "", bias], output, MICROSOFT)

    def linear_by_block(self, x: str, name: str, output: str) -> str:
        """x (batch, length, in) through one linear layer; 8 bits by block of inputs."""
        outputs, inputs = self.stored[name + ".weight"].dims
        blocks = inputs // BLOCK
        matrix = self.weight(name + ".weight", (outputs * blocks, BLOCK))
        zero = np.full(outputs * blocks, BLOCK_ZERO, np.uint8)
        values, scale = self.quantised(matrix, BLOCK_LIMIT, zero)
        dims = self.constant("packed", np.array([outputs, blocks, BLOCK], np.int64))
        packed = self.op("Reshape", [values, dims], output + ".packed")
        return self.op(
            "MatMulNBits",
            [x, packed, scale, "", "", self.weight(name + ".bias")],
            output,
            MICROSOFT,
            K=inputs,
            N=outputs,
            bits=BLOCK_BITS,
            block_size=BLOCK,
            accuracy_level=4,  # int8 arithmetic
        )

    def skip_norm(self, x: str, skip: str, name: str, output: str) -> str:
        """Layer normalisation of x + skip."""
        inputs = [x, skip, self.weight(name + ".weight"), self.weight(name + ".bias")]
        return self.op("SkipLayerNormalization", inputs, output, MICROSOFT, epsilon=EPSILON)

    def embeddings(self) -> str:
        prefix = "embeddings."
        # Gather knows no float8, so it fetches bytes; a table of 256 floats gives their values.
        rows = self.raw_bytes(prefix + "word_embeddings.weight")
        rows = self.op("Gather", [rows, "input_ids"], "rows")
        rows = self.op("Cast", [rows], "row_numbers", to=TensorProto.INT32)
        words = self.op("Gather", [self.constant("float8_values", float8_values()), rows], "words")
        # All tokens are of type 0: its row joins the positions while the graph is folded.
        zero = self.constant("zero", np.array([0], np.int64))
        types = self.weight(prefix + "token_type_embeddings.weight")
        kind = self.op("Gather", [types, zero], "type_row")
        positions = self.weight(prefix + "position_embeddings.weight")
        positions = self.op("Add", [positions, kind], "typed_positions")
        length = self.op("Shape", ["input_ids"], "length", start=1, end=2)
        places = self.op("Slice", [positions, zero, length, zero], "places")
        # SkipLayerNormalization wants both summands of one shape
        total = self.op("Add", [words, places], "embedded")
        norm = prefix + "LayerNorm."
        inputs = [total, self.weight(norm + "weight"), self.weight(norm + "bias")]
        return self.op("LayerNormalization", inputs, "layer.start", axis=-1, epsilon=EPSILON)

    def layer(self, x: str, number: int) -> str:
        prefix, out = f"encoder.layer.{number}.", f"layer.{number}."
        names = [prefix + "attention.self." + part for part in ("query", "key", "value")]
        joined = self.linear(x, names, out + "qkv")
        query, key, value = (out + part for part in ("query", "key", "value"))
        split = helper.make_node(
            "Split", [joined], [query, key, value], name=out + "split", axis=2, num_outputs=3
        )
        self.nodes.append(split)
        context = self.op(
            "MultiHeadAttention",
            [query, key, value, "", "mask"],
            out + "context",
            MICROSOFT,
            num_heads=self.shape.heads,
        )
        attended = self.linear(context, [prefix + "attention.output.dense"], out + "attended")
        x = self.skip_norm(attended, x, prefix + "attention.output.LayerNorm", out + "middle")
        wide = self.linear(x, [prefix + "intermediate.dense"], out + "wide")
        active = self.op("Gelu", [wide], out + "active", approximate="none")
        narrow = self.linear_by_block(active, prefix + "output.dense", out + "narrow")
        return self.skip_norm(narrow, x, prefix + "output.LayerNorm", out + "end")

    def pooled(self, x: str) -> str:
        """The mean over the tokens that are no padding, scaled to length 1."""
        one = self.constant("one", np.array([1], np.int64))
        last = self.constant("last", np.array([-1], np.int64))
        weights = self.op("Cast", ["attention_mask"], "mask_float", to=TensorProto.FLOAT)
        weights = self.op("Unsqueeze", [weights, last], "mask_column")
        # Unit length makes the division by the count of tokens unnecessary.
        summed = self.op(
            "ReduceSum", [self.op("Mul", [x, weights], "kept"), one], "summed", keepdims=0
        )
        norm = self.op("ReduceL2", [summed, last], "norm", keepdims=1)
        return self.op("Div", [summed, norm], "embedding")

    def model(self) -> onnx.ModelProto:
        self.op("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        x = self.embeddings()
        for number in range(self.shape.layers):
            x = self.layer(x, number)
        self.pooled(x)

        def tokens(name: str) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])

        output = helper.make_tensor_value_info(
            "embedding", TensorProto.FLOAT, ["batch", self.shape.hidden]
        )
        graph = helper.make_graph(
            self.nodes,
            "sentence-encoder",
            [tokens("input_ids"), tokens("attention_mask")],
            [output],
            list(self.initializers.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, MICROSOFT_OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)


def float8_values() -> NDArray[np.float32]:
    """What each of the 256 bytes means as float8 E4M3 (the two NaN become 0), float32 (256,)."""
    values = np.arange(256, dtype=np.uint8).view(ml_dtypes.float8_e4m3fn).astype(np.float32)
    return np.nan_to_num(values, nan=0.0)
