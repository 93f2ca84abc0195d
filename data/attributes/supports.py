"""The supports of a solid: legs and wheels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Part, Solid

Floats = NDArray[np.float64]
_LOW = (0.025, 0.04, 0.06)  # legs must be separate at these shares of the height
_MANY, _HIGH = 5, 0.15  # 5 or more must be separate here too: the arms of a star are not legs
_PANEL = 3.0  # a foot longer than this, divided by its width, is a panel or a runner
_MOST = 8
_FEET = 0.75  # largest share of their common convex hull that legs fill
_ROLL = ((0.02, 0.035, 0.05), (0.01, 0.017, 0.025))
"""Heights, as shares of the longest side, of cuts through wheels; small ones need low cuts."""
_SAME_CIRCLE = 0.18  # largest range of the three radii of a wheel, of their mean


def supports(solid: Solid) -> Readings:
    """Count legs and wheels.

    `legs` are the parts of the cross-section just above the floor, if they are equally many at 2.5,
    4 and 6 % of the height (five and more: at 15 %, too); the number is the share that they fill of
    their convex hull. `wheels` are parts whose chords at three heights fit one circle that touches
    the floor; the number is their mean radius. There is no reading if something else stands on the
    floor, and things on wheels have no legs.
    """
    counts = [_wheels(solid, heights) for heights in _ROLL]
    for wheels, parts in counts:
        if len(wheels) == parts >= 2:
            return {"wheels": Reading(parts, float(np.mean(wheels)))}
    if max(len(wheels) for wheels, _ in counts) >= 2:
        return {}
    feet = solid.section(_LOW[0])
    heights = (*_LOW, _HIGH) if len(feet) >= _MANY else _LOW
    numbers = {len(solid.section(share)) for share in heights}
    panels = [part for part in feet if part.size.max() > _PANEL * part.size.min()]
    if len(numbers) > 1 or panels or not 2 <= len(feet) <= _MOST:
        return {}
    corners = np.concatenate([part.contour for part in feet])
    spanned = Part(corners, 0.0, corners.min(axis=0), corners.max(axis=0)).hull_area
    filled = sum(part.area for part in feet) / max(spanned, 1e-12)
    return {"legs": Reading(len(feet), filled)} if filled < _FEET else {}


def _wheels(solid: Solid, above_floor: tuple[float, ...]) -> tuple[list[float], int]:
    """Return the radii of the wheels that the cuts show, and the number of parts on the floor."""
    shares = [height / solid.height for height in above_floor]  # for section()
    if shares[-1] > 0.45:
        return [], 0
    cuts = [solid.section(share) for share in shares]
    found = []
    for part in cuts[0]:
        same = [_over(part, cut) for cut in cuts[1:]]
        if all(one is not None for one in same):
            chords = [part, *(one for one in same if one is not None)]
            radius = _radius(chords, np.array(above_floor))
            if radius > 0.0:
                found.append(radius)
    return found, len(cuts[0])


def _over(part: Part, others: list[Part]) -> Part | None:
    """Return the part of a higher cut that lies above a part of a lower cut."""
    near = [
        one for one in others if (np.abs(one.middle - part.middle) < 0.25 * one.size.max()).all()
    ]
    return min(near, key=lambda one: float(np.abs(one.middle - part.middle).sum()), default=None)


def _radius(cuts: list[Part], heights: Floats) -> float:
    """Return the radius of the circle that fits all chords, or 0 if none does.

    A circle of radius R that touches the floor has a chord c at height z, with
    R = (c^2 / 4 + z^2) / (2 z). Along its axle a wheel is equally wide at every height.
    """
    sizes = np.array([part.size for part in cuts])  # (3, 2)
    for along in (1, 0):
        across = sizes[:, 1 - along]
        radii = (sizes[:, along] ** 2 / 4 + heights**2) / (2 * heights)
        level = np.ptp(radii) < _SAME_CIRCLE * radii.mean()
        straight = np.ptp(across) < 0.25 * across.mean()
        if level and straight and radii.mean() > heights[-1] and across.mean() < 2.5 * radii.mean():
            return float(radii.mean())
    return 0.0
