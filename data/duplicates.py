"""Near-duplicates: objects of almost the same shape, up to a quarter turn or a mirror."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

CELLS = 12
SIMILARITY = 0.985
"""Two objects are near-duplicates if the cosine of their signatures is at least this."""
_ROWS_AT_ONCE = 512
_PAIRS_AT_ONCE = 8192
_BLOCK = 2  # cells along a side of the blocks for the quick upper bound of a cosine
_ROUNDING = 1e-5


def signature(points: NDArray[np.floating]) -> NDArray[np.float32]:
    """Blur a surface into a coarse histogram of where it lies.

    Args:
        points: (N, 3) surface points in the canonical frame, a few thousand.

    Returns:
        (12, 12, 12) float32 of unit length.
    """
    edges = [np.linspace(-0.5, 0.5, CELLS + 1)] * 3
    inside = np.clip(np.asarray(points, dtype=np.float64), -0.4999, 0.4999)
    counts, _ = np.histogramdd(inside, edges)
    blurred = ndimage.gaussian_filter(np.sqrt(counts), 0.7, mode="constant")
    return np.asarray(blurred / max(float(np.linalg.norm(blurred)), 1e-12), dtype=np.float32)


def near_duplicates(
    signatures: NDArray[np.float32], threshold: float = SIMILARITY
) -> list[list[int]]:
    """Group objects of similar shape (single linkage).

    Args:
        signatures: (N, 12, 12, 12) from `signature`.
        threshold: Least cosine of a pair; the best of four yaw turns and their mirror images
            counts.

    Returns:
        Groups of two or more row numbers, each group sorted.
    """
    count = len(signatures)
    if count < 2:
        return []
    flat = signatures.reshape(count, -1)
    lengths = _block_lengths(signatures)
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for variant in _turned_and_mirrored(signatures):
        others, other_lengths = variant.reshape(count, -1), _block_lengths(variant).T
        for start in range(0, count, _ROWS_AT_ONCE):
            # By Cauchy-Schwarz a cosine is at most the sum over the blocks of the product of their
            # lengths. This bound is cheap and leaves few pairs for the full product.
            at_most = lengths[start : start + _ROWS_AT_ONCE] @ other_lengths
            row, column = np.nonzero(at_most >= threshold - _ROUNDING)
            alike = _cosines(flat, others, row + start, column) >= threshold
            pairs.append(np.stack([row[alike] + start, column[alike]], axis=1))
    edges = np.concatenate(pairs)
    graph = coo_matrix((np.ones(len(edges), dtype=bool), edges.T), shape=(count, count))
    number, label = connected_components(graph, directed=False)
    members = np.argsort(label, kind="stable")
    groups = np.split(members, np.cumsum(np.bincount(label, minlength=number))[:-1])
    return [group.tolist() for group in groups if len(group) > 1]


def _turned_and_mirrored(signatures: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    turned = [np.rot90(signatures, quarter, axes=(1, 2)) for quarter in range(4)]
    return turned + [one[:, ::-1] for one in turned]


def _cosines(
    flat: NDArray[np.float32], others: NDArray[np.float32],
    rows: NDArray[np.int64], columns: NDArray[np.int64],
) -> NDArray[np.float32]:  # fmt: skip
    """Return the dot products of the given pairs of signatures, a few thousand pairs at a time."""
    cosines = np.zeros(len(rows), dtype=np.float32)
    for start in range(0, len(rows), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        cosines[part] = np.einsum("nk,nk->n", flat[rows[part]], others[columns[part]])
    return cosines


def _block_lengths(signatures: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the Euclidean length of each block of 2 x 2 x 2 cells, (N, 216)."""
    blocks = CELLS // _BLOCK
    split = signatures.reshape(-1, blocks, _BLOCK, blocks, _BLOCK, blocks, _BLOCK)
    lengths = np.sqrt(np.square(split).sum(axis=(2, 4, 6)))
    return np.asarray(lengths.reshape(len(signatures), -1))
