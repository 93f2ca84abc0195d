"""Rings of a twisted bar, shared by bracelets, finger rings and tori."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold, Mesh


def twisted_ring(radius: float, thick: float, lobes: int, turns: int, depth: float) -> Manifold:
    """Return a horizontal ring of a lobed bar that is twisted along its path, like a rope.

    Args:
        radius: Distance from the axis to the middle of the bar.
        thick: Half the thickness of the bar.
        lobes: Number of strands of the rope, or of edges of the bar.
        turns: Twist over the whole ring, in lobes.
        depth: Depth of the furrows as a share of `thick`.
    """
    rows, corners = 16 * max(4, turns), 6 * lobes
    way, around = np.meshgrid(
        2 * np.pi * np.arange(rows) / rows, 2 * np.pi * np.arange(corners) / corners, indexing="ij"
    )
    furrow = np.abs(np.sin(lobes / 2 * around))
    bar = thick * (1 - depth * (1 - furrow))
    angle = around + turns * way / lobes
    out = radius + bar * np.cos(angle)
    points = np.stack([out * np.cos(way), out * np.sin(way), bar * np.sin(angle)], axis=2)
    row, corner = np.meshgrid(np.arange(rows), np.arange(corners), indexing="ij")
    shift = turns % lobes * 6  # the last row meets the first rotated by whole lobes
    next_corner = np.where(row == rows - 1, corner + shift, corner) % corners
    here, up = row * corners + corner, row * corners + (corner + 1) % corners
    there = (row + 1) % rows * corners + next_corner
    beyond = (row + 1) % rows * corners + (next_corner + 1) % corners
    faces = np.concatenate([np.stack([here, there, up], 2), np.stack([up, there, beyond], 2)])
    return Manifold(Mesh(points.reshape(-1, 3).astype(np.float32),
                         faces.reshape(-1, 3).astype(np.uint32)))  # fmt: skip
