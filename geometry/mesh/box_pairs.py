"""Find all pairs of overlapping boxes, level by level in a bounding-volume hierarchy.

The boxes are sorted along a Morton curve (Lauterbach et al., "Fast BVH construction on
GPUs", 2009) into an implicit complete binary tree. The tree is compared with itself, one level
at a time as arrays, so that numpy does the work. Unlike in a uniform grid, boxes of very
different sizes cost nothing extra.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]
Indices = NDArray[np.int64]

# Pairs held at once; this bounds the memory to about 200 MB for any input.
_CHUNK = 250_000


def overlapping_pairs(low: Boxes, high: Boxes, chunk: int = _CHUNK) -> Iterator[Indices]:
    """Yield every pair of closed boxes that share at least a point, each pair once.

    Args:
        low: (N, 3) float32 lower corners.
        high: (N, 3) float32 upper corners.
        chunk: Largest number of pairs in one array on the way down the tree.

    Yields:
        (M, 2) int64 arrays of box indices, first < second.
    """
    order = np.argsort(_morton_codes(low, high), kind="stable")
    levels = _levels(low[order], high[order])
    depth = len(levels) - 1
    waiting = [(0, np.zeros((1, 2), dtype=np.int64))]
    while waiting:
        level, pairs = waiting.pop()
        if level == depth:
            found = order[pairs[pairs[:, 0] != pairs[:, 1]]]
            if len(found):
                yield np.sort(found, axis=1)
            continue
        children = _overlapping_children(pairs, *levels[level + 1])
        parts = (children[start : start + chunk] for start in range(0, len(children), chunk))
        waiting.extend((level + 1, part) for part in parts)


def _overlapping_children(pairs: Indices, low: Boxes, high: Boxes) -> Indices:
    """Return (M, 2) pairs of overlapping boxes on the next level down, first <= second."""
    first, second = 2 * pairs[:, 0], 2 * pairs[:, 1]
    apart = first != second
    # A node paired with itself has three pairs of children, two different nodes have four.
    left = np.concatenate([first, first, first + 1, first[apart] + 1])
    right = np.concatenate([second, second + 1, second + 1, second[apart]])
    for axis in range(3):  # most pairs are apart along the first axis, so few are left to test
        keep = (low[axis, left] <= high[axis, right]) & (low[axis, right] <= high[axis, left])
        left, right = left[keep], right[keep]
    return np.stack([left, right], axis=1)


def _levels(low: Boxes, high: Boxes) -> list[tuple[Boxes, Boxes]]:
    """Return the boxes (3, nodes) of each level, from the root to the leaves (a power of two)."""
    depth = max(len(low) - 1, 0).bit_length()
    padding = 2**depth - len(low)
    # Pad with inverted boxes (low > high): they overlap nothing and cost one test per parent.
    # One row per coordinate, because numpy gathers faster from contiguous values.
    low = np.concatenate([low.T, np.full((3, padding), np.inf, dtype=np.float32)], axis=1)
    high = np.concatenate([high.T, np.full((3, padding), -np.inf, dtype=np.float32)], axis=1)
    levels = [(low, high)]
    for _ in range(depth):
        low = np.minimum(low[:, 0::2], low[:, 1::2])
        high = np.maximum(high[:, 0::2], high[:, 1::2])
        levels.append((low, high))
    return levels[::-1]


def _morton_codes(low: Boxes, high: Boxes) -> NDArray[np.uint64]:
    centres = (low.astype(np.float64) + high) / 2
    corner = centres.min(axis=0)
    scale = (2**21 - 1) / max(float(np.ptp(centres, axis=0).max()), 1e-300)
    cells = ((centres - corner) * scale).astype(np.uint64)
    codes = np.zeros(len(cells), dtype=np.uint64)
    for axis in range(3):
        codes |= _spread_bits(cells[:, axis]) << np.uint64(axis)
    return codes


def _spread_bits(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put two zero bits between the 21 lowest bits of each value."""
    for shift, mask in (
        (32, 0x1F00000000FFFF),
        (16, 0x1F0000FF0000FF),
        (8, 0x100F00F00F00F00F),
        (4, 0x10C30C30C30C30C3),
        (2, 0x1249249249249249),
    ):
        values = (values | (values << np.uint64(shift))) & np.uint64(mask)
    return values
