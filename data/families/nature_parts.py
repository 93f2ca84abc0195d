"""Parts shared by plants, fruit and landscapes: lumpy balls, leaves, trunks and stems."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold, Mesh

from caddis.data.families.family import Draw
from caddis.data.families.outlines import Points, Vector, smooth
from caddis.data.families.solids import turned

_WAVES = 5


def lumps(draw: Draw, solid: Manifold, amount: float, scale: float) -> Manifold:
    """Return a solid with a smoothly uneven surface, as if modelled by hand.

    Args:
        draw: Source of the random waves.
        solid: A solid with a fine mesh.
        amount: Largest displacement of a point.
        scale: Wavelength.
    """
    ways = np.array([[draw.between(-1, 1) for _ in range(6)] for _ in range(_WAVES)])
    phases = np.array([draw.between(0, 6.28) for _ in range(_WAVES)])

    def moved(points: Points) -> Points:
        waves = np.sin(points @ (ways[:, :3] * 4 / scale).T + phases)
        return np.asarray(points + amount / _WAVES**0.5 * waves @ ways[:, 3:])

    return solid.warp_batch(moved)


def leaf_blade(length: float, width: float, thick: float, arch: float) -> Manifold:
    """Return a leaf along +x from the origin whose middle line is arched by `arch`."""
    share = np.linspace(0.0, 1.0, 8)
    half = width * np.interp(share, [0, 0.15, 0.4, 0.7, 0.9, 1], [0.12, 0.34, 0.5, 0.4, 0.2, 0.06])
    rise = arch * (1.6 * share - 2.4 * share**2)
    x, zero = length * share, 0 * share
    low = rise - 0.25 * half  # the edges hang below the rib
    ring = np.stack([
        np.stack([x, half, low], axis=1), np.stack([x, zero, rise + thick / 2], axis=1),
        np.stack([x, -half, low], axis=1), np.stack([x, zero, rise - thick / 2], axis=1),
    ], axis=1)  # fmt: skip
    return lofted(ring)


def lofted(rings: Points) -> Manifold:
    """Return the solid through closed rings of corners (N, M, 3), flat at both ends.

    The corners run clockwise when seen in the direction from the first ring to the last.
    """
    count, corners = rings.shape[:2]
    faces = []
    for ring in range(count - 1):
        for corner in range(corners):
            a, b = ring * corners + corner, ring * corners + (corner + 1) % corners
            faces += [(a, b, a + corners), (b, b + corners, a + corners)]
    last = (count - 1) * corners
    for corner in range(1, corners - 1):
        faces += [(0, corner + 1, corner), (last, last + corner, last + corner + 1)]
    vertices = rings.reshape(-1, 3).astype(np.float32)
    solid = Manifold(Mesh(vertices, np.array(faces, dtype=np.uint32)))
    return solid if solid.volume() > 0 else Manifold(
        Mesh(vertices, np.array(faces, dtype=np.uint32)[:, ::-1].copy())
    )  # fmt: skip


def trunk(height: float, radius: float, top: float, root: float = 1.6) -> Manifold:
    """Return an upright trunk on z = 0 that widens towards its roots."""
    side = smooth([(root * radius, 0), (radius, 0.22 * height), (top, height)], 6)
    return turned([(0, 0), *side, (0, height)], 28)


def grooved(
    profile: Points | list[Vector], ribs: int, depth: float, power: float = 1.0
) -> Manifold:
    """Turn a profile about the z axis and press `ribs` grooves into it, as on a pumpkin."""

    def pressed(points: Points) -> Points:
        angle = np.arctan2(points[:, 1], points[:, 0])
        shrink = 1 - depth * (1 - np.abs(np.cos(0.5 * ribs * angle)) ** power)
        return np.stack([points[:, 0] * shrink, points[:, 1] * shrink, points[:, 2]], axis=1)

    return turned(profile, 8 * ribs).warp_batch(pressed)
