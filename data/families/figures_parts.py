"""Parts shared by the families of figures: balls, limbs, fins and eyes. Figures face -y."""

from __future__ import annotations

from collections.abc import Sequence

from manifold3d import Manifold

from caddis.data.families.outlines import Points, Vector, polygon, rounded, smooth
from caddis.data.families.solids import both_sides, union


def blob(at: Vector, half: Vector | float, segments: int = 24) -> Manifold:
    """Return a ball or an ellipsoid around `at` with radius or radii (x, y, z) `half`."""
    size = (half, half, half) if isinstance(half, float | int) else tuple(half)
    return Manifold.sphere(1.0, segments).scale(size).translate(tuple(at))


def limb(
    start: Vector, end: Vector, radius: float, end_radius: float | None = None, segments: int = 20
) -> Manifold:
    """Return a bar with round ends, which may be tapered."""
    last = radius if end_radius is None else end_radius
    return Manifold.batch_hull([blob(start, radius, segments), blob(end, last, segments)])


def fin(
    points: Sequence[Vector] | Points, thick: float, curved: bool = False, sharp: bool = False
) -> Manifold:
    """Return an upright plate in the plane x = 0 with corners (y, z).

    Args:
        points: (N, 2) corners.
        thick: Its thickness along x.
        curved: Whether to join the corners by a smooth curve.
        sharp: Whether to keep sharp corners, as a plate to be subtracted needs.
    """
    corners = smooth([*points, points[0]]) if curved else points
    outline = polygon(corners)
    outline = outline if sharp else rounded(outline, 0.3 * thick)
    return outline.extrude(thick).translate((0, 0, -thick / 2)).rotate((90, 0, 90))


def wing(points: Sequence[Vector] | Points, thick: float, curved: bool = False) -> Manifold:
    """Return a horizontal plate in the plane z = 0 with corners (x, y)."""
    corners = smooth([*points, points[0]]) if curved else points
    outline = rounded(polygon(corners), 0.3 * thick)
    return outline.extrude(thick).translate((0, 0, -thick / 2))


def pair(x: float, y: float, z: float, half: Vector | float) -> Manifold:
    """Return a ball or an ellipsoid at (x, y, z) and its mirror image at -x: eyes, cheeks."""
    return both_sides(blob((x, y, z), half, 20))


def cone(start: Vector, end: Vector, radius: float, tip: float | None = None) -> Manifold:
    """Return a horn, a beak or a nose: a tapered bar that ends in a small ball."""
    return limb(start, end, radius, 0.25 * radius if tip is None else tip, 20)


def standing(parts: Sequence[Manifold]) -> Manifold:
    """Return the union of all parts, with everything below the floor (z = 0) cut off."""
    return union(parts).trim_by_plane((0, 0, 1), 0.0)


def filled(solid: Manifold) -> Manifold:
    """Return the largest outer shell of a solid, without the closed cavities inside it."""
    return max(solid.decompose(), key=lambda shell: float(shell.volume()))
