"""Packing footprints on printer beds: maximal free rectangles, best short side first.

After Jylänki 2010, "A thousand ways to pack the bin" (MAXRECTS-BSSF). Lengths in mm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from caddis.geometry.errors import ConfigError

Rectangle = tuple[float, float, float, float]
"""x, y of the lowest corner, width, depth."""
GAP_MM = 5.0
_SLACK = 1e-9


@dataclass(frozen=True)
class Place:
    """Where a footprint lies.

    Attributes:
        index: Of the footprint in the list that was packed.
        bed: Of the bed, from 0.
        x: Lowest corner, from the bed's corner.
        y: Lowest corner, from the bed's corner.
        turned: Whether it is turned by 90 degrees, so that its width lies along y.
    """

    index: int
    bed: int
    x: float
    y: float
    turned: bool


def pack(
    footprints: Sequence[tuple[float, float]], bed: tuple[float, float], gap: float = GAP_MM
) -> list[Place]:
    """Place as many footprints as fit, on as few beds as the heuristic finds.

    Args:
        footprints: Width and depth of each, above 0.
        bed: Width and depth of the beds.
        gap: Distance kept free between footprints and along the border of a bed.

    Returns:
        The places, by bed and then by index. Footprints larger than a bed are left out.

    Raises:
        ConfigError: A size that is not a positive number, or a negative gap.
    """
    sizes = [*bed, *(side for each in footprints for side in each)]
    if not (all(math.isfinite(size) and size > 0 for size in sizes) and gap >= 0):
        raise ConfigError("sizes must be above 0 mm", "bed and footprints")
    order = sorted(
        range(len(footprints)), key=lambda i: (-max(footprints[i]), -min(footprints[i]), i)
    )
    places: list[Place] = []
    number = 0
    while order:
        placed = _fill(footprints, order, (bed[0] - gap, bed[1] - gap), gap, number)
        if not placed:
            break  # none of the rest fits on an empty bed
        places += placed
        taken = {place.index for place in placed}
        order = [index for index in order if index not in taken]
        number += 1
    return sorted(places, key=lambda place: (place.bed, place.index))


def _fill(
    footprints: Sequence[tuple[float, float]],
    order: Sequence[int],
    room: tuple[float, float],
    gap: float,
    number: int,
) -> list[Place]:
    """Fill one bed. Each footprint is enlarged by the gap on its two lower sides."""
    free: list[Rectangle] = [(0.0, 0.0, *room)]
    places = []
    for index in order:
        width, depth = (side + gap for side in footprints[index])
        spots = [
            (_fit(rectangle, size), rectangle, turned)
            for turned, size in ((False, (width, depth)), (True, (depth, width)))
            for rectangle in free
        ]
        (short, _), (x, y, _, _), turned = min(spots, default=((math.inf,) * 2, (0.0,) * 4, False))
        if short == math.inf:
            continue
        size = (depth, width) if turned else (width, depth)
        free = _without(free, (x, y, *size))
        places.append(Place(index, number, x + gap, y + gap, turned))
    return places


def _fit(rectangle: Rectangle, size: tuple[float, float]) -> tuple[float, float]:
    """Return the lengths left over along both sides, shorter first; infinite if it does not fit."""
    left = sorted((rectangle[2] - size[0], rectangle[3] - size[1]))
    return (left[0], left[1]) if left[0] >= -_SLACK else (math.inf, math.inf)


def _without(free: list[Rectangle], used: Rectangle) -> list[Rectangle]:
    """Return the maximal rectangles that are free once `used` is taken."""
    split = [part for rectangle in free for part in _split(rectangle, used)]
    split = list(dict.fromkeys(split))
    return [a for a in split if not any(a != b and _inside(a, b) for b in split)]


def _split(free: Rectangle, used: Rectangle) -> list[Rectangle]:
    x, y, width, depth = free
    left, low, right, high = used[0], used[1], used[0] + used[2], used[1] + used[3]
    if left >= x + width or right <= x or low >= y + depth or high <= y:
        return [free]
    parts = [
        (x, y, left - x, depth),
        (right, y, x + width - right, depth),
        (x, y, width, low - y),
        (x, high, width, y + depth - high),
    ]
    return [part for part in parts if part[2] > _SLACK and part[3] > _SLACK]


def _inside(a: Rectangle, b: Rectangle) -> bool:
    return (
        a[0] >= b[0] and a[1] >= b[1]
        and a[0] + a[2] <= b[0] + b[2] and a[1] + a[3] <= b[1] + b[3]
    )  # fmt: skip
