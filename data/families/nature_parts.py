"""What plants, fruit and land share: lumpy balls, leaves, trunks with roots, and stems."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from data.families.family import Draw
from data.families.outlines import Points, Vector, polygon, smooth
from data.families.solids import turned

_WAVES = 5


def lumps(draw: Draw, solid: Manifold, amount: float, scale: float) -> Manifold:
    """Return a solid whose surface is moved smoothly up and down, as by hand.

    Args:
        draw: Where the waves come from.
        solid: Fine enough a mesh.
        amount: How far a point moves at most.
        scale: Length of the waves.
    """
    ways = np.array([[draw.between(-1, 1) for _ in range(6)] for _ in range(_WAVES)])
    phases = np.array([draw.between(0, 6.28) for _ in range(_WAVES)])

    def moved(points: Points) -> Points:
        waves = np.sin(points @ (ways[:, :3] * 4 / scale).T + phases)
        return points + amount / _WAVES**0.5 * waves @ ways[:, 3:]

    return solid.warp_batch(moved)


def leaf_blade(length: float, width: float, thick: float, arch: float) -> Manifold:
    """Return a leaf that lies along +x from the origin; it rises and then falls by `arch`."""
    x = np.array([0, 0.15, 0.4, 0.7, 0.9, 1.0])
    half = np.array([0.12, 0.34, 0.5, 0.4, 0.18, 0.02])
    side = smooth(np.stack([x * length, half * width], axis=1), 4)
    outline = polygon([*side, *(side[::-1] * (1, -1))])

    def bent(points: Points) -> Points:
        share = points[:, 0] / length
        points[:, 2] += arch * (share * 1.6 - 2.4 * share**2) - 0.25 * abs(points[:, 1])
        return points

    return outline.extrude(thick).refine(2).warp_batch(bent)


def trunk(height: float, radius: float, top: float, root: float = 1.6) -> Manifold:
    """Return an upright trunk on z = 0 that widens to its roots."""
    side = smooth([(root * radius, 0), (radius, 0.22 * height), (top, height)], 6)
    return turned([(0, 0), *side, (0, height)], 28)


def grooved(profile: Points | list[Vector], ribs: int, depth: float, power: float = 1.0) -> Manifold:
    """Turn a profile about the z axis and press `ribs` grooves into it, as on a pumpkin."""

    def pressed(points: Points) -> Points:
        angle = np.arctan2(points[:, 1], points[:, 0])
        shrink = 1 - depth * (1 - np.abs(np.cos(0.5 * ribs * angle)) ** power)
        return np.stack([points[:, 0] * shrink, points[:, 1] * shrink, points[:, 2]], axis=1)

    return turned(profile, 8 * ribs).warp_batch(pressed)
