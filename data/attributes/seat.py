"""Seats: whether there is a back to lean on, and arms on both sides."""

from __future__ import annotations

import numpy as np

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Solid

_LOWEST, _HIGHEST = 0.15, 0.8  # range of the seat's height, as a share of the height of the solid
_SEAT = 0.15  # least area of the seat, as a share of the base
_LEVEL = 0.05  # a seat within this share of the height below the top has nothing above it
_BACK = 0.28  # least rise of a back above the seat, as a share of the height
_ARM = (0.25, 0.45)  # where arms are looked for: shares of the way from seat to top


def seat(solid: Solid) -> Readings:
    """Look for a back and arms above the seat; only sensible for seats.

    `back`: the number is the rise of the solid above the seat, divided by its height; the part that
    rises must be at the rear (+y). `arms`: above the seat, parts on both sides reach into the front
    half; the number tells at how many of two heights they do.
    """
    at = _seat_height(solid)
    if at is None:
        return {}
    rise = 1.0 - at
    if rise < _LEVEL:
        return {"back": Reading(False, rise), "arms": Reading(False, 0.0)}
    high = solid.section(at + 0.8 * rise)
    rear = bool(high) and all(part.middle[1] > 0.1 * solid.size[1] for part in high)
    found: Readings = {"back": Reading(rise > _BACK and rear, rise)}
    seen = [_arms(solid, at + share * rise) for share in _ARM] if rise > 0.12 else [False]
    found["arms"] = Reading(any(seen), float(sum(seen)))
    return found


def _seat_height(solid: Solid) -> float | None:
    """Return the height of the seat as a share: the median height of the top of the front half."""
    columns = solid.floors.shape[1]
    front = solid.floors[columns // 4 : -columns // 4, columns // 8 : columns // 2]
    heights = front[front >= 0] / solid.height
    if len(heights) < _SEAT * front.size:
        return None
    middle = float(np.median(heights))
    return middle if _LOWEST < middle < _HIGHEST or middle > 1 - _LEVEL else None


def _arms(solid: Solid, share: float) -> bool:
    """Tell whether the section has parts on both sides in the front half."""
    left = right = False
    for part in solid.section(min(share, 0.999)):
        front = part.contour[part.contour[:, 1] < 0.05 * solid.size[1]]
        if len(front):
            left |= bool(front[:, 0].min() < -0.3 * solid.size[0])
            right |= bool(front[:, 0].max() > 0.3 * solid.size[0])
    return left and right
