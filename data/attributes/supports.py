"""What a solid stands on: separate feet, and wheels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Part, Solid

Floats = NDArray[np.float64]
_LOW = (0.025, 0.04, 0.06)  # shares of the height at which feet must be separate
_MANY, _HIGH = 5, 0.15  # so many feet must still be apart up here: a star of arms is no set of legs
_PANEL = 3.0  # longer by its width than this, a foot is a panel or a runner
_MOST = 8
_FEET = 0.75  # of the hull that they span together feet may fill at most
_ROLL = ((0.02, 0.035, 0.05), (0.01, 0.017, 0.025))
"""Shares of the longest side at which wheels are cut; small and spoked ones need the lower ones."""
_SAME_CIRCLE = 0.18  # spread of the radii found at the three heights, of their mean


def supports(solid: Solid) -> Readings:
    """Count legs and wheels.

    `legs` are parts of the cross-section just above the floor, as many at 2.5, 4 and 6 % of the
    height, five and more at 15 % too; the number is the share that they fill of what they span.
    `wheels` are such parts whose chords at three heights belong to one circle that touches the
    floor; the number is their mean radius. Nothing is said when something else stands on the
    floor too. A thing on wheels has no legs.
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
    """Return the radii of the wheels that cuts show, and how many parts stand on the floor."""
    shares = [height / solid.height for height in above_floor]  # of the height, as section() wants
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
    """Return the part of a higher cut that lies over a part of a lower one."""
    near = [
        one for one in others if (np.abs(one.middle - part.middle) < 0.25 * one.size.max()).all()
    ]
    return min(near, key=lambda one: float(np.abs(one.middle - part.middle).sum()), default=None)


def _radius(cuts: list[Part], heights: Floats) -> float:
    """Return the radius of the circle that all chords belong to, or 0.

    A circle of radius R that touches the floor has at height z a chord c with
    R = (c^2 / 4 + z^2) / (2 z); across, a wheel is as wide at every height.
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
