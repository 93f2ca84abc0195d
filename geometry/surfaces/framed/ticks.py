"""Coordinates at which a field is sampled along the sides of a box, or along half of a side."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ticks = NDArray[np.float32]

BOX_SLACK = 0.004
"""The surface may lie this far outside of the box of its frame."""


def box_ticks(
    sides: Sequence[float], folded: Sequence[bool], resolution: int, fewest: int
) -> list[Ticks]:
    """Return ticks along each side of a box that is centred at the origin.

    The cells are about cubes, with `resolution` of them along the longest side; a thin side gets
    at least `fewest`. One more cell at each end leaves room for the surface to close.

    Args:
        sides: Lengths of the box.
        folded: For each side whether only the half from the middle outwards is kept; its first
            tick is then exactly 0.
        resolution: Cells along the longest side.
        fewest: Cells along the others, at least (at most `resolution`).

    Returns:
        For each side an increasing array, exactly symmetric about 0 unless it is folded.
    """
    widths = [side + 2.0 * BOX_SLACK for side in sides]
    cell = max(widths) / resolution
    cells = [max(math.ceil(width / cell - 1e-6), min(fewest, resolution)) for width in widths]
    return [_ticks(w, c, half=f) for w, c, f in zip(widths, cells, folded, strict=True)]


def _ticks(width: float, cells: int, *, half: bool) -> Ticks:
    pairs = -(-cells // 2)
    outwards = (np.arange(pairs + 2) * (width / (2 * pairs))).astype(np.float32)
    return outwards if half else np.concatenate([-outwards[:0:-1], outwards])
