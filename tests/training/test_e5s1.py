"""The 4-bit blocks of the base model."""

from __future__ import annotations

import numpy as np

from training.e5s1 import BLOCK, Q4_BLOCK, dequantise


def test_nibbles_become_weights_in_order() -> None:
    blocks = np.zeros(2, Q4_BLOCK)
    blocks["scale"] = [0.5, 2.0]
    blocks["nibbles"][:] = 0x88  # 8 means 0
    blocks["nibbles"][0, 0] = 0xF0  # weight 0 is -8 * 0.5, weight 16 is 7 * 0.5
    weights = dequantise(blocks)
    assert weights.shape == (2 * BLOCK,)
    assert weights[0] == -4.0 and weights[16] == 3.5
    assert not np.delete(weights, [0, 16]).any()
